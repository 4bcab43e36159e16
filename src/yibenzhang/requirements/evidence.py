"""Which vouchers a duty was judged by: those that count, those that wait, and the occasions that lapse."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.periods import Period, month_of
from yibenzhang.ledger.models import Posting
from yibenzhang.ledger.queries import standing_on
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements.choices import about, on_since
from yibenzhang.requirements.duties import Duty
from yibenzhang.requirements.inquiry import inquiries
from yibenzhang.requirements.meetings import has_item, meetings
from yibenzhang.requirements.programmes import events
from yibenzhang.requirements.windows import calendar_windows
from yibenzhang.vouchers.models import Voucher

Event = tuple[int, int, date]  # keys of a voucher and a unit, and the day


def vouchers_of(duty: Duty, catalogue: Catalogue) -> list[int]:
    """Keys of the unit's vouchers within the window that bear on the rule, posted by the day or waiting on it."""
    return vouchers_of_each([duty], catalogue)[0]


def vouchers_of_each(duties: Sequence[Duty], catalogue: Catalogue) -> list[list[int]]:
    """`vouchers_of` each of these duties, all under one rule and as of one day, in their order."""
    posted, waiting = _posted(duties, catalogue), _waiting(duties, catalogue)
    standing = standing_on({voucher for voucher, _, _ in posted}, duties[0].as_of) if posted else frozenset()
    found: dict[int, list[tuple[int, date]]] = defaultdict(list)
    for voucher, unit, day in [*(row for row in posted if row[0] in standing), *waiting]:
        found[unit].append((voucher, day))
    return [
        sorted({key for key, day in found[duty.unit.pk] if duty.window.start <= day < duty.window.stop})
        for duty in duties
    ]


def _posted(duties: Sequence[Duty], catalogue: Catalogue) -> list[Event]:
    """Vouchers of the units on which the rule looks, from the first window to the last, whatever became of them."""
    measure = duties[0].requirement.measure if duties else None
    if measure is None:
        return []
    start, stop = min(d.window.start for d in duties), max(d.window.stop for d in duties)
    when = {"event_date__gte": start, "event_date__lt": stop, "event_date__lte": duties[0].as_of}
    units = {duty.unit.pk for duty in duties}
    if measure.agenda or measure.quorum:
        kinds = measure.agenda.kinds if measure.agenda else [measure.quorum.kind] if measure.quorum else []
        rows = Voucher.objects.filter(unit__in=units, kind__in=kinds, **when)
        return list(rows.values_list("pk", "unit_id", "event_date"))
    months = {"month__gte": month_of(start), "month__lte": month_of(stop)}
    lines = Posting.objects.filter(
        unit__in=units, account__in=_accounts(duties[0], catalogue), **months, **when
    )
    return list(lines.values_list("voucher_id", "unit_id", "event_date").distinct())


def _waiting(duties: Sequence[Duty], catalogue: Catalogue) -> list[Event]:
    accounts = _accounts(duties[0], catalogue) if duties else set()
    if not accounts:
        return []
    units = {duty.unit.pk: duty.unit for duty in duties}
    asked = inquiries(units.values(), duties[0].as_of)
    lines = (line for inquiry in asked for line in inquiry.waiting if line.account in accounts)
    return [(line.voucher, line.unit, line.day) for line in lines]


def _accounts(duty: Duty, catalogue: Catalogue) -> set[str]:
    measure = duty.requirement.measure
    if measure is None:
        return set()
    if measure.indicator:
        return set(catalogue.indicator(measure.indicator).all_accounts())
    if measure.programme:
        return set(measure.programme.accounts)
    if measure.ceiling:
        return {measure.ceiling.account}
    if measure.prior:
        return {measure.prior.each, *measure.prior.needs}
    if measure.follow:
        return {measure.follow.after, *measure.follow.by}
    return {"election.term"} if measure.fact else set()


@dataclass(frozen=True)
class Lapse:
    """An occasion that did not fulfil a rule: a meeting without the first item, a class without the subject."""

    voucher: int
    unit: Unit
    day: date
    title: str


def lapses(rule: Requirement, units: Iterable[Unit], period: Period) -> list[Lapse]:
    """All occasions of a rule in the period that lapse, in order of date; none for rules of another sort."""
    measure = rule.measure
    if measure is None or rule.cadence != "occasion" or not (measure.agenda or measure.programme):
        return []
    found: list[Lapse] = []
    for inquiry in inquiries(units, None):
        own = about(rule, inquiry.choices)
        for window in calendar_windows(rule, period):
            if on_since(rule, own, window.last_day) is None:
                continue
            if measure.agenda:
                held = meetings(measure.agenda.kinds, [window], inquiry)
                missed = [
                    (m.voucher, m.unit, m.day, m.title) for m in held if not has_item(m, measure.agenda)
                ]
            elif measure.programme:
                start = max(window.start, rule.valid_from)
                begun = events(measure.programme, start, window.stop, inquiry)
                missed = [(e.voucher, e.unit, e.day, e.title) for e in begun if not e.carries]
            found += [
                Lapse(key, inquiry.units[unit], day, title)
                for key, unit, day, title in missed
                if unit in inquiry.units
            ]
    return sorted(found, key=lambda lapse: (lapse.day, lapse.voucher))
