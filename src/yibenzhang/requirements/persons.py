"""Tallies about persons: each of an audience, what must have come before, and what must follow."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection

from yibenzhang.catalogue.requirement import FollowMeasure, PersonsMeasure, PriorMeasure, Requirement
from yibenzhang.kernel.periods import Period
from yibenzhang.organisation.models import Person, Post
from yibenzhang.requirements.binding import Judge
from yibenzhang.requirements.inquiry import Inquiry, Tallies, Tally
from yibenzhang.requirements.postings import by_then, marks
from yibenzhang.requirements.windows import Window, add_months


class Deed(NamedTuple):
    """One posting that names a person or a unit: when it happened, when it was recorded, how much."""

    unit: int
    person: int | None
    day: date
    recorded_on: date
    quantity: int


def deeds(accounts: Sequence[str], inquiry: Inquiry, *, own: bool, since: date | None = None) -> list[Deed]:
    """Postings on the accounts by the day; of the inquiry's units only with `own`, otherwise whoever recorded them."""
    then, params = by_then(inquiry.as_of)
    scope, scope_params = inquiry.unit_condition("l.unit_id") if own else ("", [])
    sql = (
        "SELECT l.unit_id, p.person_id, p.event_date, v.recorded_on, p.quantity FROM ledger_posting p "
        "JOIN organisation_lineage l ON l.id = p.lineage_id JOIN vouchers_voucher v ON v.id = p.voucher_id "
        f"WHERE p.account IN ({marks(accounts)}) AND {then}{scope}"
    )
    given = [*accounts, *params, *scope_params]
    if since is not None:
        sql, given = f"{sql} AND p.event_date >= %s", [*given, since]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY p.event_date, p.id", given)
        return [
            Deed(unit, person, _as_date(day), _as_date(recorded), quantity)
            for unit, person, day, recorded, quantity in cursor.fetchall()
        ]


def persons_tallies(
    requirement: Requirement, measure: PersonsMeasure, windows: list[Window], inquiry: Inquiry, judge: Judge
) -> Tallies:
    """How many of the audience reached the number; an audience without anybody leaves the duty not applicable."""
    if not windows:
        return {}
    by_person: dict[int, list[Deed]] = defaultdict(list)
    for deed in deeds(measure.accounts, inquiry, own=False, since=windows[0].start):
        if deed.person is not None:
            by_person[deed.person].append(deed)
    found: Tallies = {}
    for key, unit in inquiry.units.items():
        if unit.unit_type not in requirement.binds.unit_types:
            continue
        for window in windows:
            day = judge.bind(unit, window).day
            people = inquiry.register.audience(key, measure.of, day)
            reached, timely, missing = 0, 0, []
            for person in people:
                inside = [deed for deed in by_person[person] if window.start <= deed.day < window.stop]
                if sum(deed.quantity for deed in inside) >= measure.each:
                    reached += 1
                else:
                    missing.append(str(person))
                in_time = [deed.quantity for deed in inside if deed.recorded_on <= window.deadline]
                timely += sum(in_time) >= measure.each
            found[key, window.code] = Tally(reached, timely, needed=len(people), missing=tuple(missing))
    return found


def prior_tallies(measure: PriorMeasure, windows: list[Window], inquiry: Inquiry) -> Tallies:
    """Each person posted in a window was posted before, early enough."""
    if not windows:
        return {}
    earlier: dict[int, date] = {}
    for deed in deeds(measure.needs, inquiry, own=False):
        if deed.person is not None:
            earlier.setdefault(deed.person, deed.day)
    found: dict[tuple[int, str], Tally] = defaultdict(Tally)
    for deed in deeds([measure.each], inquiry, own=True, since=windows[0].start):
        for window in windows:
            if deed.person is None or not window.start <= deed.day < window.stop:
                continue
            began = earlier.get(deed.person)
            good = began is not None and add_months(began, measure.months) <= deed.day
            tally = found[deed.unit, window.code]
            found[deed.unit, window.code] = Tally(
                tally.found + good,
                tally.on_time + good,
                needed=(tally.needed or 0) + 1,
                missing=tally.missing if good else (*tally.missing, str(deed.person)),
            )
    return dict(found)


def follow_cases(
    requirement: Requirement, measure: FollowMeasure, period: Period, inquiry: Inquiry
) -> Iterator[tuple[int, Window, Tally]]:
    """One window for each thing that must be followed by another, from that day on."""
    later = deeds(measure.by, inquiry, own=measure.same == "unit")
    for unit, person, day in _triggers(measure, inquiry):
        end = add_months(day, measure.months) if measure.months else day + timedelta(days=measure.days or 0)
        if day >= period.stop or end < period.start or day < requirement.valid_from or day > inquiry.as_of:
            continue
        if requirement.valid_to and day >= requirement.valid_to:
            continue
        deadline = end + timedelta(days=requirement.grace_days)
        window = Window(f"{day}..{end}", day, end + timedelta(days=1), day, deadline)
        same = [
            d
            for d in later
            if d.day >= day and (d.person == person if measure.same == "person" else d.unit == unit)
        ]
        timely = any(d.day <= end and d.recorded_on <= deadline for d in same)
        missing = () if same or person is None else (str(person),)
        yield unit, window, Tally(int(bool(same)), int(timely), missing=missing)


def _triggers(measure: FollowMeasure, inquiry: Inquiry) -> Iterator[tuple[int, int | None, date]]:
    if measure.after != "new_secretary":
        for deed in deeds([measure.after], inquiry, own=True):
            yield deed.unit, deed.person, deed.day
        return
    for unit, spans in inquiry.register.posts.items():
        for span in spans:
            if span.what == Post.SECRETARY and unit in inquiry.units:
                yield unit, span.person, span.start


def names_of(keys: Sequence[str]) -> list[str]:
    """Names of persons by the keys a tally left, in the same order; for explanations only."""
    found = Person.objects.in_bulk([int(key) for key in keys if key.isdigit()])
    return [found[int(key)].name if key.isdigit() and int(key) in found else key for key in keys]


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
