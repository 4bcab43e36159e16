"""Writing values into a workbook: the cells asked for, the totals that depend on them, and nothing else."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from lxml import etree

from yibenzhang.superior_forms.formulas import Totals
from yibenzhang.superior_forms.grid import Grid, Place, address, place_of
from yibenzhang.superior_forms.package import Package
from yibenzhang.superior_forms.xlsx_cells import BOOK, MAIN
from yibenzhang.superior_forms.xlsx_reading import read_xlsx

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Written = Fraction | str | None
# What may follow calcPr in a workbook; it must not come later than any of these.
_AFTER_CALCULATION = (
    "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr",
    "webPublishObjects", "extLst",
)  # fmt: skip


def fill_xlsx(data: bytes, values: Mapping[tuple[int, Place], Written]) -> bytes:
    """The workbook with these cells written; None empties a cell. Everything else stays as it was.

    Values of formulas that can be worked out here are renewed, the others are left to the program that opens the file.
    """
    if not values:
        return data
    package = Package(data)
    sheets = read_xlsx(package)
    for number, (part, grid) in enumerate(sheets):
        mine = {place: value for (sheet, place), value in values.items() if sheet == number}
        if not mine and not any(cell.formula for cell in grid.cells.values()):
            continue
        tree = package.parse(part)
        lines = _lines(tree)
        for place, value in sorted(mine.items()):
            _write(_cell(tree, lines, place), value)
        _renew(lines, grid, mine)
        package.put(part, tree)
    _ask_for_calculation(package)
    return package.packed()


def _lines(tree: Any) -> dict[int, tuple[Any, dict[int, Any]]]:
    """Rows by number, each with its cells by column. Rows and cells without a reference count on."""
    lines: dict[int, tuple[Any, dict[int, Any]]] = {}
    row = 0
    for line in tree.find(f"{MAIN}sheetData").iterfind(f"{MAIN}row"):
        row = int(line.get("r") or row + 1)
        cells: dict[int, Any] = {}
        column = 0
        for item in line.iterfind(f"{MAIN}c"):
            column = place_of(item.get("r"))[1] if item.get("r") else column + 1
            cells[column] = item
        lines[row] = (line, cells)
    return lines


def _cell(tree: Any, lines: dict[int, tuple[Any, dict[int, Any]]], place: Place) -> Any:
    """The element of a cell, made where the sheet has none."""
    row, column = place
    if row not in lines:
        line = etree.Element(f"{MAIN}row", r=str(row))
        after = [number for number in lines if number < row]
        if after:
            lines[max(after)][0].addnext(line)
        else:
            tree.find(f"{MAIN}sheetData").insert(0, line)
        lines[row] = (line, {})
    line, cells = lines[row]
    if column not in cells:
        item = etree.Element(f"{MAIN}c", r=address(place))
        before = [number for number in cells if number < column]
        if before:
            cells[max(before)].addnext(item)
        else:
            line.insert(0, item)
        cells[column] = item
    return cells[column]


def _write(item: Any, value: Written) -> None:
    for child in list(item):
        item.remove(child)
    item.attrib.pop("t", None)
    if value is None:
        return
    if isinstance(value, str):
        item.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(item, f"{MAIN}is"), f"{MAIN}t")
        text.text = "".join(char for char in value if char >= " " or char == "\n")
        text.set(SPACE, "preserve")
        return
    etree.SubElement(item, f"{MAIN}v").text = number_text(value)


def number_text(value: Fraction) -> str:
    """A number as a sheet stores it."""
    return str(int(value)) if value.denominator == 1 else repr(float(value))


def _renew(lines: dict[int, tuple[Any, dict[int, Any]]], grid: Grid, mine: Mapping[Place, Written]) -> None:
    """Give formula cells the values they come to now; what cannot be worked out loses its stale value."""
    totals = Totals(grid, mine)
    for row, (_, cells) in lines.items():
        for column, item in cells.items():
            if item.find(f"{MAIN}f") is None:
                continue
            found = totals.value((row, column))
            value = item.find(f"{MAIN}v")
            if found is None:
                if value is not None:
                    item.remove(value)
                item.attrib.pop("t", None)
                continue
            item.attrib.pop("t", None)
            if value is None:
                value = etree.SubElement(item, f"{MAIN}v")
            value.text = number_text(found)


def _ask_for_calculation(package: Package) -> None:
    """Let the program that opens the file work out all formulas."""
    book = package.parse(BOOK)
    settings = book.find(f"{MAIN}calcPr")
    if settings is None:
        settings = etree.Element(f"{MAIN}calcPr")
        later = next((child for child in book if etree.QName(child).localname in _AFTER_CALCULATION), None)
        if later is None:
            book.append(settings)
        else:
            later.addprevious(settings)
    settings.set("fullCalcOnLoad", "1")
    package.put(BOOK, book)
