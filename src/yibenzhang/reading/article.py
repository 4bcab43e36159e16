"""Where the article stands on its page: head, body, captions and tail told apart."""

import re
from dataclasses import dataclass, field, replace

from yibenzhang.reading.claims.sections import is_numbered
from yibenzhang.reading.furniture import (
    CAPTION,
    CARD,
    CRUMB,
    DATE_LINE,
    DOCUMENT_TITLE,
    INFO,
    ORGAN,
    ORNAMENT,
    PAPER,
    SITE_NAME,
    SIZE_BAR,
    is_credit,
    is_tail,
)
from yibenzhang.reading.page import Line, Page

_SENTENCE = re.compile(r"[。；！？;]|[，,][^，,]*[，,]")
_STOP = re.compile(r"[。！？!?；;：:，,]$")
_HEAD_REACH = 25  # lines above the text in which the line of date and source is looked for
_LONG = 45


@dataclass(slots=True)
class Article:
    """The parts of a page. ``head`` and ``tail`` keep what metadata are read from."""

    head: list[Line] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)


def divide(page: Page) -> Article:
    """Head, title, body, captions, signature and tail of a page."""
    first, last = page.body or (0, len(page.lines))
    article = Article(head=page.lines[:first], tail=page.lines[last:])
    lines = page.lines[first:last]
    lines = _cut_head(lines, article, page)
    lines = _without_repeated_title(lines, article, page)
    lines = _cut_tail(lines, article)
    lines = _without_singles(lines, article)
    lines = _cut_signature(lines, article)
    _sort_captions(lines, article, page)
    return article


def _without_repeated_title(lines: list[Line], article: Article, page: Page) -> list[Line]:
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


def is_prose(line: Line) -> bool:
    """True for running text: long, or ending like a sentence, and no furniture."""
    text = line.text
    if CARD.search(text):
        return False
    if INFO.search(text) and len(text) < 120 and not _SENTENCE.search(text):
        return False
    if CRUMB.search(text) or is_tail(text) or is_credit(text) or line.link_share > 0.5:
        return False
    return bool(_SENTENCE.search(text)) or (len(text) > _LONG) or (line.is_row and not SITE_NAME.search(text))


def _cut_head(lines: list[Line], article: Article, page: Page) -> list[Line]:
    """Everything up to the line of date and source, or up to the title, leaves the body."""
    prose = next((i for i, line in enumerate(lines) if is_prose(line)), len(lines))
    info = [i for i, line in enumerate(lines[: min(prose, _HEAD_REACH)]) if _is_info(line.text)]
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
        and not _SENTENCE.search(re.sub(r"[【\[].*?[】\]]", "", text))
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
        or _STOP.search(text)
        or is_numbered(text)
        or is_prose(line)
        or DATE_LINE.match(text)
        or is_credit(text)
    )


def _cut_tail(lines: list[Line], article: Article) -> list[Line]:
    """Everything goes from the first mark of a page's end behind which there is less running text than before it."""
    prose = [len(line.text) if is_prose(line) else 0 for line in lines]
    before, after = 0, sum(prose)
    for index, line in enumerate(lines):
        ends = is_tail(line.text) or line.link_share > 0.9
        if ends and before > after and (after == 0 or _NEXT_PAGE.match(line.text)):
            article.tail = lines[index:] + article.tail
            return lines[:index]
        before, after = before + prose[index], after - prose[index]
    return lines


# What follows these belongs to other articles, even where it is running text.
_NEXT_PAGE = re.compile(
    r"^[\[【(（]?\s*(?:上一[篇条页]|下一[篇条页]|上篇|下篇|相关(?!负责|部门|领导)|延伸阅读|推荐阅读|热点|猜你喜欢|版权所有|主办)"
)


def _without_singles(lines: list[Line], article: Article) -> list[Line]:
    """Credits and stray furniture between paragraphs are single lines."""
    kept = []
    for index, line in enumerate(lines):
        stray = is_tail(line.text) and len(line.text) < 60 and not is_prose(line)
        crumb = index < 3 and CRUMB.search(line.text)
        if (
            is_credit(line.text)
            or stray
            or crumb
            or ORNAMENT.match(line.text)
            or SIZE_BAR.fullmatch(line.text.strip())
        ):
            article.tail.append(line)
        else:
            kept.append(line)
    return [_without_trailing_credit(line, article) for line in kept]


_TRAILING_CREDIT = re.compile(
    r"(?<=[。！？”])\s*([（(\[【](?:[^()（）。]{0,20}(?:供稿|供图)|[^()（）。\d]{0,10}(?:通讯员|记者|作者|撰稿|责任编辑|责编|编辑|来源|图文|文图|文|图|[一初]审)[\s/:：][^()（）。]{1,60})[)）\]】])$"
)


def _without_trailing_credit(line: Line, article: Article) -> Line:
    match = _TRAILING_CREDIT.search(line.text)
    if not match:
        return line
    article.tail.append(Line(match[1]))
    return replace(line, text=line.text[: match.start()].rstrip())


def _cut_signature(lines: list[Line], article: Article) -> list[Line]:
    """Organisation and date under the last paragraph."""
    end = len(lines)
    while end > 0 and len(lines) - end < 4:
        line = lines[end - 1]
        dated = bool(DATE_LINE.match(line.text))
        signed = len(line.text) <= 40 and not _STOP.search(line.text) and not is_numbered(line.text)
        by_organ = (
            signed
            and bool(ORGAN.search(line.text))
            and (line.align in ("right", "center") or end < len(lines))
        )
        if not (dated or by_organ or (signed and line.align == "right")):
            break
        article.signature.insert(0, line.text)
        end -= 1
    return lines[:end]


def _sort_captions(lines: list[Line], article: Article, page: Page) -> None:
    """Lines under pictures leave the body."""
    prose = [line for line in lines if is_prose(line)]
    indented = bool(prose) and sum(line.indent > 0 for line in prose) >= 0.6 * len(prose)
    numbered = sum(is_numbered(line.text) for line in lines) >= 3
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if _is_caption(line, following, page, indented=indented, numbered=numbered, first=index == 0):
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
    if is_prose(line) or _STOP.search(text) or first or line.bold:
        return False
    # In a text whose paragraphs are indented, a short line at the margin that opens no section stands under a picture.
    at_margin = indented and line.indent == 0 and not page.marked_up
    opens_nothing = following is None or is_numbered(following.text)
    return at_margin or (numbered and opens_nothing and line.gap)
