"""A report as one self-contained web page (发布页): words, credits, pictures, a code to scan, and its figures as facts.

The facts stand in a JSON block so that the tier above can take them over instead of asking again (`receiving/`); `content`
is what the digest covers, so that whoever receives the page can compute it anew.
"""

import base64
import io
import json
import re
from typing import Any

import segno
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from yibenzhang.kernel.errors import BookError
from yibenzhang.reports.blocks import Block, shown
from yibenzhang.reports.composition import Composed
from yibenzhang.reports.edition import Edition
from yibenzhang.reports.marks import Mark

LONGEST_URL = 300
FORMAT = "yibenzhang-report-1"


def page_of(edition: Edition, *, url: str = "") -> str:
    """The page as HTML text. `url` is where it will be found; the code then leads there, else it names the report.

    Raises BookError for an address that is no web address, or too long for a code.
    """
    if url and not (re.fullmatch(r"https?://[^\s<>\"']+", url) and len(url) <= LONGEST_URL):
        raise BookError(
            f"网址应以 http:// 或 https:// 开头，不超过 {LONGEST_URL} 字，现为 {url[:60]}。", field="url"
        )
    sources = {source.mark.number: source for source in edition.sources}
    return render_to_string(
        "reports/published.html",
        {
            "edition": edition,
            "day": f"{edition.day.year}年{edition.day.month:02d}月{edition.day.day:02d}日",
            "paragraphs": [_shown(paragraph, sources) for paragraph in edition.text.paragraphs],
            "facts": _json(facts_of(edition, url)),
            "code": _code(url or f"{edition.title} {edition.digest[:16]}".strip()),
            "url": url,
        },
    )


def facts_of(edition: Edition, url: str = "") -> dict[str, Any]:
    """What the page says for programs."""
    return {
        "format": FORMAT,
        "title": edition.title,
        "unit": edition.unit.code,
        "unit_name": edition.unit.name,
        "period": edition.period.code,
        "published_on": edition.day.isoformat(),
        "source": edition.source,
        "version": edition.number,
        "as_of": edition.position,
        "digest": edition.digest,
        "url": url,
        "content": edition.content,
        "figures": edition.facts(),
    }


def _shown(paragraph: Composed, sources: dict[int, Any]) -> dict[str, Any]:
    if paragraph.blocks:
        return {"rows": shown(paragraph.blocks, _inside)}
    parts = [
        {"text": part.shown, "anchor": part.anchor, "title": sources[part.number].sentence}
        if isinstance(part, Mark)
        else {"text": part}
        for part in paragraph.parts
    ]
    return {"level": paragraph.level, "parts": parts}


def _inside(block: Block) -> str:
    """A photograph as part of the page itself."""
    data = block.photograph.read() if block.photograph else b""
    return f"data:image/jpeg;base64,{base64.b64encode(data).decode()}"


def _json(data: dict[str, Any]) -> SafeString:
    """JSON that cannot close its own script element."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    for char, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(char, escaped)
    return mark_safe(text)  # noqa: S308 - escaped above


def _code(text: str) -> SafeString:
    """The code to scan, drawn here: no service outside is asked."""
    buffer = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        buffer, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, title="扫一扫", omitsize=True
    )
    return mark_safe(buffer.getvalue().decode())  # noqa: S308 - drawn by us from escaped text
