"""Writing .xlsx workbooks of any length in constant memory, in which nothing typed can ever become a formula."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

import xlsxwriter

LONGEST_SHEET = 1_000_000
# Nothing typed becomes a formula or a link (security.md W7).
WRITE_SAFELY = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass
class Sheet:
    """A sheet: its name, notes above the table as (label, text), columns as (heading, width), and the rows."""

    name: str
    columns: list[tuple[str, int]]
    rows: Iterable[Sequence[object]]
    notes: list[tuple[str, str]] = field(default_factory=list)


def write_sheets(sheets: Iterable[Sheet]) -> IO[bytes]:
    """The workbook as an open temporary file, at its beginning; closing it deletes it.

    Text is always written as text. Numbers and days keep their type; None leaves the cell empty. Rows beyond what a sheet
    holds go on in a further one.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        with xlsxwriter.Workbook(str(path), {**WRITE_SAFELY, "tmpdir": folder}) as book:
            looks = {
                "head": book.add_format({"bold": True, "bottom": 1}),
                "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            }
            for sheet in sheets:
                _write(book, sheet, looks)
        # Unlinked while open: nothing is left behind when the answer breaks off.
        file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer that streams it closes it)
        with path.open("rb") as written:
            while chunk := written.read(1 << 20):
                file.write(chunk)
    file.seek(0)
    return file


def _write(book: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    rows = iter(sheet.rows)
    part = 1
    while True:
        name = sheet.name if part == 1 else f"{sheet.name}{part}"
        top = _open(page := book.add_worksheet(name), sheet, looks)
        if not _fill(page, rows, top, looks):
            return
        part += 1


def _open(page: Any, sheet: Sheet, looks: dict[str, Any]) -> int:
    for column, (_, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
    for line, (label, text) in enumerate(sheet.notes):
        page.write_string(line, 0, label)
        page.write_string(line, 1, text)
    top = len(sheet.notes) + (1 if sheet.notes else 0)
    for column, (heading, _) in enumerate(sheet.columns):
        page.write_string(top, column, heading, looks["head"])
    page.freeze_panes(top + 1, 0)
    return top + 1


def _fill(page: Any, rows: Iterator[Sequence[object]], top: int, looks: dict[str, Any]) -> bool:
    """Write rows until they end (False) or the sheet is full (True)."""
    for count, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _cell(page, top + count - 1, column, value, looks)
        if count == LONGEST_SHEET:
            return True
    return False


def _cell(page: Any, line: int, column: int, value: object, looks: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        page.write_number(line, column, value)
    elif isinstance(value, date):
        page.write_datetime(line, column, value, looks["day"])
    else:
        page.write_string(line, column, str(value))
