"""The tables of a Word document as grids, with the way back to each cell's element."""

from dataclasses import dataclass, field, replace
from typing import Any

from yibenzhang.superior_forms.gate import FormFileError
from yibenzhang.superior_forms.grid import MOST_COLUMNS, MOST_ROWS, Cell, Grid, Place, number_in
from yibenzhang.superior_forms.wording import footer_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT = "word/document.xml"
MOST_CAPTIONS = 4


@dataclass
class WordTable:
    """A table of the document: its grid, and the `w:tc` of each cell that begins there."""

    grid: Grid
    elements: dict[Place, Any] = field(default_factory=dict)


def read_docx(document: Any) -> list[WordTable]:
    """The tables standing in the text, in order; tables inside cells are left alone. Raises FormFileError without any."""
    found: list[WordTable] = []
    said: list[str] = []
    for block in _blocks(document):
        if block.tag == f"{W}p":
            said += [text] if (text := text_of(block).strip()) else []
        else:
            found.append(_table(block, f"表{len(found) + 1}", tuple(said[-MOST_CAPTIONS:])))
            said = []
    if not found:
        raise FormFileError("这份 Word 文件里没有表格，请核对是不是上级发来的表。")
    return found


def footers_of(document: Any) -> list[WordTable]:
    """The paragraphs outside tables that hold a footer (填报单位：, 填表日期：), as a last grid; none without any."""
    found = WordTable(Grid("表外文字"))
    for block in _blocks(document):
        if block.tag == f"{W}p" and footer_in(text := text_of(block)):
            cell = Cell(len(found.elements) + 1, 1, text=text, is_bordered=False)
            found.grid.put(cell)
            found.elements[cell.place] = block
    return [found] if found.elements else []


def text_of(element: Any) -> str:
    """The text of a paragraph or cell, paragraphs joined. The prompt of an empty content control is no text."""
    return "\n".join(
        "".join(each.text or "" for each in one.iter(f"{W}t") if not _is_prompt(each))
        for one in paragraphs_of(element)
    ).strip("\n")


def paragraphs_of(element: Any) -> list[Any]:
    """The paragraphs of a cell, also those in content controls, without those of tables inside; a paragraph is its own."""
    if element.tag == f"{W}p":
        return [element]
    return [
        one
        for one in element.iter(f"{W}p")
        if next((each for each in one.iterancestors() if each.tag == f"{W}tc"), None) is element
    ]


def _is_prompt(text: Any) -> bool:
    controls = (each for each in text.iterancestors() if each.tag == f"{W}sdt")
    return any(each.find(f"{W}sdtPr/{W}showingPlcHdr") is not None for each in controls)


def _blocks(document: Any) -> list[Any]:
    body = document.find(f"{W}body")
    return [
        each
        for each in (body.iter(f"{W}p", f"{W}tbl") if body is not None else ())
        if not any(parent.tag == f"{W}tbl" for parent in each.iterancestors())
    ]


def _table(table: Any, name: str, captions: tuple[str, ...]) -> WordTable:
    word = WordTable(Grid(name, captions=captions))
    begun: dict[Place, Cell] = {}
    open_above: dict[int, Place] = {}
    for row, line in enumerate(table.iterfind(f"{W}tr"), start=1):
        column = 1 + _skipped(line)
        for item in _own_cells(line):
            width, merge = _shape(item)
            if row > MOST_ROWS or column + width > MOST_COLUMNS:
                raise FormFileError(f"表格超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列，请拆成几张表。")
            above = open_above.get(column)
            if merge == "continue" and above is not None:
                begun[above] = replace(begun[above], span=(row - above[0] + 1, begun[above].span[1]))
            else:
                cell = _cell(item, row, column, width)
                begun[cell.place], word.elements[cell.place] = cell, item
                open_above[column] = cell.place
            column += width
    for cell in begun.values():
        word.grid.put(cell)
    return word


def _own_cells(line: Any) -> list[Any]:
    """The cells of a row, also inside content controls, without those of tables nested in it."""
    return [
        item
        for item in line.iter(f"{W}tc")
        if next(each for each in item.iterancestors() if each.tag == f"{W}tr") is line
    ]


def _skipped(line: Any) -> int:
    before = line.find(f"{W}trPr/{W}gridBefore")
    return min(int(before.get(f"{W}val", "0")), MOST_COLUMNS) if before is not None else 0


def _shape(item: Any) -> tuple[int, str]:
    """(columns, vertical merging: '', restart or continue) of a cell."""
    properties = item.find(f"{W}tcPr")
    if properties is None:
        return 1, ""
    span, merge = properties.find(f"{W}gridSpan"), properties.find(f"{W}vMerge")
    width = int(span.get(f"{W}val", "1")) if span is not None else 1
    return max(width, 1), "" if merge is None else merge.get(f"{W}val", "continue")


def _cell(item: Any, row: int, column: int, width: int) -> Cell:
    text = text_of(item)
    leading = len(text) - len(text.lstrip(" \u3000\xa0"))
    inside = item.find(f"{W}p/{W}pPr/{W}ind")
    left = inside.get(f"{W}left", "0") if inside is not None else "0"
    indent = (leading + 1) // 2 + (int(left) // 200 if left.lstrip("-").isdigit() else 0)
    is_plain = item.find(f".//{W}tbl") is None and bool(paragraphs_of(item))
    return Cell(
        row, column, text=text, number=number_in(text), indent=max(indent, 0), span=(1, width),
        may_fill=is_plain,
    )  # fmt: skip
