"""The head of a page: crumbs, title, the line of date and source, and what sites put between it and the text."""

import re

from yibenzhang.reading.claims.sections import is_numbered
from yibenzhang.reading.furniture import (
    CARD,
    CRUMB,
    DATE_LINE,
    DOCUMENT_TITLE,
    INFO,
    ORGAN,
    PAPER,
    SITE_NAME,
    SIZE_BAR,
    is_credit,
    is_tail,
)
from yibenzhang.reading.page import Line, Page
from yibenzhang.reading.parts import SENTENCE, STOP, Article, is_prose

_REACH = 25  # lines above the text in which the line of date and source is looked for


def cut_head(lines: list[Line], article: Article, page: Page) -> list[Line]:
    """Everything up to the line of date and source, or up to the title, leaves the body."""
    prose = next((i for i, line in enumerate(lines) if is_prose(line)), len(lines))
    info = [i for i, line in enumerate(lines[: min(prose, _REACH)]) if _is_info(line.text)]
    crumbs = [i for i, line in enumerate(lines[:prose]) if CRUMB.search(line.text)]
    start = 0
    if info:
        start = info[0]
        after = info[-1] + 1
        start_of_title = _title_before(lines, start, crumbs)
        article.title = [line.text for line in lines[start_of_title:start]]
        if len(article.title) > 1 and PAPER.match(article.title[-1]):
            article.signature.append(article.title.pop())  # the paper's name under its title
        if not article.title and after < prose and page.body is None:
            after = _title_after(lines, after, prose, article)
        article.head += lines[:after]
        return _skip_head_furniture(lines[after:], article)
    if crumbs:
        start = crumbs[-1] + 1
        article.head += lines[:start]
        lines = lines[start:]
    return _plain_title(lines, article, page, after_crumb=bool(crumbs))


def _is_info(text: str) -> bool:
    if CARD.search(text) and len(text) < 200:
        return True
    return (
        len(text) < 160
        and bool(INFO.search(text))
        and not SENTENCE.search(re.sub(r"[【\[].*?[】\]]", "", text))
    )


def _title_before(lines: list[Line], info: int, crumbs: list[int]) -> int:
    """The first line of the title that ends above the line of date and source; at most three lines, one block."""
    floor = max([index + 1 for index in crumbs if index < info], default=0)
    start = info
    while start > floor and info - start < 3:
        text = lines[start - 1].text
        if (
            CRUMB.search(text)
            or (SITE_NAME.search(text) and not re.match("[—–-]{1,2}", text) and start < info)
            or is_tail(text)
            or SIZE_BAR.search(text)
            or lines[start - 1].link_share > 0.8
        ):
            break
        start -= 1
        if lines[start].gap and start < info and not _is_subtitle(lines[start].text):
            break
    return start


def _is_subtitle(text: str) -> bool:
    return bool(re.match(r"[—–―-]{1,2}", text)) or bool(re.match(r"^[(（].*[)）]$", text))


def _title_after(lines: list[Line], after: int, prose: int, article: Article) -> int:
    """Some templates print date and source above the title."""
    line = lines[after]
    if not _may_be_title(line) or SIZE_BAR.search(line.text) or is_tail(line.text):
        return after
    if line.align == "center" or line.heading or after + 1 == prose:
        article.title = [line.text]
        return after + 1
    return after


def _skip_head_furniture(lines: list[Line], article: Article) -> list[Line]:
    start = 0
    while start < len(lines) and not is_prose(lines[start]):
        text = lines[start].text
        if not (SIZE_BAR.search(text) or is_tail(text) or _is_info(text) or lines[start].link_share > 0.8):
            break
        start += 1
    article.head += lines[:start]
    return lines[start:]


def _plain_title(lines: list[Line], article: Article, page: Page, *, after_crumb: bool) -> list[Line]:
    """Without a line of date and source the title shows by its place: centred, apart, or ending like a title."""
    if not lines:
        return lines
    count = 0
    while count < min(3, len(lines)) and _may_be_title(lines[count]):
        count += 1
        if count < len(lines) and lines[count].gap and not _is_subtitle(lines[count].text):
            break
    if not count:
        return lines
    set_apart = any(line.align == "center" or line.heading for line in lines[:count]) or after_crumb
    following = lines[count] if count < len(lines) else None
    dated = following is not None and bool(DATE_LINE.match(following.text))
    if (
        dated
        and count > 1
        and ORGAN.search(lines[count - 1].text)
        and not DOCUMENT_TITLE.search(lines[count - 1].text)
    ):
        article.signature.append(lines[count - 1].text)  # the by-line under a title
        lines = lines[: count - 1] + lines[count:]
        count -= 1
    beside = following is not None and (following.gap or (following.indent > 0 and lines[0].indent == 0))
    set_apart = set_apart or beside or dated
    if not set_apart and following is not None and is_prose(following):
        set_apart = bool(DOCUMENT_TITLE.search(lines[count - 1].text))
    if not set_apart:
        return lines
    article.title = [line.text for line in lines[:count]]
    article.head += lines[:count]
    rest = lines[count:]
    if rest and DATE_LINE.match(rest[0].text):
        article.head.append(rest.pop(0))
    return rest


def _may_be_title(line: Line) -> bool:
    text = line.text
    return not (
        len(text) > 60
        or line.is_row
        or STOP.search(text)
        or is_numbered(text)
        or is_prose(line)
        or DATE_LINE.match(text)
        or is_credit(text)
    )


def without_repeated_title(lines: list[Line], article: Article, page: Page) -> list[Line]:
    """A title printed again over the text goes, with its subtitle and by-line."""
    shown = re.sub(
        r"\W", "", "".join([*article.title, page.hints.get("title", ""), page.hints.get("headline", "")])
    )
    start = 0
    while start < len(lines) and not is_prose(lines[start]):
        bare = re.sub(r"\W", "", lines[start].text)
        again = len(bare) >= 6 and bare in shown
        below = start > 0 and (_is_subtitle(lines[start].text) or bool(ORGAN.search(lines[start].text)))
        if not again and not below:
            break
        start += 1
    article.head += lines[:start]
    return lines[start:]
