"""Rows of tables (cells joined by TAB): a bare number takes its unit from the heading of its column or from 单位：."""

import re

from yibenzhang.reading.claims.draft import Draft
from yibenzhang.reading.claims.numerals import ARABIC, tidy
from yibenzhang.reading.claims.units import CANONICAL, MONEY_UNITS, unit_at

_BARE = re.compile(rf"\s*(?P<figure>-?{ARABIC})\s*")
_IN_BRACKETS = re.compile(r"[(（]\s*(?:单位[:：])?\s*(?P<unit>[^()（）]{1,6})\s*[)）]")
_UNIT_COLUMN = re.compile(r"(?:计量)?单位$")
# Headings that name their unit: 参训人次, 期数, 金额 …
_HEADING_UNITS = (
    ("人次", "人次"), ("场次", "场次"), ("家次", "家次"), ("人数", "人"), ("党员数", "名"), ("户数", "户"), ("期数", "期"), ("次数", "次"), ("场数", "场"),
    ("篇数", "篇"), ("件数", "件"), ("项数", "项"), ("个数", "个"), ("条数", "条"), ("份数", "份"), ("家数", "家"), ("天数", "天"), ("支部数", "个"),
    ("占比", "%"), ("比例", "%"), ("率", "%"),
)  # fmt: skip
_NO_FIGURE = re.compile(r"序号|编号|电话|日期|时间|年份|年度|邮编|月份|代码|^年$|^月$")


class Table:
    """The table being read, line by line: its headings and their units."""

    def __init__(self) -> None:
        self._headings: list[str] = []
        self._common: list[str] = []

    def takes(self, line: str) -> bool:
        """True when the line is a row of figures; headings are remembered, a line without TAB ends the table."""
        if "\t" not in line:
            said = re.search(r"单位[:：]\s*([^\s()（）]{1,20})\s*[)）]?$", line)
            self._headings, self._common = [], re.split(r"[、,，;；/]", said[1]) if said else []
            return False
        cells = line.split("\t")
        if any(_BARE.fullmatch(cell) for cell in cells) and self._headings:
            return True
        if not self._headings or not re.search(r"\d", line):
            self._headings = [cell.strip() for cell in cells]
            return False
        return True

    def complete(self, line: str, folded: str, drafts: list[Draft]) -> list[Draft]:
        """The figures of a row: those with a unit of their own, and bare cells with that of their column."""
        cells = folded.split("\t")
        label = next((cell.strip() for cell in cells if cell.strip() and not _BARE.fullmatch(cell)), "")
        added: list[Draft] = []
        position = 0
        for index, cell in enumerate(cells):
            heading = self._headings[index] if index < len(self._headings) else ""
            measure = _IN_BRACKETS.sub("", label) + _IN_BRACKETS.sub("", heading)
            match = _BARE.fullmatch(cell)
            if match and not _NO_FIGURE.search(heading) and not self._is_rank(index, cells):
                start = position + match.start("figure")
                value = tidy(float(match["figure"].replace(",", "")))
                unit = self._unit(heading, label, cells, len(added))
                added.append(Draft(start, position + match.end("figure"), value, unit, measure=measure))
            for draft in drafts:
                if not draft.measure and position <= draft.start < position + len(cell):
                    draft.measure = measure
            position += len(cell) + 1
        kept = [d for d in drafts if not any(a.start <= d.start < a.end for a in added)]
        return sorted([*kept, *added], key=lambda draft: draft.start)

    def _is_rank(self, index: int, cells: list[str]) -> bool:
        """A first column that counts 1, 2, 3 under an empty heading numbers the rows."""
        return index == 0 and not self._headings[0].strip() and cells[0].strip().isdigit()

    def _unit(self, heading: str, label: str, cells: list[str], place: int) -> str:
        """The unit of a bare cell: of its column, a column of units, its row, or of 单位：… above the table."""
        for text in (heading, label):
            in_brackets = _IN_BRACKETS.search(text)
            if in_brackets and (unit := _known(in_brackets["unit"])):
                return unit
        for index, name in enumerate(self._headings):
            if _UNIT_COLUMN.search(name) and index < len(cells) and (unit := _known(cells[index].strip())):
                return unit
        bare = _IN_BRACKETS.sub("", heading)
        for suffix, unit in _HEADING_UNITS:
            if bare.endswith(suffix):
                return unit
        if len(self._common) == 1:
            return _known(self._common[0])
        return _known(self._common[place]) if place < len(self._common) else ""


def _known(word: str) -> str:
    scale = word[:1] if word[:1] in "万亿" else ""
    unit = unit_at(word, len(scale), chinese=False)
    if unit is None or len(scale) + len(unit) != len(word):
        return ""
    unit = CANONICAL.get(unit, unit)
    return scale + unit if scale and unit in MONEY_UNITS else unit if not scale else word
