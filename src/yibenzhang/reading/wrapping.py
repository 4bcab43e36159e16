"""Printed lines made paragraphs again: page numbers and running heads out, hard-wrapped lines joined."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from yibenzhang.reading.claims.sections import is_numbered
from yibenzhang.reading.formats.text import width
from yibenzhang.reading.furniture import BARE_PAGE_NUMBER, DOCUMENT_TITLE, PAGE_NUMBER, PRINT_MARK
from yibenzhang.reading.page import Line, Page

_STOP = re.compile(r"[。！？!?：:；;”）)]$")
_NARROWEST, _WIDEST = 36, 160  # columns of a printed line: 18 to 80 Chinese characters
_SLACK = 5  # a line may end early so that no punctuation begins the next


def unwrap(page: Page) -> Page:
    """The page with paragraphs for printed lines; unchanged when its lines are paragraphs already."""
    if page.marked_up:
        return page
    lines = _without_page_numbers(page)
    measure = _measure(lines)
    if measure is None:
        return replace(page, lines=lines)
    return replace(page, lines=_join(lines, measure))


def _without_page_numbers(page: Page) -> list[Line]:
    """Page numbers and the heads that repeat beside them are no text; a paragraph may go on across them."""
    numbers = [index for index, line in enumerate(page.lines) if PAGE_NUMBER.match(line.text)]
    if page.printed or numbers:
        marks = (BARE_PAGE_NUMBER, PRINT_MARK)
        bare = [
            index for index, line in enumerate(page.lines) if any(mark.match(line.text) for mark in marks)
        ]
        numbers = sorted({*numbers, *bare})
    if not numbers:
        return page.lines
    repeated = Counter(
        _key(line.text) for line in page.lines if width(line.text) <= 80 and not _STOP.search(line.text)
    )
    dropped = set(numbers)
    heads = {key for key, count in repeated.items() if key and count >= 2}
    beside = {_key(page.lines[i].text) for n in numbers for i in (n - 1, n + 1) if 0 <= i < len(page.lines)}
    dropped |= {i for i, line in enumerate(page.lines) if _key(line.text) in heads & beside}
    kept: list[Line] = []
    for index, line in enumerate(page.lines):
        if index in dropped:
            continue
        crossed = index - 1 in dropped and bool(kept)
        kept.append(replace(line, gap=False) if crossed and line.gap else line)
    return kept


def _key(text: str) -> str:
    return re.sub(r"[\d\s\-—]+", "", text)


@dataclass(frozen=True, slots=True)
class _Measure:
    """A full printed line: in columns, and in characters for texts that were cut by counting them."""

    columns: int
    characters: int

    def is_full(self, line: Line) -> bool:
        if width(line.text) + line.indent >= self.columns - _SLACK:
            return True
        return len(line.text) + line.indent // 2 >= self.characters - 1


def _measure(lines: list[Line]) -> _Measure | None:
    """The full printed line, None when lines are not broken at a fixed width."""
    texts = [line for line in lines if not line.is_row]
    widths = sorted(width(line.text) + line.indent for line in texts)
    if len(widths) < 4:
        return None
    place = int(len(widths) * 0.9)
    counts = sorted(len(line.text) + line.indent // 2 for line in texts)
    measure = _Measure(widths[place], counts[place])
    if not _NARROWEST <= measure.columns <= _WIDEST:
        return None
    full = [line for line in texts if measure.is_full(line)]
    open_ended = [line for line in full if not _STOP.search(line.text)]
    longer = sum(w > measure.columns + _SLACK for w in widths)
    if len(full) < 3 or len(open_ended) < 0.5 * len(full) or longer > 0.1 * len(widths):
        return None
    return measure


def _join(lines: list[Line], measure: _Measure) -> list[Line]:
    indented = sum(line.indent in (2, 3, 4) for line in lines) >= 2
    joined: list[Line] = []
    previous: Line | None = None
    for line in lines:
        is_title = len(joined) == 1 and bool(DOCUMENT_TITLE.search(joined[0].text))
        if previous is not None and not is_title and _continues(previous, line, measure, indented):
            last = joined[-1]
            joined[-1] = replace(last, text=_glue(last.text, line.text), align="")
        else:
            joined.append(line)
        previous = line
    return joined


def _continues(previous: Line, line: Line, measure: _Measure, indented: bool) -> bool:
    if line.gap or previous.is_row or line.is_row or line.align == "right" or not measure.is_full(previous):
        return False
    if indented:
        return line.indent == 0
    return not is_numbered(line.text)


def _glue(left: str, right: str) -> str:
    latin = left[-1:].isascii() and left[-1:].isalpha() and right[:1].isascii() and right[:1].isalpha()
    return f"{left} {right}" if latin else left + right
