"""Which indicators a list shows, and their figures with coverage."""

from dataclasses import dataclass

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.batches import figures
from yibenzhang.indicators.breakdown import coverages
from yibenzhang.indicators.charts import is_barred
from yibenzhang.indicators.figures import Figure, is_adopted
from yibenzhang.kernel.text import matches
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import packs_of
from yibenzhang.web.filters import Reading


@dataclass(frozen=True)
class Row:
    """A figure with how many units have recorded it."""

    figure: Figure
    recorded: int
    expected: int
    no_assessment: bool


def offered(unit: Unit) -> list[Indicator]:
    """Indicators of the packs in force for the unit, in the order of the catalogue."""
    packs = packs_of(unit)
    return [each for each in current_catalogue().indicators.values() if is_adopted(each, packs)]


def groups_of(indicators: list[Indicator]) -> list[tuple[str, int]]:
    """Groups with how many indicators each has, in the order of the catalogue."""
    counts: dict[str, int] = {}
    for each in indicators:
        counts[each.group] = counts.get(each.group, 0) + 1
    return list(counts.items())


def found(indicators: list[Indicator], text: str) -> list[Indicator]:
    """Indicators whose name or other name fits what was typed, pinyin included."""
    return [each for each in indicators if any(matches(text, name) for name in (each.name, *each.aliases))]


def rows_of(indicators: list[Indicator], reading: Reading) -> list[Row]:
    """Their figures."""
    question = reading.question()
    covered = coverages(indicators, question)
    return [
        Row(figure, *covered[figure.indicator.code], is_barred(figure.indicator))
        for figure in figures(indicators, question)
    ]
