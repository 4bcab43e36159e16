"""The first reading of an indicator: its value.

A figure is (indicator, unit, period, programme, as-of). 0, no record (未记) and not applicable (不适用) are three answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.selection import (
    KEY_COLUMN,
    Question,
    Selection,
    ever_recorded,
    for_indicator,
    for_part,
)
from yibenzhang.kernel.quantities import in_display_unit, percentage
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units, packs_of, units_below

VALUE, NONE, NOT_APPLICABLE = "value", "none", "not_applicable"
WORDS = {NONE: "未记", NOT_APPLICABLE: "不适用"}


@dataclass(frozen=True)
class Figure:
    """The answer. `value` is None unless `state` is `value`; ratios are exact fractions."""

    indicator: Indicator
    question: Question
    state: str
    value: Fraction | None

    @property
    def shown(self) -> str:
        """The value for a screen, without its measure: `98`, `100%`, `未记`, `不适用`."""
        if self.value is None:
            return WORDS[self.state]
        if self.indicator.aggregation == "ratio":
            return percentage(self.value)
        return in_display_unit(int(self.value), self.indicator.divisor)

    @property
    def measure(self) -> str:
        """The counting word that goes with `shown`; empty for a ratio and for words."""
        if self.value is None or self.indicator.aggregation == "ratio":
            return ""
        return self.indicator.display_measure or self.indicator.measure

    @property
    def number(self) -> int | float | None:
        """The value as a plain number for exports; a ratio that is no whole number to 6 decimals."""
        if self.value is None:
            return None
        return int(self.value) if self.value.denominator == 1 else round(float(self.value), 6)


def figure(indicator: Indicator, question: Question, *, is_able: bool | None = None) -> Figure:
    """Compute one figure. Not applicable when nobody in scope could have recorded it, or a ratio has no denominator.

    `is_able` says whether somebody could, where the caller knows already.
    """
    if indicator.aggregation == "ratio":
        return _ratio(indicator, question)
    value = _value(indicator, for_indicator(indicator, question))
    if value is None and indicator.timing == "stock" and _exists(ever_recorded(indicator, question)):
        value = 0  # every matter has been closed: an empty stock, not a missing record
    if value is not None:
        return Figure(indicator, question, VALUE, Fraction(value))
    if is_able is None:
        is_able = is_applicable(indicator, question)
    return Figure(indicator, question, NONE if is_able else NOT_APPLICABLE, None)


def _value(indicator: Indicator, selection: Selection) -> int | None:
    if indicator.aggregation == "sum":
        count, total = _row(
            f"SELECT COUNT(*), SUM(p.quantity) FROM ledger_posting p WHERE {selection.where}", selection
        )
        return int(total) if count else None
    if indicator.aggregation == "distinct":
        column = KEY_COLUMN[indicator.key or "event"]
        count, keys = _row(
            f"SELECT COUNT(*), COUNT(DISTINCT CASE WHEN p.quantity > 0 THEN {column} END) "
            f"FROM ledger_posting p WHERE {selection.where}",
            selection,
        )
        return int(keys) if count else None
    if indicator.aggregation == "latest":
        newest = newest_event(selection)
        return newest[1] if newest else None
    terms = streak_terms(selection)
    return len(terms) or None


def newest_event(selection: Selection) -> tuple[int, int] | None:
    """(voucher, quantity) of the newest event by date, then by position."""
    row = _row(
        "SELECT p.voucher_id, SUM(p.quantity) FROM ledger_posting p "
        f"WHERE {selection.where} GROUP BY p.voucher_id ORDER BY MAX(p.event_date) DESC, MAX(p.entry_id) DESC LIMIT 1",
        selection,
    )
    return (int(row[0]), int(row[1])) if row else None


def streak_terms(selection: Selection) -> list[int]:
    """Consecutive term numbers up to the newest one, newest first."""
    rows = _rows(
        f"SELECT DISTINCT p.term FROM ledger_posting p WHERE {selection.where} AND p.term IS NOT NULL "
        "ORDER BY p.term DESC",
        selection,
    )
    terms: list[int] = []
    for (term,) in rows:
        if terms and terms[-1] - 1 != term:
            break
        terms.append(int(term))
    return terms


def _ratio(indicator: Indicator, question: Question) -> Figure:
    numerator, denominator = indicator.numerator, indicator.denominator
    if numerator is None or denominator is None:
        raise ValueError(f"{indicator.code} has no parts; the catalogue should have refused it")
    below = _keys(denominator.key, for_part(denominator, question, programme=""))
    if below == 0:
        return Figure(indicator, question, NOT_APPLICABLE, None)
    above = _keys(numerator.key, for_part(numerator, question, programme=question.programme))
    return Figure(indicator, question, VALUE, Fraction(above, below))


def _keys(key: str, selection: Selection) -> int:
    column = KEY_COLUMN[key]
    row = _row(f"SELECT COUNT(DISTINCT {column}) FROM ledger_posting p WHERE {selection.where}", selection)
    return int(row[0]) if row else 0


def is_applicable(indicator: Indicator, question: Question, catalogue: Catalogue | None = None) -> bool:
    """True when some unit in scope existed in the period, is of a type that records this, and uses the packs for it."""
    catalogue = catalogue or current_catalogue()
    if not is_adopted(indicator, packs_of(question.unit), catalogue):
        return False
    return recording_units(indicator, question, catalogue).exists()


def is_adopted(indicator: Indicator, packs: Iterable[str], catalogue: Catalogue | None = None) -> bool:
    """True when these packs declare the indicator and a kind of record that feeds it."""
    catalogue, adopted = catalogue or current_catalogue(), set(packs)
    declared = catalogue.home[("indicators", indicator.code)] in adopted
    return declared and bool(catalogue.packs_of(indicator) & adopted)


def recording_units(
    indicator: Indicator, question: Question, catalogue: Catalogue | None = None
) -> QuerySet[Unit]:
    """Units in scope that existed at some time in the period and can record what the indicator counts."""
    catalogue = catalogue or current_catalogue()
    return units_recording(question).filter(unit_type__in=catalogue.recorders(indicator))


def units_recording(question: Question) -> QuerySet[Unit]:
    """All units in scope that existed at some time in the period."""
    period = question.period
    if question.scope != "subtree":
        keys = own_units(question.unit) if question.scope == "own" else [question.unit.pk]
        units = Unit.objects.filter(pk__in=keys)
    else:
        units = units_below([question.unit.pk], start=period.start, stop=period.stop)
    return units.filter(founded_on__lt=period.stop).exclude(abolished_on__lte=period.start)


def _exists(selection: Selection) -> bool:
    return _row(f"SELECT 1 FROM ledger_posting p WHERE {selection.where} LIMIT 1", selection) is not None


def _row(sql: str, selection: Selection) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(selection.params))
        return cursor.fetchone()


def _rows(sql: str, selection: Selection) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(selection.params))
        return list(cursor.fetchall())
