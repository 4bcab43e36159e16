"""The form's tables for the page: as they look in the file, each blank with its answer."""

from dataclasses import dataclass, replace

from yibenzhang.indicators.figures import NOT_APPLICABLE
from yibenzhang.superior_forms.answers import BARRED, DECLARED, FILLED, LEFT, OPEN, UNRECORDED, Answer, plain
from yibenzhang.superior_forms.filling import values_of
from yibenzhang.superior_forms.formulas import Totals
from yibenzhang.superior_forms.grid import Cell, Grid

KINDS = {
    FILLED: "ok", DECLARED: "hand", OPEN: "todo", UNRECORDED: "bad", BARRED: "bad", NOT_APPLICABLE: "na", LEFT: "na",
}  # fmt: skip


@dataclass(frozen=True)
class Box:
    """A cell of the page's table: a label, a total, or a blank with its answer."""

    text: str
    rows: int
    columns: int
    answer: Answer | None = None
    kind: str = ""
    is_head: bool = False
    is_free: bool = False
    is_total: bool = False
    is_deep: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet or table of the form for the page."""

    name: str
    rows: list[list[Box]]


def tables_of(grids: list[Grid], answers: list[Answer]) -> list[Table]:
    """The grids for the page, with hidden rows and columns left out."""
    values = values_of(answers)
    tables = []
    for number, grid in enumerate(grids):
        mine = {each.field.place: each for each in answers if each.field.sheet == number}
        totals = Totals(grid, {place: value for (sheet, place), value in values.items() if sheet == number})
        rows = [
            [_box(grid, cell, mine.get(cell.place), totals) for cell in _shown(grid, row)]
            for row in range(1, grid.last_row + 1)
            if row not in grid.hidden_rows
        ]
        tables.append(Table(grid.name, [row for row in rows if row]))
    return tables


def _shown(grid: Grid, row: int) -> list[Cell]:
    """The cells that begin in a row; places without one are empty cells, so that columns stay in line.

    Text outside the lines runs over the empty cells to its right, as it does in the file.
    """
    found: list[Cell] = []
    for column in range(1, grid.last_column + 1):
        if column in grid.hidden_columns or (row, column) in grid.cover:
            continue
        cell = grid.cells.get((row, column)) or Cell(row, column, is_bordered=False)
        last = found[-1] if found else None
        runs_on = last is not None and not last.is_bordered and last.column + last.span[1] == column
        if last is not None and runs_on and not cell.is_bordered and not cell.text and cell.span == (1, 1):
            found[-1] = replace(last, span=(last.span[0], last.span[1] + 1))
        else:
            found.append(cell)
    return found


def _box(grid: Grid, cell: Cell, answer: Answer | None, totals: Totals) -> Box:
    rows = sum(1 for row in range(cell.row, cell.row + cell.span[0]) if row not in grid.hidden_rows)
    last = cell.column + cell.span[1]
    columns = sum(1 for column in range(cell.column, last) if column not in grid.hidden_columns)
    text = cell.text
    if cell.formula:
        value = totals.value(cell.place)
        text = plain(value) if value is not None else "公式"
    return Box(
        text.strip(), max(rows, 1), max(columns, 1), answer, KINDS[answer.state] if answer else "",
        is_head=cell.is_label, is_free=not cell.is_bordered, is_total=bool(cell.formula), is_deep=cell.indent > 0,
    )  # fmt: skip
