"""Tallies of postings by unit and window in one query: indicators and ceilings."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db import connection

from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.selection import KEY_COLUMN
from yibenzhang.kernel.periods import month_of
from yibenzhang.requirements.inquiry import Inquiry, Tallies, Tally
from yibenzhang.requirements.waiting import WaitingLine
from yibenzhang.requirements.windows import Window

Param = int | str | date
# Later entries are few on most days, so both conditions start from them instead of from all of the past.
BY_THEN = (
    "p.sign = 1 AND p.event_date <= %s AND p.entry_id NOT IN (SELECT number FROM ledger_entry WHERE posted_on > %s) "
    "AND p.entry_id NOT IN (SELECT reverses FROM ledger_entry WHERE reverses > 0 AND number NOT IN "
    "(SELECT number FROM ledger_entry WHERE posted_on > %s))"
)


def by_then(as_of: date) -> tuple[str, list[Param]]:
    """Condition on `ledger_posting p`: posted by the end of the day and not reversed by then."""
    return BY_THEN, [as_of, as_of, as_of]


def marks(values: Sequence[object]) -> str:
    """Placeholders for a list."""
    return ", ".join(["%s"] * len(values))


def indicator_tallies(indicator: Indicator, windows: list[Window], inquiry: Inquiry) -> Tallies:
    """What each unit itself recorded of an indicator in each window."""
    if not windows:
        return {}
    key = KEY_COLUMN[indicator.key] if indicator.aggregation == "distinct" and indicator.key else ""
    found = _grouped(indicator.accounts, key, windows, inquiry)
    for code, lines in _waiting(indicator.accounts, windows, inquiry).items():
        more = (
            len({_key(line, indicator.key) for line in lines})
            if key
            else sum(line.quantity for line in lines)
        )
        found[code] = found.get(code, Tally())._replace(waiting=more)
    return found


def sum_tallies(account: str, windows: list[Window], inquiry: Inquiry) -> Tallies:
    """The sum on one account by unit and window."""
    return _grouped([account], "", windows, inquiry) if windows else {}


def _grouped(accounts: Sequence[str], key: str, windows: list[Window], inquiry: Inquiry) -> Tallies:
    last_months = [month_of(window.last_day) for window in windows]
    number = (
        "CASE "
        + " ".join(f"WHEN p.month <= {month} THEN {n}" for n, month in enumerate(last_months))
        + " END"
    )
    due = "CASE " + " ".join(f"WHEN p.month <= {month} THEN %s" for month in last_months) + " END"
    in_time = f"v.recorded_on <= {due}"
    if key:
        total, timely = f"COUNT(DISTINCT {key})", f"COUNT(DISTINCT CASE WHEN {in_time} THEN {key} END)"
    else:
        total, timely = "SUM(p.quantity)", f"SUM(CASE WHEN {in_time} THEN p.quantity ELSE 0 END)"
    then, then_params = by_then(inquiry.as_of)
    scope, scope_params = inquiry.unit_condition("l.unit_id")
    sql = (
        f"SELECT l.unit_id, {number}, {total}, {timely} FROM ledger_posting p "
        "JOIN organisation_lineage l ON l.id = p.lineage_id JOIN vouchers_voucher v ON v.id = p.voucher_id "
        f"WHERE p.account IN ({marks(accounts)}) AND p.month BETWEEN %s AND %s AND {then}{scope} GROUP BY 1, 2"
    )
    deadlines = [window.deadline for window in windows]
    params = [*deadlines, *accounts, month_of(windows[0].start), last_months[-1], *then_params, *scope_params]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        codes = [window.code for window in windows]
        return {
            (unit, codes[place]): Tally(int(count), int(timely or 0))
            for unit, place, count, timely in cursor.fetchall()
        }


def _waiting(
    accounts: Sequence[str], windows: list[Window], inquiry: Inquiry
) -> dict[tuple[int, str], list[WaitingLine]]:
    wanted = set(accounts)
    found: dict[tuple[int, str], list[WaitingLine]] = defaultdict(list)
    for line in inquiry.waiting:
        if line.account in wanted:
            for window in windows:
                if window.start <= line.day < window.stop:
                    found[line.unit, window.code].append(line)
    return found


def _key(line: WaitingLine, key: str | None) -> int | None:
    return {"event": line.voucher, "person": line.person, "matter": line.matter}[key or "event"]
