"""The cells of a sheet's markup: words, numbers, formulas and the look that matters for filling them."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yibenzhang.superior_forms.gate import FormFileError
from yibenzhang.superior_forms.grid import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Place,
    column_letters,
    number_in,
    place_of,
)
from yibenzhang.superior_forms.package import Package

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
BOOK = "xl/workbook.xml"
PERCENT_FORMATS = {9, 10}
UNREADABLE = "?"
_STORED = re.compile(r"-?\d{0,40}(?:\.\d{0,40})?(?:[eE]([-+]?\d{1,3}))?(?<=\d)")
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_!'])(\$?)[A-Z]{1,3}(\$?)\d{1,7}(?![\d(A-Za-z_])")


@dataclass(frozen=True)
class Look:
    """What a cell's format says that matters for filling it."""

    is_percent: bool = False
    is_locked: bool = True
    indent: int = 0
    is_bordered: bool = False


def cells_in(data: Any, words: list[str], looks: list[Look]) -> list[tuple[Cell, Look]]:
    found = []
    shared: dict[str, tuple[Place, str]] = {}
    row = 0
    for line in data.iterfind(f"{MAIN}row"):
        row = int(line.get("r") or row + 1)
        column = 0
        for item in line.iterfind(f"{MAIN}c"):
            place = place_of(item.get("r")) if item.get("r") else (row, column + 1)
            column = place[1]
            if row > MOST_ROWS or column > MOST_COLUMNS:
                if item.find(f"{MAIN}v") is not None:
                    raise FormFileError(f"表格超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列，请拆成几张表。")
                continue
            style = int(item.get("s", "0"))
            look = looks[style] if style < len(looks) else looks[0]
            found.append((_cell(item, place, words, look, shared), look))
    return found


def _cell(
    item: Any, place: Place, words: list[str], look: Look, shared: dict[str, tuple[Place, str]]
) -> Cell:
    formula, value = item.find(f"{MAIN}f"), item.findtext(f"{MAIN}v") or ""
    kind = item.get("t", "n")
    number: Fraction | None = None
    if kind == "s":
        text = words[int(value)] if value.isdigit() and int(value) < len(words) else ""
    elif kind == "inlineStr":
        text = _text(item)
    else:
        text = value
    if kind == "n" and value:
        number = _number(value)
    elif formula is None:
        number = number_in(text)
    said = text.replace("\n", "").replace("\r", "")
    leading = len(said) - len(said.lstrip(" \u3000\xa0"))
    return Cell(
        *place,
        text=text,
        number=number,
        formula=_formula(formula, place, shared) if formula is not None else "",
        indent=look.indent + (leading + 1) // 2,
        is_percent=look.is_percent,
        is_bordered=look.is_bordered,
    )


def _formula(item: Any, place: Place, shared: dict[str, tuple[Place, str]]) -> str:
    """The text of a formula; one that was filled down is kept once and moves with its place."""
    text: str = item.text or ""
    if item.get("t") != "shared":
        return text or UNREADABLE
    key = item.get("si", "")
    if text:
        shared[key] = (place, text)
        return text
    if key not in shared:
        return UNREADABLE
    origin, text = shared[key]
    return moved(text, place[0] - origin[0], place[1] - origin[1])


def moved(formula: str, rows: int, columns: int) -> str:
    """A formula as it reads so many rows and columns further: relative references move along."""

    def shift(found: re.Match[str]) -> str:
        row, column = place_of(found[0])
        row += 0 if found[2] else rows
        column += 0 if found[1] else columns
        if row < 1 or column < 1:
            return UNREADABLE
        return f"{'$' if found[1] else ''}{column_letters(column)}{'$' if found[2] else ''}{row}"

    return _REFERENCE.sub(shift, formula)


def _number(value: str) -> Fraction | None:
    """A stored number; an exponent beyond what sheets hold would take for ever to write out."""
    found = _STORED.fullmatch(value)
    return Fraction(value) if found and abs(int(found[1] or 0)) <= 308 else None


def shared_strings(package: Package) -> list[str]:
    parts = package.related(BOOK, "sharedStrings")
    if not parts:
        return []
    return [_text(item) for item in package.parse(parts[0]).iter(f"{MAIN}si")]


def _text(item: Any) -> str:
    """Text of a string item; phonetic readings are not part of it."""
    pieces = [each for each in item.iter(f"{MAIN}t") if each.getparent().tag != f"{MAIN}rPh"]
    return "".join(each.text or "" for each in pieces)


def looks_in(package: Package) -> list[Look]:
    parts = package.related(BOOK, "styles")
    if not parts:
        return [Look()]
    styles = package.parse(parts[0])
    formats = {each.get("numFmtId"): each.get("formatCode") or "" for each in styles.iter(f"{MAIN}numFmt")}
    borders = [any(side.get("style") for side in each) for each in styles.iter(f"{MAIN}border")]
    found = []
    for xf in styles.iterfind(f"{MAIN}cellXfs/{MAIN}xf"):
        protection, alignment = xf.find(f"{MAIN}protection"), xf.find(f"{MAIN}alignment")
        code, border = xf.get("numFmtId", "0"), int(xf.get("borderId", "0"))
        found.append(
            Look(
                is_percent=int(code) in PERCENT_FORMATS or "%" in formats.get(code, ""),
                is_locked=protection is None or protection.get("locked", "1") not in {"0", "false"},
                indent=int(alignment.get("indent", "0")) if alignment is not None else 0,
                is_bordered=border < len(borders) and borders[border],
            )
        )
    return found or [Look()]
