"""The visible sheets of a workbook as grids: words, numbers, formulas, merged areas, what is locked or hidden."""

from dataclasses import replace
from typing import Any

from yibenzhang.superior_forms.gate import FormFileError
from yibenzhang.superior_forms.grid import MOST_COLUMNS, MOST_COVERED, MOST_ROWS, Grid, Place, place_of
from yibenzhang.superior_forms.package import OFFICE, Package, target_of
from yibenzhang.superior_forms.xlsx_cells import BOOK, MAIN, Look, cells_in, looks_in, shared_strings

MOST_AREAS = 500


def read_xlsx(package: Package) -> list[tuple[str, Grid]]:
    """(name of the part, grid) of each visible worksheet, in the order of the tabs. Raises FormFileError."""
    words, looks = shared_strings(package), looks_in(package)
    found = []
    for name, part in visible_sheets(package):
        found.append((part, _grid(name, package.parse(part), words, looks)))
    if not found:
        raise FormFileError("文件里没有能看见的工作表，请取消隐藏后再上传。")
    return found


def visible_sheets(package: Package) -> list[tuple[str, str]]:
    """(tab, part) of the worksheets that are not hidden."""
    book = package.parse(BOOK)
    if not book.tag.startswith(MAIN):
        raise FormFileError("这是“严格”格式的工作簿，请另存为普通的 .xlsx 再上传。")
    kinds = {each.get("Id"): each for each in package.relations(BOOK)}
    found = []
    for sheet in book.iter(f"{MAIN}sheet"):
        relation = kinds.get(sheet.get(f"{{{OFFICE}}}id"))
        if relation is None or sheet.get("state", "visible") != "visible":
            continue
        if (relation.get("Type") or "").endswith("/worksheet"):
            found.append((sheet.get("name") or "", target_of(BOOK, relation.get("Target", ""))))
    return found


def _grid(name: str, sheet: Any, words: list[str], looks: list[Look]) -> Grid:
    data = sheet.find(f"{MAIN}sheetData")
    grid = Grid(name, hidden_rows=_hidden_rows(data), hidden_columns=_hidden_columns(sheet))
    spans = _merged(sheet)
    choices = _choices(sheet)
    protection = sheet.find(f"{MAIN}sheetProtection")
    is_protected = protection is not None and protection.get("sheet") in {"1", "true"}
    cells = cells_in(data, words, looks)
    open_cells = {cell.place for cell, look in cells if not look.is_locked}
    covered = {
        (row, column)
        for (top, left), (rows, columns) in spans.items()
        for row in range(top, top + rows)
        for column in range(left, left + columns)
    }
    for cell, _ in cells:
        if cell.place in covered and cell.place not in spans:
            continue
        grid.put(
            replace(
                cell,
                span=spans.get(cell.place, (1, 1)),
                may_fill=not (is_protected and open_cells) or cell.place in open_cells,
                is_choice=any(t <= cell.row <= b and le <= cell.column <= r for t, le, b, r in choices),
            )
        )
    return grid


def _merged(sheet: Any) -> dict[Place, tuple[int, int]]:
    """Merged areas as top-left place → (rows, columns)."""
    found: dict[Place, tuple[int, int]] = {}
    covered = 0
    for item in sheet.iter(f"{MAIN}mergeCell"):
        top, left, bottom, right = _area(item.get("ref") or "")
        rows, columns = bottom - top + 1, right - left + 1
        if rows < 1 or columns < 1:
            continue
        covered += rows * columns
        if covered > MOST_COVERED:
            raise FormFileError("合并的格子太多，请删去空白处的合并后再上传。")
        found[top, left] = (rows, columns)
    return found


def _choices(sheet: Any) -> list[tuple[int, int, int, int]]:
    """Areas in which only entries of a list are allowed."""
    rules = [rule for rule in sheet.iter(f"{MAIN}dataValidation") if rule.get("type") == "list"]
    areas = [area for rule in rules for area in (rule.get("sqref") or "").split()]
    return [_area(area) for area in areas[:MOST_AREAS]]


def _area(reference: str) -> tuple[int, int, int, int]:
    """`B2:C9` as (top, left, bottom, right), cut to the size of a form."""
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = place_of(first), place_of(last or first)
    return top, left, min(bottom, MOST_ROWS), min(right, MOST_COLUMNS)


def _hidden_rows(data: Any) -> frozenset[int]:
    return frozenset(
        int(line.get("r") or 0) for line in data.iterfind(f"{MAIN}row") if line.get("hidden") in {"1", "true"}
    )


def _hidden_columns(sheet: Any) -> frozenset[int]:
    hidden: set[int] = set()
    for item in sheet.iter(f"{MAIN}col"):
        if item.get("hidden") in {"1", "true"}:
            hidden |= set(range(int(item.get("min", "1")), min(int(item.get("max", "1")), MOST_COLUMNS) + 1))
    return frozenset(hidden)
