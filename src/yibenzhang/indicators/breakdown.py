"""A figure by month and by sub-unit, and how many units have recorded at all.

Distinct counts are computed at each level, never added up from the parts; sub-units come in organisational order.
"""

from dataclasses import dataclass, replace

from django.db import connection

from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.figures import Figure, figure, recording_units
from yibenzhang.indicators.selection import Question, for_indicator, for_part
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import children_during, own_units


@dataclass(frozen=True)
class Coverage:
    """Of the units that could record this, how many have (26 个支部中 24 个已入账)."""

    recorded: int
    expected: int
    missing: list[Unit]


def by_month(indicator: Indicator, question: Question) -> list[Figure]:
    """The figure of each month of the period, in order."""
    return [figure(indicator, replace(question, period=month)) for month in question.period.months()]


def by_child(indicator: Indicator, question: Question) -> list[tuple[Unit, Figure]]:
    """The figure of each unit directly below, in organisational order; the bodies a unit holds stand first."""
    period = question.period
    children = children_during(question.unit, period.start, period.stop)
    return [(child, figure(indicator, replace(question, unit=child, scope="subtree"))) for child in children]


def own_part(indicator: Indicator, question: Question) -> Figure:
    """What the unit itself recorded, without anything below it."""
    return figure(indicator, replace(question, scope="own"))


def coverage(indicator: Indicator, question: Question) -> Coverage:
    """Which units in scope have a live posting behind this figure, and which that could have one do not."""
    expected = list(recording_units(indicator, question))
    if indicator.aggregation == "ratio" and indicator.denominator:
        selection = for_part(indicator.denominator, question, programme="")
    else:
        selection = for_indicator(indicator, question)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT p.unit_id FROM ledger_posting p WHERE {selection.where}", list(selection.params)
        )
        recorded = {row[0] for row in cursor.fetchall()}
    missing = [unit for unit in expected if unit.pk not in recorded]
    return Coverage(len(expected) - len(missing), len(expected), missing)


def is_own(unit: Unit, question: Question) -> bool:
    """True when the unit counts as the asked unit itself."""
    return unit.pk in own_units(question.unit)
