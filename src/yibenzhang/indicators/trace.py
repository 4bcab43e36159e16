"""The second reading of an indicator: the postings behind its value (追溯)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.figures import figure, newest_event, streak_terms
from yibenzhang.indicators.selection import KEY_COLUMN, Question, Selection, for_indicator, for_part, select

NUMERATOR, DENOMINATOR = "numerator", "denominator"


@dataclass(frozen=True)
class TraceLine:
    """A posting that bears on the figure. `key` is the event, person or matter a distinct count counts."""

    posting: int
    entry: int
    voucher: int
    day: date
    unit: int
    account: str
    quantity: int
    key: str
    role: str
    person: int | None
    matter: int | None
    term: int | None
    lineage: int


def trace(indicator: Indicator, question: Question) -> list[TraceLine]:
    """Every posting behind the figure, by date; the value is their aggregate, for every indicator."""
    return list(iterate(indicator, question))


def iterate(indicator: Indicator, question: Question, *, limit: int = 0) -> Iterator[TraceLine]:
    """Like `trace`, one by one; `limit` stops early (0 for all)."""
    for selection, key, role in selections(indicator, question):
        yield from _lines(selection, key, role, limit)


def selections(indicator: Indicator, question: Question) -> list[tuple[Selection, str, str]]:
    """The postings behind a figure as (selection, key kind, role in the figure); a ratio has two parts."""
    if indicator.aggregation == "ratio" and indicator.numerator and indicator.denominator:
        above = for_part(indicator.numerator, question, programme=question.programme)
        below = for_part(indicator.denominator, question, programme="")
        return [(above, indicator.numerator.key, NUMERATOR), (below, indicator.denominator.key, DENOMINATOR)]
    selection = for_indicator(indicator, question)
    if indicator.aggregation == "distinct":
        return [(selection.and_("p.quantity > 0"), indicator.key or "event", "counted")]
    if indicator.aggregation == "latest":
        newest = newest_event(selection)
        return [(selection.and_("p.voucher_id = %s", newest[0]), "event", "latest")] if newest else []
    if indicator.aggregation == "streak":
        terms = streak_terms(selection)
        if not terms:
            return []
        return [(selection.and_("p.term BETWEEN %s AND %s", terms[-1], terms[0]), "term", "counted")]
    return [(selection, "event", "summed")]


@dataclass(frozen=True)
class Composition:
    """How many vouchers a figure rests on, and how many in the same selection were reversed since."""

    vouchers: int
    reversed: int


def composition(indicator: Indicator, question: Question) -> Composition:
    """Count the vouchers behind the figure and the reversals beside them."""
    parts = selections(indicator, question)
    vouchers = _count("p.voucher_id", parts[-1][0]) if parts else 0
    accounts = indicator.all_accounts()
    lasting = indicator.timing == "stock" or indicator.aggregation == "streak"
    gone = select(accounts, question, all_history=lasting, programme=question.programme, reversals=True)
    return Composition(vouchers, _count("p.voucher_id", gone))


def page_of_postings(selection: Selection, *, start: int, size: int) -> list[int]:
    """Keys of some of the postings behind a figure, newest event first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.id FROM ledger_posting p WHERE {selection.where} "
            f"ORDER BY p.event_date DESC, p.id DESC LIMIT {int(size)} OFFSET {int(start)}",
            list(selection.params),
        )
        return [row[0] for row in cursor.fetchall()]


def entries_in(selection: Selection) -> list[int]:
    """Numbers of the entries whose lines a selection takes, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT p.entry_id FROM ledger_posting p WHERE {selection.where} ORDER BY p.entry_id",
            list(selection.params),
        )
        return [row[0] for row in cursor.fetchall()]


def units_in(selection: Selection) -> frozenset[int]:
    """Keys of the units whose lines a selection takes."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT p.unit_id FROM ledger_posting p WHERE {selection.where}", list(selection.params)
        )
        return frozenset(row[0] for row in cursor.fetchall())


def rests_on(indicator: Indicator, question: Question, entry: int) -> bool:
    """True when the figure, as asked, used the lines of this entry: they are in its trace, or it would differ without.

    The second holds for closings of matters, which a stock does not list.
    """
    if any(entries_in(part.and_("p.entry_id = %s", entry)) for part, _, _ in selections(indicator, question)):
        return True
    with_it, without = figure(indicator, question), figure(indicator, replace(question, without=entry))
    return (with_it.state, with_it.value) != (without.state, without.value)


def _count(column: str, selection: Selection) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT COUNT(DISTINCT {column}) FROM ledger_posting p WHERE {selection.where}",
            list(selection.params),
        )
        return int(cursor.fetchone()[0])


def _lines(selection: Selection, key: str, role: str, limit: int) -> Iterator[TraceLine]:
    column = "p.term" if key == "term" else KEY_COLUMN[key]
    name = "r.key" if key == "person" else f"CAST({column} AS VARCHAR(20))"
    join = "JOIN organisation_person r ON r.id = p.person_id" if key == "person" else ""
    sql = (
        "SELECT p.id, p.entry_id, p.voucher_id, p.event_date, p.unit_id, p.account, p.quantity, "
        f"{name}, p.person_id, p.matter_id, p.term, p.lineage_id FROM ledger_posting p {join} "
        f"WHERE {selection.where} ORDER BY p.event_date, p.id" + (f" LIMIT {int(limit)}" if limit else "")
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, list(selection.params))
        for row in cursor.fetchall():
            day = row[3] if isinstance(row[3], date) else date.fromisoformat(row[3])
            yield TraceLine(
                posting=row[0], entry=row[1], voucher=row[2], day=day, unit=row[4], account=row[5], quantity=row[6],
                key=row[7], role=role, person=row[8], matter=row[9], term=row[10],
                lineage=row[11],
            )  # fmt: skip


def aggregate(indicator: Indicator, lines: list[TraceLine]) -> float | int | None:
    """What the lines come to by the indicator's own rule; None without lines. Used to check value against trace."""
    if not lines:
        return None
    if indicator.aggregation == "ratio":
        above = {line.key for line in lines if line.role == NUMERATOR}
        below = {line.key for line in lines if line.role == DENOMINATOR}
        return len(above) / len(below)
    if indicator.aggregation in {"sum", "latest"}:
        return sum(line.quantity for line in lines)
    return len({line.key for line in lines})
