"""Where a grid keeps its headings: header rows, section rows, captions, and which label belongs to which whole."""

import re
from dataclasses import dataclass, field

from yibenzhang.superior_forms.grid import Cell, Grid
from yibenzhang.superior_forms.wording import folded, footer_in

_SECTION = re.compile(r"^(?:[一二三四五六七八九十]+、|第[一二三四五六七八九十]+部分)")
_UNIT_HEADING = re.compile(r"(?:计量)?单位")


@dataclass
class Frame:
    """The frame of a grid. `blocks` are runs of header rows, `sections` the section that begins at a row."""

    grid: Grid
    blocks: list[range] = field(default_factory=list)
    sections: dict[int, str] = field(default_factory=dict)
    captions: list[str] = field(default_factory=list)
    _headings: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)

    def block_for(self, row: int) -> range | None:
        """The header rows a row stands under."""
        return next((block for block in reversed(self.blocks) if block.stop <= row), None)

    def section_for(self, row: int) -> str:
        """The section a row stands in."""
        block = self.block_for(row)
        first = block.stop if block else 0
        return next(
            (self.sections[at] for at in sorted(self.sections, reverse=True) if first <= at < row), ""
        )

    def is_frame(self, row: int) -> bool:
        """True for rows that hold headings only."""
        return row in self.sections or any(row in block for block in self.blocks)

    def headings(self, block: range, column: int) -> tuple[str, ...]:
        """The labels over a column, the outermost first; an empty place takes the label to its left."""
        key = (block.start, column)
        if key not in self._headings:
            self._headings[key] = self._read_headings(block, column)
        return self._headings[key]

    def _read_headings(self, block: range, column: int) -> tuple[str, ...]:
        found: list[Cell] = []
        for row in block:
            cell = self.grid.at(row, column)
            if (cell is None or not cell.is_label) and row + 1 < block.stop:
                cell = self._left_label(row, column)
            if cell is not None and cell.is_label and cell not in found:
                found.append(cell)
        return tuple(" ".join(cell.text.split()) for cell in found)

    def _left_label(self, row: int, column: int) -> Cell | None:
        cells = (self.grid.at(row, at) for at in range(column - 1, 0, -1))
        return next((cell for cell in cells if cell is not None and cell.is_label), None)


def frame_of(grid: Grid) -> Frame:
    """Find the frame of a grid."""
    frame = Frame(grid, captions=list(grid.captions))
    width = grid.last_column
    run: list[int] = []
    for row in range(1, grid.last_row + 1):
        cells = cells_of(grid, row)
        labels = [cell for cell in cells if cell.is_label]
        if _is_heading(grid, row, cells, labels, run):
            run.append(row)
            continue
        _close(frame, run)
        if len(labels) == 1 and labels[0].column <= 2 and _is_lonely(cells, labels[0], width, frame, row):
            said = " ".join(labels[0].text.split())
            if frame.blocks:
                frame.sections[row] = said
            else:
                frame.captions.append(said)
        elif not frame.blocks and labels and not any(cell.is_bordered for cell in cells if not cell.is_label):
            frame.captions += [" ".join(cell.text.split()) for cell in labels]
    _close(frame, run)
    return frame


def cells_of(grid: Grid, row: int) -> list[Cell]:
    """The distinct cells seen in a row, from the left."""
    found: list[Cell] = []
    for column in range(1, grid.last_column + 1):
        cell = grid.at(row, column)
        if cell is not None and (not found or found[-1] is not cell):
            found.append(cell)
    return found


def _close(frame: Frame, run: list[int]) -> None:
    """End a run of header rows; a row above of groups with gaps belongs to it."""
    if not run:
        return
    first = run[0]
    while first > 1 and _is_group_row(frame.grid, first - 1):
        first -= 1
    frame.captions = [each for each in frame.captions if each not in _texts(frame.grid, first)]
    frame.blocks.append(range(first, run[-1] + 1))
    run.clear()


def _texts(grid: Grid, row: int) -> set[str]:
    cells = cells_of(grid, row)
    return {" ".join(cell.text.split()) for cell in cells} if len(cells) > 1 else set()


def _is_heading(grid: Grid, row: int, cells: list[Cell], labels: list[Cell], run: list[int]) -> bool:
    """A row of labels in which nothing could be filled; `run` are the header rows right above it.

    Gaps may stand in the corner, or under a label that is not divided further.
    """
    if len(labels) < 2 or any(cell.formula or cell.is_void or footer_in(cell.text) for cell in cells):
        return False
    if any(cell.number is not None and not cell.is_label for cell in cells):
        return False
    if run and not _is_divided(grid, run[-1]):
        return False
    gaps = [column for column in range(1, grid.last_column + 1) if not grid.label_at(row, column)]
    corner = next((n for n in range(1, grid.last_column + 1) if n not in gaps), 1)
    return all(column < corner or (run and _stands_alone(grid, run[-1], column)) for column in gaps)


def _is_divided(grid: Grid, row: int) -> bool:
    """True when a label of this header row stands over several columns, so that another level may follow."""
    before = ""
    for cell in cells_of(grid, row):
        said = folded(cell.text)
        ends_here = cell.row + cell.span[0] - 1 == row
        if cell.is_label and ((ends_here and cell.span[1] > 1) or said == before):
            return True
        before = said
    return any(not grid.label_at(row, column) for column in range(2, grid.last_column + 1))


def _stands_alone(grid: Grid, row: int, column: int) -> bool:
    cell = grid.at(row, column)
    return cell is not None and cell.is_label and cell.span[1] == 1


def _is_group_row(grid: Grid, row: int) -> bool:
    cells = cells_of(grid, row)
    labels = [cell for cell in cells if cell.is_label]
    if len(labels) < 2 or any(
        footer_in(cell.text) or folded(cell.text).find("单位:") >= 0 for cell in labels
    ):
        return False
    return all(cell.is_label or not cell.text.strip() for cell in cells) and any(
        cell.is_bordered for cell in labels
    )


def _is_lonely(cells: list[Cell], label: Cell, width: int, frame: Frame, row: int) -> bool:
    """A single label across the table, or a numbered section whose row states no measure."""
    others = [cell for cell in cells if cell is not label]
    if any(cell.text.strip() for cell in others) or footer_in(label.text):
        return False
    if label.span[1] * 5 >= width * 4:
        return True
    is_bare = not any(cell.is_bordered for cell in others)
    if not frame.blocks:
        return is_bare
    if not _SECTION.match(folded(label.text)):
        return False
    block = frame.block_for(row)
    return is_bare or any(
        _UNIT_HEADING.fullmatch(folded((frame.headings(block, column) or ("",))[-1]))
        for column in range(1, width + 1)
        if block is not None
    )
