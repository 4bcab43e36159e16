"""Follow-ups (督办) beside overdue items: the one that is open, or the button to open one."""

from dataclasses import dataclass, replace
from datetime import date

from yibenzhang.access.scope import Actor
from yibenzhang.followups.models import FollowUp
from yibenzhang.followups.permissions import SUPERIORS, openable_units
from yibenzhang.followups.queries import newest_about, visible_to
from yibenzhang.web.responsibility.looks import Row

KIND = "responsibility_item"


@dataclass(frozen=True)
class Follow:
    """What the reader may see and do about an overdue item."""

    may_open: bool
    follow_up: FollowUp | None


def with_follow_ups(actor: Actor, rows: list[Row], day: date) -> list[Row]:
    """The rows, each overdue one with its newest follow-up; all rows are of one unit."""
    overdue = [row for row in rows if row.progress is not None and row.progress.is_overdue]
    unit = overdue[0].item.list.unit if overdue else None
    if unit is None:
        return rows
    may_open = actor.has(*SUPERIORS) and openable_units(actor, day).filter(pk=unit.pk).exists()
    begun = newest_about([unit.pk], KIND, [str(row.item.pk) for row in overdue])
    seen = set(
        visible_to(actor).filter(pk__in=[each.pk for each in begun.values()]).values_list("pk", flat=True)
    )
    mine = {key: each for key, each in begun.items() if each.pk in seen}
    found = {row.item.pk: mine.get((unit.pk, str(row.item.pk))) for row in overdue}
    return [
        replace(row, follow=_mark(may_open, found[row.item.pk])) if row.item.pk in found else row
        for row in rows
    ]


def _mark(may_open: bool, follow_up: FollowUp | None) -> Follow:
    """A new one may be opened where none is open."""
    return Follow(may_open and (follow_up is None or not follow_up.is_open), follow_up)
