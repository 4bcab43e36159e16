"""A figure by month and by sub-unit, and how many units have recorded at all.

Distinct counts are computed at each level, never added up from the parts; sub-units come in organisational order. The
number of queries does not depend on the number of months or sub-units.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from django.db import connection

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.figures import (
    NONE,
    NOT_APPLICABLE,
    VALUE,
    Figure,
    figure,
    is_adopted,
    recording_units,
    units_recording,
)
from yibenzhang.indicators.groups import values_by_month, values_by_unit
from yibenzhang.indicators.selection import Question, Selection, for_indicator, for_part, select
from yibenzhang.kernel.periods import Period
from yibenzhang.organisation.models import Book, Lineage, LineageMember, Unit
from yibenzhang.organisation.models.dated import during
from yibenzhang.organisation.queries import children_during, own_units, packs_of


@dataclass(frozen=True)
class Coverage:
    """Of the units that could record this, how many have (26 个支部中 24 个已入账)."""

    recorded: int
    expected: int
    missing: list[Unit]


def by_month(indicator: Indicator, question: Question) -> list[Figure]:
    """The figure of each month of the period, in order."""
    values = values_by_month(indicator, question)
    months = list(question.period.months())
    open_ = [] if len(values) == len(months) else _months_to_record(indicator, question, months)
    return [
        _answer(indicator, replace(question, period=month), values.get(month.first_month), month in open_)
        for month in months
    ]


def by_child(indicator: Indicator, question: Question) -> list[tuple[Unit, Figure]]:
    """The figure of each unit directly below, in organisational order; the bodies a unit holds stand first."""
    period = question.period
    children = list(children_during(question.unit, period.start, period.stop))
    values = values_by_unit(indicator, question, [child.pk for child in children])
    silent = [child for child in children if child.pk not in values]
    able = _units_to_record(indicator, question, silent)
    return [
        (
            child,
            _answer(
                indicator,
                replace(question, unit=child, scope="subtree"),
                values.get(child.pk),
                child.pk in able,
            ),
        )
        for child in children
    ]


def _answer(indicator: Indicator, question: Question, value: Fraction | None, is_able: bool) -> Figure:
    if value is not None:
        return Figure(indicator, question, VALUE, value)
    # A ratio without a denominator is not applicable, whoever could have recorded.
    state = NONE if is_able and indicator.aggregation != "ratio" else NOT_APPLICABLE
    return Figure(indicator, question, state, None)


def _months_to_record(indicator: Indicator, question: Question, months: list[Period]) -> list[Period]:
    """Months in which some unit in scope could have recorded."""
    catalogue = current_catalogue()
    if not is_adopted(indicator, packs_of(question.unit), catalogue):
        return []
    types = catalogue.recorders(indicator)
    if question.scope == "subtree":
        lines = Lineage.objects.filter(members__ancestor=question.unit, unit__unit_type__in=types)
        rows = lines.values_list("valid_from", "valid_to", "unit__founded_on", "unit__abolished_on")
        spans = [(max(start, born), _earlier(stop, gone)) for start, stop, born, gone in rows]
    else:
        keys = own_units(question.unit) if question.scope == "own" else [question.unit.pk]
        units = Unit.objects.filter(pk__in=keys, unit_type__in=types)
        spans = list(units.values_list("founded_on", "abolished_on"))
    return [
        month
        for month in months
        if any(start < month.stop and (stop is None or stop > month.start) for start, stop in spans)
    ]


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)


def _units_to_record(indicator: Indicator, question: Question, units: list[Unit]) -> set[int]:
    """Which of these units had something below them in the period that can record what the indicator counts."""
    catalogue, period = current_catalogue(), question.period
    adopting = [
        unit.pk for unit, packs in _packs_of_each(question.unit, units) if is_adopted(indicator, packs)
    ]
    if not adopting:
        return set()
    rows = LineageMember.objects.filter(
        during(period.start, period.stop, "lineage__"),
        ancestor_id__in=adopting,
        lineage__unit__unit_type__in=catalogue.recorders(indicator),
        lineage__unit__founded_on__lt=period.stop,
    ).exclude(lineage__unit__abolished_on__lte=period.start)
    return set(rows.values_list("ancestor_id", flat=True).distinct())


def _packs_of_each(parent: Unit, units: list[Unit]) -> list[tuple[Unit, list[str]]]:
    """Packs of units hanging under one parent: those of a book of their own, or what is in force for the parent."""
    if not units:
        return []
    own = {book.unit_id: list(book.packs) for book in Book.objects.filter(unit__in=units)}
    common = packs_of(parent)
    return [(unit, own.get(unit.pk, common)) for unit in units]


def own_part(indicator: Indicator, question: Question) -> Figure:
    """What the unit recorded itself, without the bodies it holds and without anything below it."""
    return figure(indicator, replace(question, scope="self"))


def coverage(indicator: Indicator, question: Question) -> Coverage:
    """Which units in scope have a live posting behind this figure, and which that could have one do not."""
    expected = list(recording_units(indicator, question))
    with connection.cursor() as cursor:
        selection = _covering(indicator, question)
        # By way of the line, which the figures' index holds; the posting's unit it does not.
        cursor.execute(
            "SELECT DISTINCT l.unit_id FROM organisation_lineage l WHERE l.id IN "
            f"(SELECT p.lineage_id FROM ledger_posting p WHERE {selection.where})",
            list(selection.params),
        )
        recorded = {row[0] for row in cursor.fetchall()}
    missing = [unit for unit in expected if unit.pk not in recorded]
    return Coverage(len(expected) - len(missing), len(expected), missing)


def _covering(indicator: Indicator, question: Question) -> Selection:
    if indicator.aggregation == "ratio" and indicator.denominator:
        return for_part(indicator.denominator, question, programme="")
    return for_indicator(indicator, question)


def coverages(indicators: Iterable[Indicator], question: Question) -> dict[str, tuple[int, int]]:
    """(units that have recorded, units that could) for many indicators; flows share one query."""
    wanted = list(indicators)
    catalogue = current_catalogue()
    types = dict(units_recording(question).order_by().values_list("pk", "unit_type"))
    flows = [each for each in wanted if each.timing == "flow" and each.aggregation not in {"ratio", "streak"}]
    seen = _units_by_account([code for each in flows for code in each.accounts], question)
    found = {}
    for each in wanted:
        if each in flows:
            able = catalogue.recorders(each)
            expected = {key for key, unit_type in types.items() if unit_type in able}
            recorded = {key for code in each.accounts for key in seen.get(code, ())}
            found[each.code] = (len(expected & recorded), len(expected))
        else:
            single = coverage(each, question)
            found[each.code] = (single.recorded, single.expected)
    return found


def _units_by_account(accounts: list[str], question: Question) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    if not accounts:
        return found
    selection = select(list(dict.fromkeys(accounts)), question, programme=question.programme)
    sql = (
        "SELECT DISTINCT s.account, l.unit_id FROM "
        f"(SELECT DISTINCT p.account, p.lineage_id FROM ledger_posting p WHERE {selection.where}) s "
        "JOIN organisation_lineage l ON l.id = s.lineage_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, list(selection.params))
        for account, unit in cursor.fetchall():
            found.setdefault(account, set()).add(unit)
    return found
