"""A table as a reader sees it, whatever file it came from: cells at rows and columns, merged areas, formulas."""

import re
import unicodedata
from dataclasses import dataclass, field
from fractions import Fraction

from yibenzhang.kernel.errors import BookError

MOST_CELLS, MOST_COLUMNS, MOST_ROWS = 20_000, 150, 1_000
MOST_COVERED = 200_000  # places that merged areas of one table may cover together
LONGEST_NUMBER = 30
_NUMBER = re.compile(r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
Place = tuple[int, int]


class GridError(BookError):
    """A table beyond the limits, or a file without one."""


@dataclass(frozen=True)
class Cell:
    """The top-left cell of an area; `span` is (rows, columns) of the area.

    `number` is the value of a number, also of one stored as text; `formula` its text without `=`. `indent` counts levels.
    `may_fill` is False for cells a protected sheet locks; `is_choice` says that only entries of a list are allowed.
    """

    row: int
    column: int
    text: str = ""
    number: Fraction | None = None
    formula: str = ""
    indent: int = 0
    span: tuple[int, int] = (1, 1)
    is_percent: bool = False
    is_bordered: bool = True
    may_fill: bool = True
    is_choice: bool = False

    @property
    def place(self) -> Place:
        """(row, column), counted from 1."""
        return self.row, self.column

    @property
    def is_label(self) -> bool:
        """Words, as against an empty cell, a number or a formula; a year over a column is a word."""
        if self.formula or not self.text.strip():
            return False
        return self.number is None or bool(re.fullmatch(r"(?:19|20)\d\d", self.text.strip()))

    @property
    def is_void(self) -> bool:
        """Crossed out by whoever made the form: 一, /, × mean that nothing belongs here."""
        return bool(re.fullmatch(r"[-—–/\\×xX*＊－]{1,4}", self.text.strip()))

    @property
    def is_blank(self) -> bool:
        """Something to fill in: empty, or a number of last year's; no word, formula or stroke."""
        return self.may_fill and not self.formula and not self.is_label and not self.is_void


@dataclass
class Grid:
    """A sheet, or a table of a document. `captions` are the paragraphs standing before a table in a document."""

    name: str
    cells: dict[Place, Cell] = field(default_factory=dict)
    cover: dict[Place, Place] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    captions: tuple[str, ...] = ()

    def put(self, cell: Cell) -> None:
        """Add a cell with the area it covers. Raises GridError beyond the limits."""
        if len(self.cells) >= MOST_CELLS:
            raise GridError(f"“{self.name}”的格子超过 {MOST_CELLS:,} 个，请拆成几张表。", field="file")
        self.cells[cell.place] = cell
        for row in range(cell.row, cell.row + cell.span[0]):
            for column in range(cell.column, cell.column + cell.span[1]):
                if (row, column) != cell.place:
                    self.cover[row, column] = cell.place

    def at(self, row: int, column: int) -> Cell | None:
        """The cell seen there: its own, or the one whose area covers the place."""
        place = self.cover.get((row, column), (row, column))
        return self.cells.get(place)

    def label_at(self, row: int, column: int) -> Cell | None:
        """The words seen there; None for a blank, a number, a formula or a stroke."""
        cell = self.at(row, column)
        return cell if cell is not None and cell.is_label and not cell.is_void else None

    @property
    def last_row(self) -> int:
        """The last row with a cell."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column that any cell reaches."""
        return max((cell.column + cell.span[1] - 1 for cell in self.cells.values()), default=0)


def number_in(text: str) -> Fraction | None:
    """The number a cell's text is, half-width or full-width, with or without separators: `１，２００` → 1200."""
    folded = unicodedata.normalize("NFKC", text).strip().replace(" ", "")
    if len(folded) > LONGEST_NUMBER or not _NUMBER.fullmatch(folded):
        return None
    return Fraction(folded.replace(",", "").replace("−", "-"))


def column_letters(column: int) -> str:
    """3 → `C`, 28 → `AB`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(place: Place) -> str:
    """(5, 3) → `C5`."""
    return f"{column_letters(place[1])}{place[0]}"


def place_of(reference: str) -> Place:
    """`$C$5` → (5, 3). Raises ValueError for anything else."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
    if not found:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column
