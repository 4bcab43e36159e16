"""Tallies of events that must carry a programme (“8月起每个班都含全会精神”)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from yibenzhang.catalogue.requirement import ProgrammeMeasure
from yibenzhang.requirements.inquiry import Inquiry, Tallies, Tally
from yibenzhang.requirements.postings import by_then, marks
from yibenzhang.requirements.windows import Window


@dataclass(frozen=True)
class Event:
    """A posted event and whether it carries the programme."""

    voucher: int
    unit: int
    day: date
    title: str
    carries: bool


def events(measure: ProgrammeMeasure, start: date, stop: date, inquiry: Inquiry) -> list[Event]:
    """Events on the accounts that began within [start, stop), in order of date."""
    then, then_params = by_then(inquiry.as_of)
    scope, scope_params = inquiry.unit_condition("l.unit_id")
    sql = (
        "SELECT DISTINCT p.voucher_id, l.unit_id, p.event_date, v.title, CASE WHEN EXISTS (SELECT 1 FROM "
        "vouchers_voucherprogramme g WHERE g.voucher_id = p.voucher_id AND g.programme = %s) THEN 1 ELSE 0 END "
        "FROM ledger_posting p JOIN organisation_lineage l ON l.id = p.lineage_id "
        "JOIN vouchers_voucher v ON v.id = p.voucher_id "
        f"WHERE p.account IN ({marks(measure.accounts)}) AND p.event_date >= %s AND p.event_date < %s "
        f"AND {then}{scope} ORDER BY 3, 1"
    )
    params = [measure.programme, *measure.accounts, start, stop, *then_params, *scope_params]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [
            Event(voucher, unit, _as_date(day), title, bool(carries))
            for voucher, unit, day, title, carries in cursor.fetchall()
        ]


def programme_tallies(
    measure: ProgrammeMeasure, since: date, windows: list[Window], inquiry: Inquiry
) -> Tallies:
    """All events since the rule holds are needed; those without the programme are named."""
    found: dict[tuple[int, str], Tally] = defaultdict(Tally)
    for window in windows:
        for event in events(measure, max(window.start, since), window.stop, inquiry):
            tally = found[event.unit, window.code]
            found[event.unit, window.code] = Tally(
                tally.found + event.carries,
                tally.on_time + event.carries,
                needed=(tally.needed or 0) + 1,
                missing=tally.missing if event.carries else (*tally.missing, event.title),
            )
    return dict(found)


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
