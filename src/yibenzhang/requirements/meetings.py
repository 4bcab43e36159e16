"""Tallies read from the meetings themselves: the order of the agenda, and who of those expected was present."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import AgendaMeasure, QuorumMeasure
from yibenzhang.ledger.models import Entry
from yibenzhang.requirements.inquiry import FEW, Inquiry, Tallies, Tally
from yibenzhang.requirements.windows import Window
from yibenzhang.vouchers.models import Voucher, VoucherPerson

PRESENT, OBSERVER = VoucherPerson.Attendance.PRESENT, VoucherPerson.Attendance.OBSERVER


@dataclass(frozen=True)
class Meeting:
    """A posted meeting as of a day."""

    voucher: int
    unit: int
    day: date
    recorded_on: date
    title: str
    values: dict[str, object] = field(default_factory=dict)


def meetings(
    kinds: list[str], windows: list[Window], inquiry: Inquiry, *, in_full: bool = True
) -> list[Meeting]:
    """Meetings of these kinds within the windows, posted by the day and not reversed by then, in order of date.

    Their answers are read `in_full` only; decoding them takes most of the time in a large book.
    """
    if not windows:
        return []
    later = Entry.objects.filter(kind=Entry.POSTING, posted_on__gt=inquiry.as_of).values("voucher_id")
    undone = Entry.objects.filter(reverses__isnull=False).exclude(posted_on__gt=inquiry.as_of)
    rows = Voucher.objects.filter(
        kind__in=kinds, state__in=[Voucher.State.POSTED, Voucher.State.REVERSED], event_date__gte=windows[0].start,
        event_date__lt=windows[-1].stop, event_date__lte=inquiry.as_of,
    )  # fmt: skip
    rows = rows.exclude(pk__in=later).exclude(pk__in=undone.values("voucher_id"))
    catalogue = current_catalogue()
    types = {unit_type for kind in kinds for unit_type in catalogue.kind(kind).recorded_by}
    holders = [key for key, unit in inquiry.units.items() if unit.unit_type in types]
    fields = ["pk", "unit_id", "event_date", "recorded_on", "title", *(["values"] if in_full else [])]
    found = [
        Meeting(*row)
        for start in range(0, len(holders), FEW)  # named, so that the index by unit, kind and day serves
        for row in rows.filter(unit_id__in=holders[start : start + FEW]).values_list(*fields)
    ]
    return sorted(found, key=lambda meeting: (meeting.day, meeting.voucher))


def has_item(meeting: Meeting, measure: AgendaMeasure) -> bool:
    """True when the agenda has such an item, at the position asked for when there is one."""
    agenda = meeting.values.get("agenda")
    items = (
        [item.get("kind") for item in agenda if isinstance(item, dict)] if isinstance(agenda, list) else []
    )
    if measure.position is not None:
        items = items[measure.position - 1 : measure.position]
    return any(kind in measure.items for kind in items)


def agenda_tallies(measure: AgendaMeasure, windows: list[Window], inquiry: Inquiry, *, each: bool) -> Tallies:
    """Meetings with such an item. With `each`, all meetings are needed and those without are named."""
    found: dict[tuple[int, str], Tally] = defaultdict(Tally)
    for meeting, window in _placed(meetings(measure.kinds, windows, inquiry), windows):
        key, good = (meeting.unit, window.code), has_item(meeting, measure)
        tally = found[key]
        missing = tally.missing if good else (*tally.missing, f"{meeting.day.month}月{meeting.day.day}日")
        found[key] = Tally(
            tally.found + good,
            tally.on_time + (good and meeting.recorded_on <= window.deadline),
            needed=(tally.needed or 0) + 1 if each else None,
            missing=missing if each else (),
        )
    return dict(found)


def quorum_tallies(measure: QuorumMeasure, windows: list[Window], inquiry: Inquiry) -> Tallies:
    """Meetings at which enough of those expected were present; meetings without a list of names are left out."""
    held = [
        meeting
        for meeting in meetings([measure.kind], windows, inquiry, in_full=bool(measure.contents))
        if not measure.contents or _contents(meeting) & set(measure.contents)
    ]
    present, listed = _attendance([meeting.voucher for meeting in held], measure.field)
    found: dict[tuple[int, str], Tally] = defaultdict(Tally)
    for meeting, window in _placed(held, windows):
        expected = listed.get(meeting.voucher, 0)
        if measure.expected == "committee" and expected:
            expected = len(inquiry.register.committee(meeting.unit, meeting.day))
        if not expected:
            continue
        came = present.get(meeting.voucher, 0)
        share, wanted = came * measure.denominator, expected * measure.numerator
        good = share > wanted if measure.above else share >= wanted
        tally = found[meeting.unit, window.code]
        missing = f"{meeting.day.month}月{meeting.day.day}日应到{expected}人、实到{came}人"
        found[meeting.unit, window.code] = Tally(
            tally.found + good,
            tally.on_time + good,
            needed=(tally.needed or 0) + 1,
            missing=tally.missing if good else (*tally.missing, missing),
        )
    return dict(found)


def _contents(meeting: Meeting) -> set[object]:
    given = meeting.values.get("contents")
    return set(given) if isinstance(given, list) else {given}


def _attendance(vouchers: list[int], field: str) -> tuple[dict[int, int], dict[int, int]]:
    present: dict[int, int] = defaultdict(int)
    listed: dict[int, int] = defaultdict(int)
    for start in range(0, len(vouchers), FEW):
        rows = VoucherPerson.objects.filter(voucher_id__in=vouchers[start : start + FEW], field=field)
        for voucher, attendance in rows.exclude(attendance=OBSERVER).values_list("voucher_id", "attendance"):
            listed[voucher] += 1
            present[voucher] += attendance == PRESENT
    return present, listed


def _placed(held: list[Meeting], windows: list[Window]) -> Iterator[tuple[Meeting, Window]]:
    for meeting in held:
        for window in windows:
            if window.start <= meeting.day < window.stop:
                yield meeting, window
