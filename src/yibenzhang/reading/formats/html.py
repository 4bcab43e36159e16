"""Web pages: block elements become lines, and the element that holds most of the running text bounds the article.

lxml does the parsing. The choice of the main text is ours: general extractors drop what a reading needs (centred
captions, right-set signatures, short list items, table rows, the 来源 and 责任编辑 lines) and know no Chinese labels.
"""

import re
from typing import Any

from lxml import etree, html

from yibenzhang.reading.formats.markup import Walk, collect, flush
from yibenzhang.reading.model import ReadError
from yibenzhang.reading.page import Page

_RUNNING = re.compile(r"[，。；、,;]")
_META = {
    "articletitle": "title",
    "og:title": "title",
    "pubdate": "date",
    "publishdate": "date",
    "article:published_time": "date",
    "contentsource": "source",
    "source": "source",
    "og:article:author": "author",
    "editor": "editor",
    "contenteditor": "editor",
    "responsibleeditor": "editor",
}


def read_html(text: str) -> Page:
    """Lines of a page, the range of its main text and what its head declares."""
    try:
        root = html.document_fromstring(
            re.sub(r"<\?xml[^>]*\?>", "", text).replace("\x00", ""),
            parser=html.HTMLParser(remove_comments=True, remove_pis=True),
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise ReadError("网页里没有可读文字。请打开网页后复制正文再粘贴。") from error
    hints = _hints(root)
    size = max(1, len(root.text_content()))
    walk = Walk()
    body = root.find("body")
    collect(body if body is not None else root, walk, size)
    flush(walk, root)
    return Page(walk.lines, _main_range(walk), hints, marked_up=True)


def _hints(root: Any) -> dict[str, str]:
    hints: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = _META.get((meta.get("name") or meta.get("property") or "").lower())
        if key and (content := (meta.get("content") or "").strip()):
            hints.setdefault(key, content)
    title = root.find(".//title")
    if title is not None and (text := " ".join(title.text_content().split())):
        hints["window_title"] = text
    headline = [" ".join(h.text_content().split()) for h in root.iter("h1")]
    if headline := [text for text in headline if text]:
        hints["headline"] = max(headline, key=len)
    return hints


def _main_range(walk: Walk) -> tuple[int, int] | None:
    """First and last line of the smallest element that holds nearly all running text."""
    weights: dict[Any, int] = {}
    for line, home in zip(walk.lines, walk.homes, strict=True):
        is_text = line.is_row or (
            len(line.text) >= 20 and _RUNNING.search(line.text) and line.link_share < 0.3
        )
        node = home if is_text else None
        while node is not None:
            weights[node] = weights.get(node, 0) + len(line.text)
            node = node.getparent()
    if not weights:
        return None
    node = max(weights, key=lambda element: weights[element])
    node = node.getroottree().getroot()
    while True:
        heavy = [child for child in node if weights.get(child, 0) >= 0.9 * weights[node]]
        if (
            not heavy
            or heavy[0].tag in ("p", "span", "font", "li", "h1", "h2", "h3")
            or (heavy[0] in walk.homes and len(heavy[0]) == 0)
        ):
            break
        node = heavy[0]
    inside = [index for index, home in enumerate(walk.homes) if home is node or node in home.iterancestors()]
    return (inside[0], inside[-1] + 1) if inside else None
