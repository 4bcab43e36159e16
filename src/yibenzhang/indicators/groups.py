"""Many values in one query: an indicator by month, or by units, from the same selection as the single value.

`values_by(...)` answers, for every group that has live postings, what `figures.figure` would; groups without are left
out. A property test compares the two.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.db import connection

from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.selection import (
    KEY_COLUMN,
    Question,
    Selection,
    ever_recorded,
    for_indicator,
    for_part,
    select,
)
from yibenzhang.kernel.periods import Period


@dataclass(frozen=True)
class Grouping:
    """By what postings are grouped: the column, and the join that gives it."""

    column: str
    join: str = ""
    params: tuple[int, ...] = ()


MONTHS = Grouping("p.month")


def by_units(keys: Iterable[int]) -> Grouping:
    """Grouping by these units; a posting counts for each one its line passes through."""
    wanted = tuple(keys)
    marks = ", ".join(["%s"] * len(wanted))
    join = f"JOIN organisation_lineagemember g ON g.lineage_id = p.lineage_id AND g.ancestor_id IN ({marks})"
    return Grouping("g.ancestor_id", join, wanted)


def whole_months(period: Period) -> Period:
    """The period widened to month borders, as a trend by month shows it."""
    months = list(period.months())
    return replace(period, start=months[0].start, stop=months[-1].stop)


def values_by_month(indicator: Indicator, question: Question) -> dict[int, Fraction]:
    """Value of each month (yyyymm) of the period that has one."""
    wide = replace(question, period=whole_months(question.period))
    months = [month.first_month for month in wide.period.months()]
    if indicator.aggregation == "streak":
        return _streaks_by_month(indicator, wide, months)
    if indicator.timing == "stock":
        return _stock_by_month(indicator, wide, months)
    return _flow(indicator, wide, MONTHS)


def values_by_unit(indicator: Indicator, question: Question, units: Iterable[int]) -> dict[int, Fraction]:
    """Value of each of these units (subtree) that has one."""
    keys = tuple(units)
    if not keys:
        return {}
    wide, grouping = replace(question, units=keys), by_units(keys)
    if indicator.aggregation == "streak":
        return _streaks_by_unit(indicator, wide, grouping)
    if indicator.timing == "stock":
        return _stock_by_unit(indicator, wide, grouping)
    return _flow(indicator, wide, grouping)


def _flow(indicator: Indicator, question: Question, grouping: Grouping) -> dict[int, Fraction]:
    if indicator.aggregation == "ratio":
        return _ratios(indicator, question, grouping)
    selection = for_indicator(indicator, question)
    if indicator.aggregation == "sum":
        return _values(_grouped("SUM(p.quantity)", selection, grouping))
    if indicator.aggregation == "distinct":
        counted = f"COUNT(DISTINCT CASE WHEN p.quantity > 0 THEN {KEY_COLUMN[indicator.key or 'event']} END)"
        return _values(_grouped(counted, selection, grouping))
    newest: dict[int, tuple[Any, int, int]] = {}
    rows = _grouped(
        "MAX(p.event_date), MAX(p.entry_id), SUM(p.quantity)", selection, grouping, also=("p.voucher_id",)
    )
    for group, _, day, entry, quantity in rows:
        newest[group] = max(newest.get(group, (day, entry, int(quantity))), (day, entry, int(quantity)))
    return {group: Fraction(quantity) for group, (_, _, quantity) in newest.items()}


def _ratios(indicator: Indicator, question: Question, grouping: Grouping) -> dict[int, Fraction]:
    above, below = indicator.numerator, indicator.denominator
    if above is None or below is None:
        raise ValueError(f"{indicator.code} has no parts; the catalogue should have refused it")
    tops = for_part(above, question, programme=question.programme)
    bottoms = for_part(below, question, programme="")
    numerators = dict(_grouped(f"COUNT(DISTINCT {KEY_COLUMN[above.key]})", tops, grouping))
    rows = _grouped(f"COUNT(DISTINCT {KEY_COLUMN[below.key]})", bottoms, grouping)
    return {group: Fraction(int(numerators.get(group, 0)), int(n)) for group, n in rows if n}


def _stock_by_month(indicator: Indicator, question: Question, months: list[int]) -> dict[int, Fraction]:
    """A key stands at the end of a month when it had been recorded by then and its net quantity is above zero."""
    key = KEY_COLUMN[indicator.key or "matter"]
    recorded = ever_recorded(indicator, question)
    first: dict[int, int] = {}
    earliest = 0
    for month, matter, highest in _grouped("MAX(p.quantity)", recorded, MONTHS, also=(key,)):
        earliest = min(earliest or month, month)
        if matter is not None and highest > 0:
            first[matter] = min(first.get(matter, month), month)
    moves: dict[int, list[tuple[int, int]]] = defaultdict(list)
    history = select(indicator.accounts, question, all_history=True)
    for month, matter, net in _grouped("SUM(p.quantity)", history, MONTHS, also=(key,)):
        moves[matter].append((month, int(net)))
    found = {}
    for month in months:
        if earliest and earliest <= month:
            standing = (
                matter
                for matter, since in first.items()
                if since <= month and sum(net for when, net in moves[matter] if when <= month) > 0
            )
            found[month] = Fraction(sum(1 for _ in standing))
    return found


def _stock_by_unit(indicator: Indicator, question: Question, grouping: Grouping) -> dict[int, Fraction]:
    key = KEY_COLUMN[indicator.key or "matter"]
    history = select(indicator.accounts, question, all_history=True)
    rows = _grouped("SUM(p.quantity)", history, grouping, also=(key,))
    standing = {(unit, matter) for unit, matter, net in rows if net > 0}
    counts: dict[int, int] = {}
    recorded = _grouped("MAX(p.quantity)", ever_recorded(indicator, question), grouping, also=(key,))
    for unit, matter, highest in recorded:
        counts[unit] = counts.get(unit, 0) + (
            matter is not None and highest > 0 and (unit, matter) in standing
        )
    return {unit: Fraction(count) for unit, count in counts.items()}


def _streaks_by_month(indicator: Indicator, question: Question, months: list[int]) -> dict[int, Fraction]:
    selection = for_indicator(indicator, question).and_("p.term IS NOT NULL")
    since: dict[int, int] = {}
    for month, term, _ in _grouped("COUNT(*)", selection, MONTHS, also=("p.term",)):
        since[term] = min(since.get(term, month), month)
    runs = {month: _run({term for term, first in since.items() if first <= month}) for month in months}
    return {month: Fraction(run) for month, run in runs.items() if run}


def _streaks_by_unit(indicator: Indicator, question: Question, grouping: Grouping) -> dict[int, Fraction]:
    selection = for_indicator(indicator, question).and_("p.term IS NOT NULL")
    terms: dict[int, set[int]] = defaultdict(set)
    for unit, term, _ in _grouped("COUNT(*)", selection, grouping, also=("p.term",)):
        terms[unit].add(term)
    return {unit: Fraction(_run(held)) for unit, held in terms.items()}


def _run(terms: set[int]) -> int:
    """How many consecutive terms end with the newest."""
    newest = max(terms, default=0)
    length = 0
    while newest - length in terms:
        length += 1
    return length


def _values(rows: list[tuple[Any, ...]]) -> dict[int, Fraction]:
    return {group: Fraction(int(value)) for group, value in rows}


def _grouped(
    what: str, selection: Selection, grouping: Grouping, *, also: tuple[str, ...] = ()
) -> list[tuple[Any, ...]]:
    columns = ", ".join([grouping.column, *also])
    sql = f"SELECT {columns}, {what} FROM ledger_posting p {grouping.join} WHERE {selection.where} GROUP BY {columns}"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*grouping.params, *selection.params])
        return list(cursor.fetchall())
