"""The elements of a web page walked in order: blocks become lines, data tables rows, furniture is passed over."""

import re
from dataclasses import dataclass, field
from typing import Any

from yibenzhang.reading.formats.text import tidy_characters
from yibenzhang.reading.page import Line

_BLOCK_TAGS = """
p div section article main header footer aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table tbody thead tr td th caption figure
figcaption blockquote pre center form fieldset address hr body details summary
"""
_DROPPED_TAGS = """
script style noscript template iframe object svg select button textarea input head nav math canvas audio video
"""
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_DROPPED = frozenset(_DROPPED_TAGS.split())
_BOLD = frozenset(("strong", "b", "h1", "h2", "h3", "h4", "h5", "h6"))
_SIDE = re.compile(
    r"(?:^|[\s_-])(?:share|bdshare\w*|bshare|relat\w*|recommend|breadcrumbs?|crumbs?|nav|navi\w*|menu|footer|foot|copyright|side(?:bar)?|comments?|"
    r"pag(?:er|ination|es?_?nav)|toolbar|hot\w*|rank\w*|qrcode|ewm|prev_?next|pn|login|search)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION_CLASS = re.compile(
    r"caption|tuzhu|img-?(?:note|desc|title)|pic-?(?:note|desc|title)|photo-?(?:note|desc)", re.IGNORECASE
)
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"


@dataclass(slots=True)
class Walk:
    """What is being collected while the tree is walked."""

    lines: list[Line] = field(default_factory=list)
    homes: list[Any] = field(default_factory=list)  # the block element of every line
    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)  # text, in a link, in bold
    after_image: str | None = None  # alt text of a picture with no text after it yet
    links: int = 0
    bolds: int = 0


def collect(element: Any, walk: Walk, size: int) -> None:
    """Depth-first without recursion: a mutated page may nest thousands deep."""
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if leaving:
            _leave(node, tag, walk)
            continue
        if tag in _DROPPED or not tag or _is_hidden(node) or (tag != "body" and _is_side(node, size)):
            _keep_tail(node, walk)
            continue
        if tag == "table" and (rows := _data_rows(node)):
            flush(walk, node)
            for row in rows:
                walk.lines.append(Line("\t".join(row)))
                walk.homes.append(node)
            _keep_tail(node, walk)
            continue
        if tag in _BLOCKS or tag == "br":
            flush(walk, _block_of(node.getparent() if node.getparent() is not None else node))
        walk.links += tag == "a"
        walk.bolds += tag in _BOLD
        if tag == "img":
            walk.after_image = node.get("alt") or node.get("title") or ""
        if node.text:
            walk.pieces.append((node.text, walk.links > 0, walk.bolds > 0))
        stack.append((node, True))
        stack += [(child, False) for child in reversed(node)]


def _leave(node: Any, tag: str, walk: Walk) -> None:
    if tag in _BLOCKS:
        flush(walk, node)
    walk.links -= tag == "a"
    walk.bolds -= tag in _BOLD
    _keep_tail(node, walk)


def _keep_tail(node: Any, walk: Walk) -> None:
    if node.tail:
        walk.pieces.append((node.tail, walk.links > 0, walk.bolds > 0))


def _block_of(node: Any) -> Any:
    while node is not None and node.tag not in _BLOCKS and node.getparent() is not None:
        node = node.getparent()
    return node


def flush(walk: Walk, home: Any) -> None:
    pieces, walk.pieces = walk.pieces, []
    raw = tidy_characters("".join(text for text, _, _ in pieces))
    raw = re.sub(rf"(?<=[{_CJK}])\s*[\r\n]\s*(?=[{_CJK}])", "", raw)
    raw = re.sub(r"[ \t\r\n\f]+", " ", raw)
    text = raw.strip(" \u3000")
    if not text:
        return
    total = sum(len(part.strip()) for part, _, _ in pieces) or 1
    image, walk.after_image = walk.after_image, None
    align = _alignment(home)
    line = Line(
        text,
        indent=4 if raw.startswith("\u3000") or "text-indent" in (home.get("style") or "") else 0,
        align=align,  # type: ignore[arg-type]
        heading=home.tag in ("h1", "h2", "h3", "h4"),
        bold=sum(len(part.strip()) for part, _, bold in pieces if bold) / total > 0.9,
        link_share=sum(len(part.strip()) for part, link, _ in pieces if link) / total,
    )
    described = image is not None and (align == "center" or bool(image and image in text) or len(text) <= 40)
    line.caption = (
        home.tag == "figcaption" or bool(_CAPTION_CLASS.search(home.get("class") or "")) or described
    )
    walk.lines.append(line)
    walk.homes.append(home)


def _alignment(node: Any) -> str:
    for _ in range(3):
        if node is None:
            break
        said = re.search(
            r"text-align\s*:\s*(center|right|left|justify)", node.get("style") or "", re.IGNORECASE
        )
        value = (said[1] if said else node.get("align") or "").lower()
        if node.tag == "center" or value == "center":
            return "center"
        if value:
            return "right" if value == "right" else ""
        node = node.getparent()
    return ""


def _is_hidden(node: Any) -> bool:
    return node.get("hidden") is not None or bool(
        re.search(r"display\s*:\s*none", node.get("style") or "", re.IGNORECASE)
    )


def _is_side(node: Any, size: int) -> bool:
    name = f"{node.get('class') or ''} {node.get('id') or ''}"
    if node.tag != "aside" and not _SIDE.search(name):
        return False
    return len(node.text_content()) < 0.4 * size


def _data_rows(table: Any) -> list[list[str]]:
    """Rows of a table of data; empty for a table that only lays out the page."""
    if table.find(".//table") is not None or table.find(".//h1") is not None:
        return []
    rows = []
    for row in table.iter("tr"):
        cells = [
            " ".join(tidy_characters(cell.text_content()).split()) for cell in row if cell.tag in ("td", "th")
        ]
        if any(cells):
            rows.append(cells)
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or not cells or max(len(row) for row in rows) < 2 or max(map(len, cells)) > 200:
        return []
    return rows
