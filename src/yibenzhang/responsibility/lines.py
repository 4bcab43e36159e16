"""Items pasted from Word or Excel: one a line, columns 事项、依据、期限、责任人 parted by tabs. Pure text, no book."""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

HEADINGS = {"事项", "责任事项", "清单事项", "责任内容", "内容"}
MOST = 200
_FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:前|之前|以前)?$")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:前|之前|以前)?$")
_MONTH = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*月?(?:底|末|份|底前|末前|内)?$")
_QUARTER = re.compile(r"第?([一二三四1-4])季度(?:末|底|前|内)?$")
_ENDS = {
    "年底": (12, 31),
    "年底前": (12, 31),
    "年末": (12, 31),
    "全年": (12, 31),
    "上半年": (6, 30),
    "下半年": (12, 31),
}
_BULLET = re.compile(r"^(?:[（(]?\d{1,3}[)）.．、]|[（(]?[一二三四五六七八九十]{1,3}[)）、])\s*(?!\d)")


@dataclass(frozen=True)
class Line:
    """An item as pasted; `number` is the line it stood on."""

    number: int
    text: str
    basis: str
    deadline: date
    lead: str = ""


@dataclass(frozen=True)
class Pasted:
    """What could be read, and for each line that could not what to change."""

    lines: list[Line]
    faults: list[str]


def read_text(text: str, year: int) -> Pasted:
    """Lines of a text box, columns parted by tabs."""
    rows = enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1)
    return read_rows(((number, row.split("\t")) for number, row in rows), year)


def read_rows(rows: Iterable[tuple[int, Sequence[str]]], year: int) -> Pasted:
    """Rows of cells. Empty rows and a row of headings are passed over; a leading running number is dropped."""
    lines: list[Line] = []
    faults: list[str] = []
    for number, row in rows:
        cells = [cell.strip() for cell in row]
        numbered = cells[0].isdecimal() or cells[0] == "序号" or (not cells[0] and len(cells) > 3)
        if len(cells) > 1 and numbered:  # Word leaves the cell of an automatic number empty
            cells = cells[1:]
        if not any(cells) or cells[0] in HEADINGS:
            continue
        line = _line(number, cells, year)
        if isinstance(line, str):
            faults.append(line)
        else:
            lines.append(line)
        if len(lines) > MOST:
            return Pasted([], [f"一次最多 {MOST} 项，请分几次粘贴。"])
    return Pasted(lines, faults)


def _line(number: int, cells: list[str], year: int) -> Line | str:
    text = _BULLET.sub("", cells[0]).strip()
    rest = [*cells[1:], "", "", ""]
    basis, written, lead = rest[0], rest[1], rest[2]
    if not written and day_of(basis, year):  # 事项、期限 only
        basis, written = "", basis
    if not text:
        return f"第{number}行没有写事项。"
    if not written:
        return f"第{number}行“{text[:12]}”没有写期限，请在第三列写日期，例如 {year}-06-30。"
    deadline = day_of(written, year)
    if deadline is None:
        return f"第{number}行的期限“{written[:16]}”看不懂，请写成 {year}-06-30、6月30日 或 6月底。"
    return Line(number, text, basis, deadline, lead)


def day_of(text: str, year: int) -> date | None:
    """A deadline as people write it: 2024-06-30, 6月30日前, 6月底, 二季度, 上半年, 年底; None when it is none."""
    text = text.strip()
    if text in _ENDS:
        return date(year, *_ENDS[text])
    if found := _QUARTER.match(text):
        month = (
            ("一二三四".find(found[1]) + 1 or int(found[1])) * 3
            if found[1] in "一二三四"
            else int(found[1]) * 3
        )
        return _end_of(year, month)
    try:
        if found := _FULL.match(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _MONTH_DAY.match(text):
            return date(year, int(found[1]), int(found[2]))
        if (found := _MONTH.match(text)) and not text.isdecimal():
            return _end_of(int(found[1] or year), int(found[2]))
    except ValueError:
        return None
    return None


def _end_of(year: int, month: int) -> date | None:
    if not 1 <= month <= 12 or not 1900 <= year <= 2200:
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def read_milestones(text: str, year: int) -> tuple[list[tuple[str, date, str]], list[str]]:
    """Milestones typed one a line as 名称，日期 (，事项状态); what could be read, and what to change."""
    found, faults = [], []
    for number, row in enumerate(text.replace("\r", "").split("\n"), start=1):
        cells = [cell.strip() for cell in re.split(r"[\t，,|]", row)]
        if not any(cells):
            continue
        due = day_of(cells[1], year) if len(cells) > 1 else None
        if due is None or len(cells) > 3:
            faults.append(f"第{number}个节点请写成“名称，日期”，例如：出台办法，{year}-09-30。")
        else:
            found.append((_BULLET.sub("", cells[0]), due, cells[2] if len(cells) > 2 else ""))
    return found, faults
