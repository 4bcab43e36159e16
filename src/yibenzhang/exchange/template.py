"""Writing tables as .xlsx: blank templates and exports share columns, so that an export can be brought in again."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from yibenzhang.exchange.columns import Column, Table
from yibenzhang.exchange.matching import NOTES_SHEET, sheet_name
from yibenzhang.exchange.sheets import WRITE_SAFELY

LAST_ROW = 20_000
LISTS_SHEET = "选项"
Record = dict[str, object]


def write_tables(
    path: Path, tables: Iterable[tuple[Table, Iterable[Record]]], *, notes: Sequence[str] = ()
) -> int:
    """Write tables with their rows (none for a template) and say how many rows were written.

    Text is always written as text. Choice columns offer their options; columns with codes are formatted as text, so that
    no digit is lost.
    """
    written = 0
    with xlsxwriter.Workbook(str(path), WRITE_SAFELY) as book:
        formats = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "must": book.add_format({"bold": True, "bottom": 1, "font_color": "#9A1B1E"}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        if notes:
            _write_notes(book, notes)
        lists = _Lists(book)
        for table, records in tables:
            sheet = book.add_worksheet(sheet_name(table.name))
            _write_head(sheet, table, formats, lists)
            for number, record in enumerate(records, start=1):
                _write_row(sheet, number, table, record, formats)
                written += 1
        lists.write()
    return written


def _write_notes(book: Any, notes: Sequence[str]) -> None:
    sheet = book.add_worksheet(NOTES_SHEET)
    sheet.set_column(0, 0, 90)
    for line, text in enumerate(notes):
        sheet.write_string(line, 0, text)


def _write_head(sheet: Any, table: Table, formats: dict[str, Any], lists: "_Lists") -> None:
    sheet.freeze_panes(1, 1)
    for number, column in enumerate(table.columns):
        look = formats.get("date" if column.type == "date" else "text") if column.type != "integer" else None
        sheet.set_column(number, number, column.width, look)
        sheet.write_string(0, number, column.heading, formats["must" if column.required else "head"])
        if column.note:
            sheet.write_comment(0, number, column.note, {"x_scale": 2})
        if column.options and not column.is_list:
            sheet.data_validation(
                1, number, LAST_ROW, number,
                {
                    "validate": "list",
                    "source": lists.source(column),
                    "error_title": "没有这个选项",
                    "error_message": "请从列表中选。",
                },
            )  # fmt: skip


def _write_row(sheet: Any, number: int, table: Table, record: Record, formats: dict[str, Any]) -> None:
    for place, column in enumerate(table.columns):
        value = record.get(column.code)
        if value is None or value == "":
            continue
        if isinstance(value, date):
            sheet.write_datetime(number, place, value, formats["date"])
        elif isinstance(value, int) and not isinstance(value, bool):
            sheet.write_number(number, place, value)
        else:
            sheet.write_string(number, place, str(value), formats["text"])


class _Lists:
    """Lists of options: short ones stand in the rule itself, long ones on a hidden sheet."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.long: list[list[str]] = []

    def source(self, column: Column) -> list[str] | str:
        names = list(column.options)
        if len(",".join(names)) <= 250 and not any("," in name for name in names):
            return names
        if names not in self.long:
            self.long.append(names)
        at = self.long.index(names)
        return f"={LISTS_SHEET}!{_letter(at)}$1:{_letter(at)}${len(names)}"

    def write(self) -> None:
        if not self.long:
            return
        sheet = self.book.add_worksheet(LISTS_SHEET)
        for line in range(max(len(names) for names in self.long)):
            for column, names in enumerate(self.long):
                if line < len(names):
                    sheet.write_string(line, column, names[line])
        sheet.hide()


def _letter(index: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(index, True))
