"""What came back from below: how many units stand how, with the names of those that still lack something. Never a rate."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yibenzhang.organisation.models import Unit
from yibenzhang.requirements.judging import MET, MET_LATE, NOT_APPLICABLE
from yibenzhang.responsibility.models import ResponsibilityItem
from yibenzhang.responsibility.standing import OVERDUE, STATED, TOLD, WORDS, Progress, worst

QUIET = {MET, MET_LATE, STATED, NOT_APPLICABLE}


@dataclass(frozen=True)
class Group:
    """The units that stand alike, in organisational order."""

    state: str
    word: str
    units: tuple[Unit, ...]

    @property
    def is_quiet(self) -> bool:
        """True when nothing remains to be asked of them, so that their names need not stand in the sentence."""
        return self.state in QUIET


@dataclass(frozen=True)
class Rollup:
    """The units an item was split to, grouped by their state; a unit with several items stands as its worst."""

    noun: str
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many units."""
        return sum(len(group.units) for group in self.groups)

    @property
    def sentence(self) -> str:
        """12个支部，11个按期，1个逾期未记（气候中心支部）."""
        parts = [f"{self.count}个{self.noun}"]
        for group in self.groups:
            names = "" if group.is_quiet else f"（{'、'.join(str(unit) for unit in group.units)}）"
            parts.append(f"{len(group.units)}个{group.word}{names}")
        return "，".join(parts)


def rollup(items: Iterable[ResponsibilityItem], progress: Mapping[int, Progress]) -> Rollup | None:
    """The roll-up of items split from one; None when there are none."""
    states: dict[int, list[tuple[str, str]]] = defaultdict(list)
    units: dict[int, Unit] = {}
    for item in items:
        if item.list.unit is not None and item.pk in progress:
            found = progress[item.pk]
            units[item.list.unit.pk] = item.list.unit
            states[item.list.unit.pk].append((found.state, found.word))
    if not units:
        return None
    grouped: dict[tuple[str, str], list[Unit]] = defaultdict(list)
    for key, own in states.items():
        state = worst([each for each, _ in own])
        grouped[state, next(word for each, word in own if each == state)].append(units[key])
    order = sorted(grouped, key=lambda pair: (TOLD.index(pair[0]), pair[1] != WORDS[OVERDUE]))
    branches = all(unit.unit_type == "branch" for unit in units.values())
    groups = tuple(Group(state, word, tuple(grouped[state, word])) for state, word in order)
    return Rollup("支部" if branches else "单位", groups)


def counted(progress: Iterable[Progress]) -> list[tuple[str, str, int]]:
    """(state, word, number) of items in the order they are told."""
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    for each in progress:
        numbers[each.state, each.word] += 1
    return [
        (state, word, numbers[state, word]) for state, word in sorted(numbers, key=lambda p: TOLD.index(p[0]))
    ]
