"""The cells of a workbook as JSON lines, in a process of its own with little memory and time.

Run as a script on a file that has passed the gate. A hostile sheet can at most end this process. Prints a line a sheet,
then a line a row that holds anything: [number, cells]; a day is ["2024-08-01"].
"""

import json
import sys
import zipfile
from datetime import date, datetime
from xml.etree import ElementTree

MEMORY, SECONDS = 1024 * 1024 * 1024, 60
MOST_CELLS, MOST_COLUMNS, MOST_SHEETS = 200_000, 150, 200
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class TooMuch(Exception):
    """The workbook goes beyond a limit; the message is for the user."""


def limit_resources() -> None:
    """Cap memory and processor time where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; those on cells and columns still hold
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def extract(path: str) -> None:
    """Print every visible sheet."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    formulas = formula_cells(path)
    shown = [
        sheet
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    if len(shown) > MOST_SHEETS:
        raise TooMuch(f"工作表有 {len(shown)} 张，最多 {MOST_SHEETS} 张。")
    cells = 0
    for meta in shown:
        sheet = book.get_sheet_by_name(meta.name)
        merged = [list(map(list, area)) for area in sheet.merged_cell_ranges or []][:50]
        emit({"sheet": meta.name, "merged": merged, "formulas": formulas.get(meta.name, [])[:50]})
        offset = (sheet.start or (0, 0))[1]  # empty rows above come along, empty columns before do not
        for number, row in enumerate(sheet.iter_rows(), start=1):
            filled = [plain(cell) for cell in row]
            while filled and filled[-1] is None:
                filled.pop()
            if not filled:
                continue
            cells += sum(1 for cell in filled if cell is not None)
            if cells > MOST_CELLS:
                raise TooMuch(f"单元格超过 {MOST_CELLS:,} 个，请分成几个文件导入。")
            if offset + len(filled) > MOST_COLUMNS:
                raise TooMuch(f"“{meta.name}”超过 {MOST_COLUMNS} 列，请用模板填写。")
            emit([number, [None] * offset + filled])


def plain(cell: object) -> object:
    """A cell as JSON holds it."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, datetime):
        return [cell.date().isoformat()]
    if isinstance(cell, date):
        return [cell.isoformat()]
    return cell if isinstance(cell, (str, int, float, bool)) else str(cell)


def formula_cells(path: str) -> dict[str, list[str]]:
    """Addresses of formula cells by sheet: their values are what some program last computed, or nothing."""
    found: dict[str, list[str]] = {}
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
            return found
        targets = {
            item.get("Id"): (item.get("Target") or "").lstrip("/").removeprefix("xl/")
            for item in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  the gate has refused every DTD
        }
        for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):  # noqa: S314  the gate has refused every DTD
            part = f"xl/{targets.get(sheet.get(_REL), '')}"
            if (part in names and b"f>" in (data := archive.read(part))) or (part in names and b"<f" in data):
                found[sheet.get("name") or ""] = _addresses(archive, part)
    return found


def _addresses(archive: zipfile.ZipFile, part: str) -> list[str]:
    addresses = []
    with archive.open(part) as source:
        for _, cell in ElementTree.iterparse(source):  # noqa: S314  the gate has refused every DTD
            if cell.tag == f"{_MAIN}c":
                if cell.find(f"{_MAIN}f") is not None:
                    addresses.append(cell.get("r") or "")
                cell.clear()
            elif cell.tag == f"{_MAIN}row":
                cell.clear()
    return addresses


def emit(line: object) -> None:
    """One JSON line."""
    sys.stdout.write(json.dumps(line, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    limit_resources()
    try:
        extract(sys.argv[1])
    except TooMuch as error:
        emit({"refused": str(error)})
