"""The form of a draft's rows: plain inputs, a fieldset a row, a few spare ones at the end; no script needed."""

from dataclasses import dataclass, field

from django.http import QueryDict

from yibenzhang.plans.columns import COLUMNS, Column
from yibenzhang.plans.models import PlanItem
from yibenzhang.plans.names import Names
from yibenzhang.plans.rows import Row, RowFault, is_blank, row_of

SPARE, MORE = 2, 5
MOST_SENT = 260


@dataclass
class Cell:
    """An input: its column, name, value and faults."""

    column: Column
    name: str
    value: str
    errors: list[str] = field(default_factory=list)


@dataclass
class FormRow:
    """A row of the form. `number` is its place, counted from 1."""

    number: int
    cells: list[Cell]

    @property
    def main(self) -> list[Cell]:
        """What most rows say."""
        return [cell for cell in self.cells if not cell.column.is_aside]

    @property
    def aside(self) -> list[Cell]:
        """What most rows leave empty; folded away unless something is written or wrong there."""
        return [cell for cell in self.cells if cell.column.is_aside]

    @property
    def is_unfolded(self) -> bool:
        """True when the part aside holds a fault."""
        return any(cell.errors for cell in self.aside)

    @property
    def is_spare(self) -> bool:
        """True when nothing is written in it yet."""
        return not any(cell.value for cell in self.cells)


def rows_of(items: list[PlanItem], names: Names) -> list[Row]:
    """Stored items as rows to edit."""
    return [row_of(item, names) for item in items]


def sent_rows(post: QueryDict, sort: str) -> list[Row]:
    """The rows as sent, in the order asked for (`order`), without those ticked to go (`drop`)."""
    found: list[tuple[float, int, Row]] = []
    for number in range(1, MOST_SENT):
        names = {column.code: f"{number}.{column.code}" for column in COLUMNS[sort]}
        if not any(name in post for name in names.values()):
            break
        row = {code: post.get(name, "").strip()[:2000] for code, name in names.items()}
        if not is_blank(row) and f"{number}.drop" not in post:
            found.append((_place(post.get(f"{number}.order", ""), number), number, row))
    return [row for _, _, row in sorted(found, key=lambda each: each[:2])]


def _place(text: str, otherwise: int) -> float:
    """Where the user wants the row; the row that was moved comes before the one that had the place."""
    moved = text.isdecimal() and len(text) < 4 and int(text) != otherwise
    return int(text) - 0.5 if moved and int(text) < otherwise else int(text) + 0.5 if moved else otherwise


def form_rows(sort: str, rows: list[Row], faults: list[RowFault], *, spare: int = SPARE) -> list[FormRow]:
    """Rows for the page with their faults, then some empty ones."""
    wrong: dict[tuple[int, str], list[str]] = {}
    for fault in faults:
        wrong.setdefault((fault.row, fault.column.code), []).append(fault.message)
    return [
        FormRow(
            number,
            [
                Cell(
                    column,
                    f"{number}.{column.code}",
                    row.get(column.code, ""),
                    wrong.get((number, column.code), []),
                )
                for column in COLUMNS[sort]
            ],
        )
        for number, row in enumerate([*rows, *({} for _ in range(spare))], start=1)
    ]
