"""Which lists and items a reader may open, and what they may do with them."""

from dataclasses import dataclass

from django.http import Http404

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.organisation.queries import today_for
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.queries import COMPOSERS, acts_for, visible_items, visible_lists
from yibenzhang.responsibility.tiers import receivers_of


def readable_list(actor: Actor, pk: int) -> ResponsibilityList:
    """The list, or a 404 as for one that is not there."""
    return visible_lists(actor).get(pk=pk)


def readable_item(actor: Actor, pk: int) -> ResponsibilityItem:
    """The item, or a 404 as for one that is not there."""
    return visible_items(actor).get(pk=pk)


@dataclass(frozen=True)
class May:
    """What an actor may do with a list and its items."""

    compose: bool
    issue: bool
    state: bool
    split: bool


def may(actor: Actor, shown: ResponsibilityList) -> May:
    """Those who write for the issuer compose and carry forward; its approver issues, amends and reviews; those who write
    for the unit that answers say how things stand and pass items on."""
    composes = acts_for(actor, shown.issued_by, *COMPOSERS)
    approves = acts_for(actor, shown.issued_by, Role.APPROVER)
    unit = shown.unit
    answers = unit is not None and acts_for(actor, unit, *COMPOSERS)
    return May(
        compose=composes,
        issue=approves,
        state=unit is not None and acts_for(actor, unit, Role.PREPARER),
        split=answers and unit is not None and bool(receivers_of(unit, today_for(unit))),
    )


def must(allowed: bool) -> None:
    """A 404 for what the reader may not do, as for what is not there."""
    if not allowed:
        raise Http404
