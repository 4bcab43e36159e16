"""Follow-ups beside the duties: what was opened about a gap, and the button to open or remind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yibenzhang.access.scope import Actor
from yibenzhang.followups.gaps import ref_of
from yibenzhang.followups.models import DUTY, FollowUp
from yibenzhang.followups.permissions import SUPERIORS, manages, openable_units
from yibenzhang.followups.queries import Reminders, newest_about, reminders_of, visible_to
from yibenzhang.organisation.queries import today_for
from yibenzhang.requirements import judging
from yibenzhang.requirements.duties import Duty


@dataclass(frozen=True)
class Mark:
    """What the reader may see and do about a gap. `ref` opens a new follow-up; `settled_on` is the day the last was closed."""

    ref: str
    follow_up: FollowUp | None = None
    settled_on: date | None = None
    reminders: Reminders | None = None
    may_open: bool = False
    may_remind: bool = False
    waits_until: date | None = None


def marks_for(actor: Actor, duties: Iterable[Duty]) -> dict[tuple[int, str], Mark]:
    """The mark of each overdue duty, by unit and reference (`ref_of`)."""
    gaps = [duty for duty in duties if duty.state == judging.OVERDUE]
    if not gaps:
        return {}
    units, refs = {duty.unit.pk for duty in gaps}, {ref_of(duty) for duty in gaps}
    begun = newest_about(units, DUTY, refs)
    open_to: set[int] = set()
    if actor.has(*SUPERIORS):
        open_to = set(openable_units(actor, gaps[0].as_of).filter(pk__in=units).values_list("pk", flat=True))
    found = {}
    for duty in gaps:
        key = (duty.unit.pk, ref_of(duty))
        found[key] = _mark(actor, key[1], begun.get(key), may_open=duty.unit.pk in open_to)
    return found


def past_of(actor: Actor, duty: Duty) -> list[FollowUp]:
    """Earlier follow-ups about a duty, closed or withdrawn, newest first."""
    rows = visible_to(actor).filter(unit=duty.unit, origin_kind=DUTY, origin_ref=ref_of(duty))
    return [row for row in rows.order_by("-id") if not row.is_open]


def _mark(actor: Actor, ref: str, follow_up: FollowUp | None, *, may_open: bool) -> Mark:
    if follow_up is None:
        return Mark(ref, may_open=may_open)
    if not follow_up.is_open:
        closing = max(event.day for event in follow_up.events.all())
        return Mark(ref, follow_up, settled_on=closing, may_open=may_open)
    reminders = reminders_of(follow_up)
    mine = manages(actor, follow_up) and follow_up.state == FollowUp.State.OPEN
    ready = today_for(follow_up.unit) >= reminders.next_on
    waits = reminders.next_on if mine and not ready else None
    return Mark(ref, follow_up, reminders=reminders, may_remind=mine and ready, waits_until=waits)
