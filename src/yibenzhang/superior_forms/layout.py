"""From grids to the blanks of a form: each cell that wants filling with the labels that say what it wants."""

import re
from dataclasses import dataclass, field

from yibenzhang.superior_forms.fields import FOOTER, Field
from yibenzhang.superior_forms.grid import Cell, Grid, Place
from yibenzhang.superior_forms.headers import Frame, cells_of, frame_of
from yibenzhang.superior_forms.keys import keyed
from yibenzhang.superior_forms.parts import wholes
from yibenzhang.superior_forms.wording import (
    common_measure,
    folded,
    footer_beside,
    footer_in,
    measure_in,
    rule_in,
    timeless,
)

_ROW_NUMBERS = r"序号|编号|行次|(?:项目|指标)?代码|排序|备注|说明|(?:指标)?口径|填报要求"
_SKIPPED = re.compile(_ROW_NUMBERS)
# Headings of columns that hold words or numbers of rows, never figures. 文明单位 and 民生项目 are figures.
_NOT_FIGURES = re.compile(
    rf"{_ROW_NUMBERS}|(?:计量)?单位|单位名称|项目|指标|(?:项目|指标|活动)?名称|类别|(?:主要|工作|活动)?内容|姓名|职务|"
    r"(?:起止|活动|完成)?(?:时间|日期)"
)
_UNIT_COLUMN = re.compile(r"(?:计量)?单位")
LONGEST_TITLE = 80


@dataclass
class Layout:
    """What a form asks: its title and its blanks in reading order."""

    title: str
    fields: list[Field]
    grids: list[Grid] = field(default_factory=list)


def layout_of(grids: list[Grid], *, year: int, measures: frozenset[str]) -> Layout:
    """Read the grids of a form about `year`; `measures` are the counting words that may be stated."""
    frames = [frame_of(grid) for grid in grids]
    found: list[Field] = []
    for number, frame in enumerate(frames):
        found += _Reader(number, frame, year, measures).fields()
    captions = [each for frame in frames for each in frame.captions if not footer_in(each)]
    titles = [each for each in captions if len(each) <= LONGEST_TITLE and not common_measure(each, measures)]
    title = max(titles, key=lambda text: (bool(re.search(r"[表册]", text)), len(text)), default="")
    return Layout(title, keyed(found, year), grids)


