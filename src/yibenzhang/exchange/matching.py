"""From sheets as found to rows with named columns; everything about headings is judged here."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from yibenzhang.exchange.cells import Cell, CellError
from yibenzhang.exchange.columns import Column, Table, check_headings
from yibenzhang.exchange.findings import RowFault
from yibenzhang.exchange.reading import Page, WorkbookError

NOTES_SHEET = "填写说明"


@dataclass(frozen=True)
class Row:
    """A row of a table: cells by column code."""

    table: Table
    sheet: str
    number: int
    cells: dict[str, Cell]

    def fault(self, column: str, message: str) -> RowFault:
        """A fault of this row; `column` is a code, or empty for the row as a whole."""
        heading = next((c.heading for c in self.table.columns if c.code == column), column)
        return RowFault(self.sheet, self.number, heading, message)

    def read(self, column: str, parse: "Callable[[Cell], object]", faults: list[RowFault]) -> object:
        """A cell parsed; a fault is added and None given when it does not fit."""
        try:
            return parse(self.cells.get(column))
        except CellError as error:
            faults.append(self.fault(column, error.message))
            return None


def match(pages: Sequence[Page], tables: Sequence[Table]) -> tuple[list[Row], list[RowFault]]:
    """Rows of all sheets, with the faults of their headings.

    A workbook of one table may name its sheet as it likes. Raises RefusedColumnError for forbidden personal data and
    WorkbookError when nothing in the file is known.
    """
    rows: list[Row] = []
    faults: list[RowFault] = []
    used = [page for page in pages if page.rows and page.name != NOTES_SHEET]
    if not used:
        raise WorkbookError("文件里没有内容，请用模板填写后再导入。")
    for page in used:
        headings = [str(cell or "").strip() for cell in page.rows[0][1]]
        check_headings(headings, [column.heading for table in tables for column in table.columns])
        table = _table_for(page, tables, alone=len(used) == 1)
        if table is None:
            faults.append(RowFault(page.name, 0, "", _unknown_sheet(page.name, tables)))
            continue
        found, wrong = _rows(page, table, headings)
        rows += found
        faults += wrong
    return rows, faults


def _table_for(page: Page, tables: Sequence[Table], *, alone: bool) -> Table | None:
    for table in tables:
        if page.name in {table.name, table.name[:31], sheet_name(table.name), table.code}:
            return table
    return tables[0] if alone and len(tables) == 1 else None


def sheet_name(name: str) -> str:
    """A name that Excel accepts for a sheet."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31]


def _unknown_sheet(name: str, tables: Sequence[Table]) -> str:
    near = process.extractOne(name, [table.name for table in tables], score_cutoff=60)
    advice = f"是不是“{near[0]}”？" if near else "请用模板里的工作表名。"
    return f"没有名为“{name}”的表，{advice}不导入的表请删去。"


def _rows(page: Page, table: Table, headings: list[str]) -> tuple[list[Row], list[RowFault]]:
    head_row = page.rows[0][0]
    known = {column.heading: column for column in table.columns}
    faults = list(_heading_faults(page, table, headings, known))
    if faults:
        return [], faults  # thousands of rows would all be told what one heading lacks
    columns: list[Column | None] = [known.get(heading) for heading in headings]
    rows = [
        Row(
            table,
            page.name,
            number,
            {
                column.code: cell
                for column, cell in zip(columns, cells, strict=False)
                if column is not None and cell is not None
            },
        )
        for number, cells in page.rows[1:]
    ]
    for number, cells in page.rows[1:]:
        if any(cell is not None for cell in cells[len(headings) :]):
            faults.append(
                RowFault(page.name, number, "", "右边有内容不在任何一列之下，请移到对应的列或删去。")
            )
    for address in page.formulas:
        line = int(re.sub(r"\D", "", address) or 0)
        column = headings[at] if (at := _index(address)) < len(headings) else ""
        text = f"单元格 {address} 是公式。请复制后选择性粘贴为“数值”。"
        faults.append(RowFault(page.name, line, column, text))
    for area in page.merged:
        (top, left), (bottom, _) = area[0], area[-1]
        if top + 1 > head_row or bottom + 1 > head_row:
            column = headings[left] if left < len(headings) else ""
            text = "有合并单元格，只有左上角有内容。请取消合并，逐格填写。"
            faults.append(RowFault(page.name, top + 1, column, text))
    return rows, faults


def _heading_faults(
    page: Page, table: Table, headings: list[str], known: dict[str, Column]
) -> Iterator[RowFault]:
    line = page.rows[0][0]
    if any(area[0][0] + 1 <= line for area in page.merged):
        text = "表头有合并单元格。请取消合并，表头只占一行，每列一个名称。"
        yield RowFault(page.name, line, "", text)
    seen: set[str] = set()
    for heading in headings:
        if heading and heading in seen:
            yield RowFault(page.name, line, heading, f"“{heading}”有两列，请只留一列。")
        seen.add(heading)
        if heading and heading not in known:
            near = process.extractOne(heading, list(known), score_cutoff=60)
            advice = f"是不是“{near[0]}”？" if near else "请对照模板改正或删去。"
            yield RowFault(page.name, line, heading, f"模板里没有“{heading}”这一列，{advice}")
    for column in table.columns:
        if column.required and column.heading not in seen:
            yield RowFault(
                page.name, line, column.heading, f"缺少“{column.heading}”这一列，请补上或用模板填写。"
            )


def _index(address: str) -> int:
    index = 0
    for char in re.sub(r"\d", "", address):
        index = index * 26 + ord(char) - 64
    return index - 1
