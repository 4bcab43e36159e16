"""Opening a workbook that somebody handed in: size, gate, then a limited process reads the cells (security.md W6)."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from yibenzhang.exchange import extract
from yibenzhang.exchange.cells import Cell
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.ooxml import check_ooxml
from yibenzhang.kernel.scanning import scan

LARGEST = 20 * 1024 * 1024
PATIENCE = 90  # seconds


class WorkbookError(BookError):
    """A file that cannot be brought in."""


@dataclass
class Page:
    """A sheet as it was found: rows by number, merged areas and addresses of formulas."""

    name: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    merged: list[list[list[int]]] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)


def read_workbook(path: Path) -> list[Page]:
    """The visible sheets of a workbook.

    Raises WorkbookError or OoxmlError, with what to do, for anything that is no harmless .xlsx within the limits.
    """
    if not path.is_file():
        raise WorkbookError(f"找不到文件 {path}，请核对路径。")
    size = path.stat().st_size
    if size > LARGEST:
        raise WorkbookError(f"文件有 {size / 1024 / 1024:.0f} MB，最多 20 MB，请分成几个文件。")
    if not size:
        raise WorkbookError("文件是空的，请重新保存后再试。")
    data = path.read_bytes()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise WorkbookError("这是旧的 .xls 或加了密的文件。请取消密码，另存为 .xlsx 再导入。")
    check_ooxml(data)
    scan(path.name, data)
    if b"xl/workbook.xml" not in data:
        raise WorkbookError("这不是 Excel 文件，请另存为 .xlsx 再导入。")
    return _pages(_extract(path))


def _extract(path: Path) -> str:
    # Run by path and isolated: the worker sees nothing of the book, its settings or its database.
    command = [sys.executable, "-I", str(Path(extract.__file__)), str(path.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise WorkbookError("读这个文件用时过长，已停止。请分成几个文件，或用模板重新填写。") from None
    if done.returncode:
        raise WorkbookError("文件已损坏，或内容超出限制（20 万个单元格）。请用模板重新填写，或分成几个文件。")
    return done.stdout.decode("ascii")


def _pages(output: str) -> list[Page]:
    pages: list[Page] = []
    for line in output.splitlines():
        item = json.loads(line)
        if isinstance(item, list):
            pages[-1].rows.append((item[0], [_cell(cell) for cell in item[1]]))
        elif "refused" in item:
            raise WorkbookError(item["refused"])
        else:
            pages.append(Page(item["sheet"], merged=item["merged"], formulas=item["formulas"]))
    return pages


def _cell(cell: object) -> Cell:
    if isinstance(cell, list):
        return date.fromisoformat(cell[0])
    return cell if isinstance(cell, (str, int, float, bool)) else None
