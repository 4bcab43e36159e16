"""Plain and pasted text: lines with their indentation."""

import re
import unicodedata
from dataclasses import replace

from yibenzhang.reading.page import Line, Page

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufffe\x00-\x08\x0e-\x1f\x7f]")
# PDF fonts hand out radicals for characters (⼈ for 人); half of them have no Unicode folding, so they are listed.
_RADICALS = dict(
    zip(
        map(ord, "⺠⺟⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⺫⺮⻁⻊⻌⻍"),
        "民母西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙目竹虎足辶辶",
        strict=True,
    )
)
_RADICALS |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_RADICALS |= {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0xF900, 0xFAD9), *range(0xFB00, 0xFB07))
}
_THIN = re.compile("(?<=[0-9])[\u2009\u202f](?=[0-9]{3})")  # GB/T 15835 parts thousands by a quarter blank
_CELLS = re.compile(r"\t+|[ \u3000]*[|｜│┃][ \u3000]*")
_BULLET = re.compile(r"^(?:[•●▪◦]\s*|-\s+(?!\d+\s*-))(?=\S)")
_RULE = re.compile(r"[\s\-=_—─━┄┈┌┐└┘├┤┬┴┼+|｜│*~]{3,}")
_CENTRED, _RIGHT = 5, 16  # leading columns from which a short line is centred, or set to the right


def width(text: str) -> int:
    """Columns of a text: two for a wide character, one for ASCII."""
    return sum(1 if char < "\u0300" else 2 for char in text)


def tidy_characters(text: str) -> str:
    """Zero-width and control characters out, radicals made characters, no-break spaces ordinary."""
    return (
        _INVISIBLE.sub("", _THIN.sub("", text))
        .translate(_RADICALS)
        .replace("\xa0", " ")
        .replace("\u2002", " ")
        .replace("\u2003", "\u3000")
    )


def read_text(text: str) -> Page:
    """The lines of a text. A form feed counts as a page break (a blank line)."""
    lines: list[Line] = []
    gap = False
    for raw in re.split(
        r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]", tidy_characters(text.replace("\x0c", "\n\n"))
    ):
        stripped = _BULLET.sub("", raw.strip(" \u3000"))
        if not stripped or _RULE.fullmatch(stripped):
            gap = True
            continue
        lead = raw[: len(raw) - len(raw.lstrip(" \u3000"))]
        lines.append(_line(stripped.strip(), width(lead), gap))
        gap = False
    return Page(_with_column_rows(lines))


def _line(text: str, indent: int, gap: bool) -> Line:
    short = width(text) <= 76
    align = ("right" if indent >= _RIGHT else "center" if indent >= _CENTRED else "") if short else ""
    cells = [cell.strip() for cell in _CELLS.split(text.strip("|｜│┃ "))]
    if (
        len(cells) > 1
        and ("\t" in text or text[:1] in "|｜│┃" or len(cells) > 2)
        and not _looks_like_links(cells, text)
    ):
        text = "\t".join(cells)
    return Line(text, indent, gap, align)  # type: ignore[arg-type]


def _looks_like_links(cells: list[str], text: str) -> bool:
    """首页 | 机构概况 | 联系我们: a bar of links or labels, no row of a table."""
    return "\t" not in text and not (text[:1] in "|｜│┃" and text[-1:] in "|｜│┃")


_COLUMNS = re.compile(r"[ \u3000]{2,}")


def _with_column_rows(lines: list[Line]) -> list[Line]:
    """Three or more neighbouring lines with the same number of short cells apart by blanks are rows of a table."""
    counts = [_column_count(line) for line in lines]
    made = list(lines)
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and counts[end] == counts[start]:
            end += 1
        with_figures = sum(any(c.isdigit() for c in line.text) for line in lines[start:end])
        if counts[start] >= 3 and end - start >= 3 and with_figures >= end - start - 1:
            for index in range(start, end):
                made[index] = replace(lines[index], text=_COLUMNS.sub("\t", lines[index].text), align="")
        start = end
    return made


def _column_count(line: Line) -> int:
    cells = _COLUMNS.split(line.text)
    return len(cells) if max(map(len, cells)) <= 20 and not line.is_row else 0
