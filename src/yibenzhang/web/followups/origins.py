"""Where a follow-up comes from, for a link back; packages above this one are named by their URLs only."""

from dataclasses import dataclass

from django.urls import reverse

from yibenzhang.followups.models import FollowUp

PAGES = {
    "responsibility_item": ("责任清单事项", "responsibility:item"),
    "plan_item": ("工作计划事项", "plans:item"),
    "rectification": ("整改事项", "matters:detail"),
}


@dataclass(frozen=True)
class Place:
    """What a follow-up is about, in words, and where to see it."""

    name: str
    url: str


def place_of(follow_up: FollowUp) -> Place | None:
    """The page of the item a follow-up was opened from; None for a duty (it is explained in place) or by hand."""
    name, view = PAGES.get(follow_up.origin_kind, ("", ""))
    if not view or not follow_up.origin_ref.isdecimal():
        return None
    return Place(name, reverse(view, args=[int(follow_up.origin_ref)]))
