"""Title, date, source and editor, from the line under the title, the tail, the signature and what markup declares."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from yibenzhang.reading.furniture import DATE_LINE, DOCUMENT_TITLE, LABEL, ORGAN
from yibenzhang.reading.page import Line, Page
from yibenzhang.reading.parts import Article

# A value ends at the next label, at a date, or at wide blanks; several names in a row belong together.
_END = (
    rf"(?=$|[\s　|｜/,，;；\[\]]*(?:{LABEL.pattern})\s*[:：/]|\s*(?:19|20)\d\d[-年./]|[【\[\t]|\s[|｜]|\s{{2,}}|　|[|｜]"
    r"|浏览|点击|阅读|访问|字号|字体|打印)"
)
_VALUE = rf"\s*[:：\t|｜丨]\s*(?P<value>.*?)\s*{_END}"
_LABELLED_DATE = re.compile(
    r"(?:发布|发文|成文|刊发|印发|上传|录入|添加|创建|更新)?(?:时间|日期)\s*[:：]?\s*(?P<date>(?:19|20)\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2})"
)
_ANY_DATE = re.compile(r"(?<!\d)(?P<date>(?:19|20)\d\d\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2})(?!\d)")
_CHINESE_DATE = re.compile(
    r"([二一][〇零○一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
# 2025-03-18 15:31 岫宁晚报: nothing but time and paper.
_AFTER_TIME = re.compile(
    r"^(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?\s+(?P<value>[^\s\d:：|]{2,16})$"
)
_SOURCE = re.compile(
    rf"(?:(?:信息|文章|稿件|内容|新闻|资料)?来源于?|稿源|信息提供|发布(?:单位|机构|部门|机关)|发文机[关构]|供稿单位){_VALUE}"
)
_EDITOR = re.compile(
    r"(?:责任编辑|责编|(?<![执行网络值班])编辑)(?:人员)?(?:\s*[:：/丨|]\s*|(?<=责任编辑)\s+(?=[一-鿿]{2,4}\b))"
    rf"(?P<value>.*?)\s*{_END}"
)
_BY_ORGAN = re.compile(rf"(?:作者|供稿|撰稿|报送单位|填报单位){_VALUE}")  # an author that is no person
_NAMED = re.compile(r"^(?:名\s*称|标\s*题|题\s*名)\s*[:：\t]\s*")
_DIGITS = {char: index for index, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_SITE_SUFFIX = re.compile(
    r"\s*(?:[_|｜]|\s[-–—]\s|--|_|-(?=[^-]{2,20}(?:网|网站|政府|局|委|厅|中心|网页|平台)$))\s*"
)


def title_of(article: Article, page: Page) -> str | None:
    """The title in one line: lines joined, a subtitle behind its dash."""
    hints = page.hints
    window = hints.get("window_title", "")
    written = _joined(_repeated_in(window, article.title)) or _title_in_head(article.head, window)
    named = [_NAMED.sub("", line.text) for line in article.head if _NAMED.match(line.text)]
    written = _NAMED.sub("", written) or next((text.split("\t")[0] for text in named), "")
    for candidate in (hints.get("title"), hints.get("headline")):
        if candidate and not _is_site(candidate):
            return _fuller(_joined([candidate]), written)
    if written:
        return written
    return _SITE_SUFFIX.split(window)[0].strip() or hints.get("document_title") or None


def _repeated_in(window: str, lines: list[str]) -> list[str]:
    """Of several lines those that the window title repeats, and their subtitles; all when it repeats none."""
    shown = re.sub(r"\W", "", window)
    if not shown:
        return lines
    kept = [line for line in lines if re.sub(r"\W", "", line) in shown or re.match(r"[—–―]", line)]
    return kept if any(not re.match(r"[—–―]", line) for line in kept) else lines


def _title_in_head(head: list[Line], window: str) -> str:
    """The line above the article that the window title repeats, or else the last heading; with its subtitle."""
    shown = re.sub(r"\W", "", window)
    best, place = "", -1
    for index, line in enumerate(head[-25:], max(0, len(head) - 25)):
        bare = re.sub(r"\W", "", line.text)
        repeated = len(bare) >= 6 and bare in shown and len(line.text) >= len(best)
        if repeated or (line.heading and not best and len(bare) >= 6):
            best, place = line.text, index
    if place < 0:
        return ""
    following = head[place + 1].text if place + 1 < len(head) else ""
    return _joined([best, following]) if re.match(r"[—–―]", following) else _joined([best])


def _fuller(declared: str, written: str) -> str:
    """What the page shows, when it only goes on where the declared title stops (a subtitle)."""
    bare = re.sub(r"\W", "", declared)
    return written if bare and re.sub(r"\W", "", written).startswith(bare) else declared


def _is_site(text: str) -> bool:
    return len(text) <= 16 and bool(re.search(r"(?:网|网站|政府|首页|门户)$", text))


def _joined(lines: list[str]) -> str:
    title = ""
    for line in lines:
        line = " ".join(line.split())
        goes_on = re.match(r"[—–―-]", line) or DOCUMENT_TITLE.search(line)
        if not title or goes_on or title[-1] in "：:，,、":
            title += line
        else:
            title += (" " if re.search(r"[”》\w]$", title) else "") + line
    return title.strip()


def date_of(article: Article, page: Page) -> str | None:
    """Date of publication as YYYY-MM-DD: the labelled one, the declared one, any in the head, that of the signature."""
    head = [line.text for line in article.head]
    tail = [line.text for line in article.tail]
    for pattern, texts in (
        (_LABELLED_DATE, head),
        (_ANY_DATE, [page.hints.get("date", "")]),
        (_ANY_DATE, [text for text in head if not text.startswith("今天")]),
        (_ANY_DATE, [text for text in article.signature if DATE_LINE.match(text)]),
        (_CHINESE_DATE, article.signature + head),
        (_LABELLED_DATE, tail),
    ):
        for text in texts:
            match = pattern.search(text)
            if match and (date := _chinese(match) if pattern is _CHINESE_DATE else _iso(match["date"])):
                return date
    return None


def _iso(written: str) -> str | None:
    year, month, day = (int(part) for part in re.findall(r"\d+", written)[:3])
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _chinese(match: re.Match[str]) -> str | None:
    from yibenzhang.reading.claims.numerals import read_chinese

    year = int("".join(str(_DIGITS[char]) for char in match[1]))
    month, day = read_chinese(match[2]), read_chinese(match[3])
    return _iso(f"{year}-{month.value}-{day.value}") if month and day else None


def source_of(article: Article, page: Page) -> str | None:
    """Who published: the 来源 of the head, then of the tail, the declared one, the signature, 某某供稿."""
    for text in [*_with_values(article.head), *(line.text for line in article.tail)]:
        match = _SOURCE.search(text) or _AFTER_TIME.match(text)
        if match and (value := _name(match["value"])):
            return value
    if declared := page.hints.get("source"):
        return declared
    for line in [*article.head, *article.tail]:
        match = _BY_ORGAN.search(line.text)
        if match and ORGAN.search(value := _name(match["value"])):
            return value
    signed = [text for text in article.signature if not DATE_LINE.match(text) and ORGAN.search(text)]
    if signed:
        return signed[-1]
    for line in article.tail:
        match = re.match(r"^[（(\[【]\s*([^()（）\s]{2,24}?)\s*供稿\s*[)）\]】]$", line.text)
        if match:
            return match[1]
    return None


def editor_of(article: Article, page: Page) -> str | None:
    """责任编辑 before 编辑, as written."""
    lines = [*article.tail, *article.head]
    for strict in (True, False):
        for line in lines:
            for match in _EDITOR.finditer(line.text):
                if strict and not match[0].startswith("责"):
                    continue
                if value := _name(match["value"]):
                    return value
    return page.hints.get("editor")


def _with_values(head: list[Line]) -> Iterator[str]:
    """Texts of the head; a label alone on its line gets the value from the next."""
    texts = [line.text for line in head]
    for text, following in zip_longest(texts, texts[1:], fillvalue=""):
        alone = re.search(r"[:：]$", text) and not re.search(r"[:：]", following[:12])
        yield text + following if alone else text


def _name(value: str) -> str:
    value = re.sub(r"^([一-鿿]) ([一-鿿])$", r"\1\2", value)  # 李 某: a name of two characters set wide
    return value.strip(" 　:：;；,，()（）[]【】［］〔〕|｜。")