class _Reader:
    """Reads one grid."""

    def __init__(self, number: int, frame: Frame, year: int, measures: frozenset[str]) -> None:
        self.number, self.frame, self.grid = number, frame, frame.grid
        self.year, self.measures = year, measures
        words = [*frame.captions, *(cell.text for cell in self.grid.cells.values() if "单位" in cell.text)]
        self.common = next((found for text in words if (found := common_measure(text, measures))), "")
        self._wholes: dict[tuple[int, int], dict[Place, Cell]] = {}

    def fields(self) -> list[Field]:
        found: list[Field] = []
        for row in range(1, self.grid.last_row + 1):
            if row in self.grid.hidden_rows:
                continue
            found += [self._footer(cell) for cell in cells_of(self.grid, row) if self._is_footer(cell, row)]
            if not self.frame.is_frame(row):
                found += self._row(row)
        return found

    def _is_footer(self, cell: Cell, row: int) -> bool:
        return cell.row == row and cell.may_fill and footer_in(cell.text)

    def _footer(self, cell: Cell) -> Field:
        return Field(self.number, cell.place, kind=FOOTER, footer="inside", text=cell.text, key="")

    def _row(self, row: int) -> list[Field]:
        block = self.frame.block_for(row)
        found = []
        for column in range(1, self.grid.last_column + 1):
            cell = self.grid.at(row, column) or Cell(row, column, is_bordered=False)
            if cell.place != (row, column) or column in self.grid.hidden_columns or not cell.is_blank:
                continue
            made = self._under(block, cell) if block is not None else self._beside(cell)
            if made is not None:
                found.append(made)
        return found

    def _under(self, block: range, cell: Cell) -> Field | None:
        """A blank under a heading; without one only a footer's."""
        columns = self.frame.headings(block, cell.column)
        if not columns:
            return self._beside(cell)
        if _NOT_FIGURES.fullmatch(folded(columns[-1])):
            return None
        labels = self._left_labels(cell)
        if not labels:
            return None
        if footer_beside(labels[-1].text):
            return self._beside(cell)
        return self._field(cell, labels, columns, block)

    def _beside(self, cell: Cell) -> Field | None:
        """A blank whose only label stands directly to its left (key and value)."""
        label = self.grid.at(cell.row, cell.column - 1)
        if label is None or not label.is_label or not cell.is_bordered:
            return None
        if asked := footer_beside(label.text):
            return Field(
                self.number, cell.place, rows=(label.text.strip(),), kind=FOOTER, footer=asked, text=cell.text
            )
        return None if footer_in(label.text) else self._field(cell, [label], (), None)

    def _left_labels(self, cell: Cell) -> list[Cell]:
        """The run of labels nearest to the left, from the outside in, with a group label standing further up."""
        column = cell.column - 1
        while column > 0 and not self.grid.label_at(cell.row, column):
            column -= 1
        found: list[Cell] = []
        while column > 0 and (label := self.grid.label_at(cell.row, column)):
            if label not in found:
                found.insert(0, label)
            column -= 1
        if found and column > 0 and (group := self._group_above(cell.row, column)):
            found.insert(0, group)
        return found

    def _group_above(self, row: int, column: int) -> Cell | None:
        """The label of a group written once at its first row, where the cells below it were left empty."""
        beside = self.grid.at(row, column)
        if beside is not None and beside.text.strip():
            return None
        block = self.frame.block_for(row)
        for above in range(row - 1, block.stop - 1 if block else 0, -1):
            if above in self.frame.sections:
                return None
            if label := self.grid.label_at(above, column):
                return label
        return None

    def _field(
        self, cell: Cell, labels: list[Cell], columns: tuple[str, ...], block: range | None
    ) -> Field | None:
        headings = {label.place: self._heading(block, label.column) for label in labels}
        stated = [label for label in labels if self._states_measure(label, headings[label.place])]
        named = [
            label
            for label in labels
            if label not in stated and not _SKIPPED.fullmatch(headings[label.place]) and not label.is_void
        ]
        if not named:
            return None
        whole = self._whole(named[-1], block)
        outer = [] if whole is None or whole in named else [whole]
        rows = tuple(" ".join(label.text.split()) for label in [*named[:-1], *outer, named[-1]])
        measure = folded(stated[0].text) if stated else ""
        measure = measure or next(
            (found for text in (*columns[::-1], *rows[::-1]) if (found := measure_in(text, self.measures))),
            "",
        )
        rules = [rule_in(timeless(text, self.year))[0] for text in (*columns, *rows)]
        return Field(
            self.number, cell.place, rows=rows, columns=columns,
            section=self.frame.section_for(cell.row), measure=measure or self.common,
            rule=next((rule for rule in rules if rule), ""), text=cell.text, old=cell.number,
            whole=(whole.row, cell.column) if whole is not None else None,
            is_percent=cell.is_percent, is_choice=cell.is_choice,
        )  # fmt: skip

    def _states_measure(self, label: Cell, heading: str) -> bool:
        """True for a counting word in its column; under a bare 单位 there may also stand organisations."""
        if not _UNIT_COLUMN.fullmatch(heading):
            return False
        text = folded(label.text)
        return text in self.measures or ("计量" in heading and len(text) <= 4)

    def _heading(self, block: range | None, column: int) -> str:
        if block is None:
            return ""
        return folded((self.frame.headings(block, column) or ("",))[-1])

    def _whole(self, label: Cell, block: range | None) -> Cell | None:
        """The label that this one is a part of, among the labels of its column under the same header."""
        key = (block.start if block else 0, label.column)
        if key not in self._wholes:
            first = block.stop if block else 1
            labels = [
                cell
                for row in range(first, self.grid.last_row + 1)
                if self.frame.block_for(row) == block
                and (cell := self.grid.label_at(row, label.column)) is not None
                and cell.row == row
            ]
            self._wholes[key] = wholes([cell for cell in labels if cell.row not in self.frame.sections])
        return self._wholes[key].get(label.place)
