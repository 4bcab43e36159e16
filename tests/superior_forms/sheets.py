"""Forms as tests need them: a workbook or a document made row by row, and a small one for the permission matrix."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
import openpyxl
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.worlds import World
from yibenzhang.kernel.periods import parse_period
from yibenzhang.superior_forms.gate import FormFile, admit
from yibenzhang.superior_forms.models import SuperiorForm
from yibenzhang.superior_forms.services import create_form

LINE = Side(style="thin")
BOX = Border(LINE, LINE, LINE, LINE)
HEAD = ["序号", "项目", "计量单位", "数量", "备注"]


def workbook(
    rows: Sequence[Sequence[Any]], *, title: str = "党建工作统计表（2023年度）", merge: tuple[str, ...] = ()
) -> bytes:
    """A workbook: the title over everything, then the rows with borders, the first of them a header."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "统计表"
    sheet["A1"] = title
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(map(len, rows)))
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            cell.border = BOX
    for area in merge:
        sheet.merge_cells(area)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def opened(data: bytes) -> Worksheet:
    """The first sheet of a workbook."""
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def plain(*items: tuple[str, str], **options: Any) -> bytes:
    """A workbook of items with their measures and an empty 数量 for each."""
    rows = [
        HEAD,
        *([number, label, measure, None, None] for number, (label, measure) in enumerate(items, start=1)),
    ]
    return workbook(rows, **options)


def document(*items: tuple[str, str], title: str = "2023年度情况表") -> bytes:
    """A Word form of items with their measures."""
    made = docx.Document()
    made.add_paragraph(title)
    made.add_paragraph("填报单位：　　　填表日期：　年　月　日")
    table = made.add_table(rows=1, cols=3, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("项目", "单位", "数量"), strict=True):
        cell.text = text
    for label, measure in items:
        for cell, text in zip(table.add_row().cells, (label, measure, ""), strict=True):
            cell.text = text
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def xlsx(data: bytes, name: str = "统计表.xlsx") -> FormFile:
    """A workbook through the gate."""
    return admit(name, data)


def small_form(world: World) -> SuperiorForm:
    """A form of branch one with a cell the ledger fills and one that nobody records."""
    data = plain(("主题党日", "次"), ("制作电视片", "部"))
    return create_form(
        unit=world.branch,
        period=parse_period("2023"),
        file=xlsx(data),
        actor=world.secretary,
        superior="机关党委",
    )
