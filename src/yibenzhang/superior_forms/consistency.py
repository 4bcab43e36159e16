"""Contradictions inside a filled form: a part larger than its whole, a total that is not the sum of its rows or columns."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from yibenzhang.superior_forms.answers import Answer, plain
from yibenzhang.superior_forms.fields import FIGURE, Field
from yibenzhang.superior_forms.filling import values_of
from yibenzhang.superior_forms.formulas import Totals
from yibenzhang.superior_forms.grid import Grid, Place
from yibenzhang.superior_forms.wording import CHANGE, RATE, folded

_TOTAL = re.compile(r"^(?:合计|总计|小计|共计)(?:数)?$")
_PART = re.compile(r"^其中")


@dataclass(frozen=True)
class Contradiction:
    """Two numbers of a form that cannot both be right; `cells` are the numbers of the cells concerned."""

    text: str
    cells: tuple[int, ...]


def contradictions(grids: list[Grid], answers: list[Answer]) -> list[Contradiction]:
    """Everything in the form that does not fit together, in reading order."""
    values = values_of(answers)
    found: list[Contradiction] = []
    for sheet, grid in enumerate(grids):
        mine = {place: value for (number, place), value in values.items() if number == sheet}
        figures = [each for each in answers if each.field.sheet == sheet and each.field.kind == FIGURE]
        if figures:
            found += _Sheet(figures, Totals(grid, mine)).found()
    return sorted(found, key=lambda each: each.cells)


class _Sheet:
    def __init__(self, figures: list[Answer], totals: Totals) -> None:
        self.figures, self.totals = figures, totals
        self.at = {each.field.place: each for each in figures}

    def found(self) -> list[Contradiction]:
        return [*self._parts(), *self._sums(by_row=True), *self._sums(by_row=False)]

    def _value(self, place: Place) -> Fraction | None:
        return self.totals.value(place)

    def _parts(self) -> Iterable[Contradiction]:
        for answer in self.figures:
            field, value = answer.field, self._value(answer.field.place)
            if value is None or field.rule in {CHANGE, RATE} or field.measure == "%":
                continue
            for place in (field.whole, self._whole_column(field)):
                whole = self._value(place) if place else None
                if place is None or whole is None or value <= whole or not self._same_measure(field, place):
                    continue
                cells = (answer.cell.number, *((self.at[place].cell.number,) if place in self.at else ()))
                name = self.at[place].field.label if place in self.at else "总数"
                text = f"“{field.label}”填 {plain(value)}，比“{name}”的 {plain(whole)} 还多。"
                yield Contradiction(text, tuple(sorted(cells)))

    def _same_measure(self, field: Field, place: Place) -> bool:
        return place not in self.at or self.at[place].field.measure == field.measure

    def _whole_column(self, field: Field) -> Place | None:
        """For a column 其中：… the nearest column to its left under the same heading that is none."""
        if not field.columns or not _PART.match(folded(field.columns[-1])):
            return None
        row, column = field.place
        beside = [
            each.field
            for each in self.figures
            if each.field.place[0] == row and each.field.place[1] < column
            and each.field.columns[:-1] == field.columns[:-1]
            and not _PART.match(folded(each.field.columns[-1] if each.field.columns else ""))
        ]  # fmt: skip
        return max((each.place for each in beside), default=None)

    def _sums(self, *, by_row: bool) -> Iterable[Contradiction]:
        """Totals that stand as plain numbers among their parts; formulas are right by themselves."""
        groups: dict[tuple[object, ...], list[Answer]] = defaultdict(list)
        for answer in self.figures:
            field = answer.field
            key = (
                (field.columns, field.place[1])
                if by_row
                else (field.rows, field.place[0], field.columns[:-1])
            )
            groups[(*key, field.measure)].append(answer)
        for group in groups.values():
            totals = [each for each in group if _is_total(each.field, by_row=by_row)]
            parts = [each for each in group if each not in totals and not _is_part(each.field, by_row=by_row)]
            if len(totals) != 1 or len(parts) < 2:
                continue
            values = [self._value(each.field.place) for each in parts]
            whole = self._value(totals[0].field.place)
            if whole is None or any(value is None for value in values):
                continue
            added = sum((value for value in values if value is not None), Fraction(0))
            if added != whole:
                text = f"“{totals[0].field.label}”填 {plain(whole)}，各项相加是 {plain(added)}。"
                yield Contradiction(text, (totals[0].cell.number,))


def _is_total(field: Field, *, by_row: bool) -> bool:
    labels = field.rows if by_row else field.columns
    return bool(labels) and bool(_TOTAL.match(folded(labels[-1])))


def _is_part(field: Field, *, by_row: bool) -> bool:
    if by_row:
        return field.whole is not None
    return bool(field.columns) and bool(_PART.match(folded(field.columns[-1])))
