"""The small world with lists in it: drafts, issued lists, items on whatever shows progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.worlds import World
from yibenzhang.organisation.models import Unit
from yibenzhang.responsibility.issuing import issue_list
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.progress import Progress, assess
from yibenzhang.responsibility.queries import items_of
from yibenzhang.responsibility.services import add_item, create_draft
from yibenzhang.responsibility.wording import Wording

ISSUED_ON = date(2023, 2, 20)
DEADLINE = date(2023, 10, 31)


def worded(text: str = "每季度研究一次支部工作", deadline: date | None = DEADLINE, **changes: Any) -> Wording:
    """An item by the word of the responsible, unless changed."""
    return Wording(text=text, deadline=deadline, **changes)


def draft_list(
    world: World,
    *,
    units: Sequence[Unit] | None = None,
    items: Sequence[Wording] = (),
    title: str = "2023年责任清单",
    issuer: Unit | None = None,
    post: str = "",
) -> ResponsibilityList:
    """A draft of the committee (or another issuer) for branch one (or others)."""
    draft = create_draft(
        issued_by=issuer or world.committee, year=2023, title=title, recipients=units or [world.branch],
        actor=world.clerk, post=post,
    )  # fmt: skip
    for wording in items or [worded()]:
        add_item(draft, wording, actor=world.clerk)
    draft.refresh_from_db()
    return draft


def issued_lists(world: World, *, on: date = ISSUED_ON, **asked: Any) -> list[ResponsibilityList]:
    """A draft issued at once: one list for each unit."""
    draft = draft_list(world, **asked)
    return issue_list(draft, revision=draft.revision, actor=world.reviewer, on=on)


def issued_item(world: World, wording: Wording | None = None, **asked: Any) -> ResponsibilityItem:
    """The only item of a list issued to branch one."""
    return items_of(issued_lists(world, items=[wording or worded()], **asked))[0]


def standing(item: ResponsibilityItem, as_of: date | None = None) -> Progress:
    """How the item stands, read anew."""
    again = items_of([item.list])
    return assess(again, as_of=as_of)[item.pk]
