"""What items that look at figures need from the ledger and from the reviewers' desks, read for all of them at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import TraceLine, trace
from yibenzhang.organisation.models import Lineage, LineageMember, Unit
from yibenzhang.organisation.queries import own_units
from yibenzhang.requirements.waiting import WaitingLine, waiting_lines


@dataclass(frozen=True)
class Reading:
    """A figure an item looks at. `fixed_date` is where the book's day stands still, if it does."""

    indicator: Indicator
    question: Question
    fixed_date: date | None

    @property
    def is_shared(self) -> bool:
        """True when one query may serve many units: a flow that is added up or counted, of a body or a whole subtree.

        An administrative unit's own figure takes in the bodies it held at any time, wherever they stood when they posted.
        """
        plain = self.indicator.timing == "flow" and self.indicator.aggregation in {"sum", "distinct"}
        body = current_catalogue().unit_types[self.question.unit.unit_type].party_body
        return plain and (self.question.scope == "subtree" or body)


def lines_of(readings: Mapping[int, Reading]) -> dict[int, list[TraceLine]]:
    """The postings behind each figure, by the key of its item; units asked for the same figure share a query."""
    found: dict[int, list[TraceLine]] = {}
    together: dict[object, dict[int, Reading]] = defaultdict(dict)
    for item, reading in readings.items():
        if reading.is_shared:
            question = reading.question
            together[reading.indicator.code, question.period, question.position][item] = reading
        else:
            found[item] = trace(reading.indicator, reading.question)
    for alike in together.values():
        found |= _shared(alike)
    return found


def _shared(alike: Mapping[int, Reading]) -> dict[int, list[TraceLine]]:
    first = next(iter(alike.values()))
    keys = tuple(dict.fromkeys(reading.question.unit.pk for reading in alike.values()))
    lines = trace(first.indicator, replace(first.question, units=keys))
    passes: dict[int, list[int]] = defaultdict(list)
    members = LineageMember.objects.filter(ancestor__in=keys, lineage__in={line.lineage for line in lines})
    for lineage, unit in members.values_list("lineage_id", "ancestor_id"):
        passes[lineage].append(unit)
    by_unit: dict[int, list[TraceLine]] = defaultdict(list)
    for line in lines:
        for unit in passes[line.lineage]:
            by_unit[unit].append(line)
    found = {}
    for item, reading in alike.items():
        key, whole = reading.question.unit.pk, reading.question.scope == "subtree"
        found[item] = [line for line in by_unit[key] if whole or line.unit == key]
    return found


def waiting_of(readings: Mapping[int, Reading], day: date) -> dict[int, list[WaitingLine]]:
    """What vouchers under review on the day would post at the units of each reading, on whatever account."""
    spheres = {key: {key} for key in {reading.question.unit.pk for reading in readings.values()}}
    lines = Lineage.objects.filter(members__ancestor__in=spheres)
    for unit, above in lines.values_list("unit_id", "members__ancestor_id"):
        if above in spheres:
            spheres[above].add(unit)
    found: dict[int, list[WaitingLine]] = {}
    for fixed in {reading.fixed_date for reading in readings.values()}:
        own = {
            item: _units(reading.question, spheres)
            for item, reading in readings.items()
            if reading.fixed_date == fixed
        }
        at_unit: dict[int, list[WaitingLine]] = defaultdict(list)
        for line in waiting_lines(sorted(set().union(*own.values())), day, fixed):
            at_unit[line.unit].append(line)
        for item, units in own.items():
            found[item] = [line for unit in sorted(units) for line in at_unit[unit]]
    return found


def _units(question: Question, spheres: dict[int, set[int]]) -> set[int]:
    unit: Unit = question.unit
    return spheres[unit.pk] if question.scope == "subtree" else set(own_units(unit))
