"""Lines under pictures told from headings."""

import re

from yibenzhang.reading.claims.sections import is_numbered
from yibenzhang.reading.furniture import CAPTION
from yibenzhang.reading.page import Line, Page
from yibenzhang.reading.parts import STOP, Article, is_prose

_LONGEST_HEADING = 16


def sort_captions(lines: list[Line], article: Article, page: Page) -> None:
    """Lines under pictures leave the body."""
    prose = [line for line in lines if is_prose(line)]
    indented = bool(prose) and sum(line.indent > 0 for line in prose) >= 0.6 * len(prose)
    numbered = sum(is_numbered(line.text) for line in lines) >= 3
    headings = _are_headings(lines)
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        by_place = not (headings and _is_short(line))
        if _is_caption(
            line, following, page, indented=indented and by_place, numbered=numbered, first=index == 0
        ):
            if line.text not in article.captions:
                article.captions.append(line.text)
        else:
            article.body.append(line)


def _is_caption(
    line: Line, following: Line | None, page: Page, *, indented: bool, numbered: bool, first: bool
) -> bool:
    text = line.text
    if line.is_row or line.heading or len(text) > 90 or is_numbered(text):
        return False
    if CAPTION.search(text) and not (is_prose(line) and len(text) > 60):
        return True
    if line.caption and not line.bold and not re.search(r"[。；;]$", text):
        return True
    if is_prose(line) or STOP.search(text) or first or line.bold:
        return False
    # In a text whose paragraphs are indented, a short line at the margin that opens no section stands under a picture.
    at_margin = indented and line.indent == 0 and not page.marked_up
    opens_nothing = following is None or is_numbered(following.text)
    return at_margin or (numbered and opens_nothing and line.gap)


def _is_short(line: Line) -> bool:
    plain = not (is_prose(line) or line.is_row or STOP.search(line.text) or is_numbered(line.text))
    return plain and len(line.text) <= _LONGEST_HEADING and not CAPTION.search(line.text)


def _are_headings(lines: list[Line]) -> bool:
    """Several short lines, each over running text, are headings: pictures do not come so regularly."""
    places = [index for index, line in enumerate(lines) if _is_short(line)]
    over_text = [
        i
        for i in places
        if i + 1 < len(lines) and is_prose(lines[i + 1]) and not is_numbered(lines[i + 1].text)
    ]
    return len(places) >= 3 and len(over_text) == len(places)
