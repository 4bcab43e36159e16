"""The tail of a page: other articles, buttons, credits, and the signature under the text."""

import re
from dataclasses import replace

from yibenzhang.reading.claims.sections import is_numbered
from yibenzhang.reading.furniture import CRUMB, DATE_LINE, ORGAN, ORNAMENT, SIZE_BAR, is_credit, is_tail
from yibenzhang.reading.page import Line
from yibenzhang.reading.parts import STOP, Article, is_prose


def cut_tail(lines: list[Line], article: Article) -> list[Line]:
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


def without_singles(lines: list[Line], article: Article) -> list[Line]:
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


def cut_signature(lines: list[Line], article: Article) -> list[Line]:
    """Organisation and date under the last paragraph."""
    end = len(lines)
    while end > 0 and len(lines) - end < 4:
        line = lines[end - 1]
        dated = bool(DATE_LINE.match(line.text))
        signed = len(line.text) <= 40 and not STOP.search(line.text) and not is_numbered(line.text)
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
