"""Which vouchers a duty was judged by: those that count, those that wait, and the occasions that lapse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.periods import Period
from yibenzhang.ledger.models import Entry
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of
from yibenzhang.requirements.choices import about, on_since
from yibenzhang.requirements.duties import Duty
from yibenzhang.requirements.inquiry import inquiries
from yibenzhang.requirements.meetings import has_item, meetings
from yibenzhang.requirements.programmes import events
from yibenzhang.requirements.waiting import waiting_lines
from yibenzhang.requirements.windows import calendar_windows
from yibenzhang.vouchers.models import Voucher


def vouchers_of(duty: Duty, catalogue: Catalogue) -> list[int]:
    """Keys of the unit's vouchers within the window that bear on the rule, posted by the day or waiting on it."""
    rule, window = duty.requirement, duty.window
    measure = rule.measure
    if measure is None:
        return []
    rows = Voucher.objects.filter(
        event_date__gte=window.start, event_date__lt=window.stop, event_date__lte=duty.as_of
    )
    gone = Entry.objects.filter(reverses__isnull=False, posted_on__lte=duty.as_of).values("voucher_id")
    rows = rows.filter(entries__kind=Entry.POSTING, entries__posted_on__lte=duty.as_of).exclude(pk__in=gone)
    if measure.agenda or measure.quorum:
        kinds = measure.agenda.kinds if measure.agenda else [measure.quorum.kind] if measure.quorum else []
        return list(rows.filter(unit=duty.unit, kind__in=kinds).values_list("pk", flat=True))
    accounts = _accounts(duty, catalogue)
    if not accounts:
        return []
    counted = rows.filter(postings__account__in=accounts, postings__unit=duty.unit)
    book = book_of(duty.unit)
    waiting = {
        line.voucher
        for line in waiting_lines([duty.unit.pk], duty.as_of, book.fixed_date if book else None)
        if line.unit == duty.unit.pk and line.account in accounts and window.start <= line.day < window.stop
    }
    return sorted({*counted.values_list("pk", flat=True), *waiting})


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
