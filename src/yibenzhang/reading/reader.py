"""One call: a page in, its reading out."""

from dataclasses import replace

from yibenzhang.reading import metadata
from yibenzhang.reading.article import divide
from yibenzhang.reading.claims.extract import extract
from yibenzhang.reading.claims.sections import sections_of
from yibenzhang.reading.files import load
from yibenzhang.reading.model import ReadError, Reading
from yibenzhang.reading.page import Page
from yibenzhang.reading.relations import find_inconsistencies
from yibenzhang.reading.script import close_up, simplify
from yibenzhang.reading.wrapping import unwrap


def read_page(data: bytes | str, *, filename: str | None = None) -> Reading:
    """Read a page or draft: .txt, .html, .docx or .pdf bytes, or pasted text.

    Raises ``ReadError`` (a message in Chinese that says what to do) when there is nothing to read. ``filename`` only
    sharpens that message; the kind is told from the content.
    """
    page, repairs = _repaired(load(data, filename))
    article = divide(unwrap(page))
    lines = [_tidy(line.text) for line in article.body]
    lines = [line for line in lines if line]
    if not lines and not article.title:
        raise ReadError("没有找到正文。请打开网页后复制正文，再粘贴到这里。")
    claims, non_claims = extract(lines, sections_of(lines))
    return Reading(
        clean_text="\n".join(lines),
        title=metadata.title_of(article, page),
        date=metadata.date_of(article, page),
        source=metadata.source_of(article, page),
        editor=metadata.editor_of(article, page),
        captions=tuple(_tidy(caption) for caption in article.captions),
        claims=claims,
        non_claims=non_claims,
        inconsistencies=find_inconsistencies(claims, "\n".join(lines)),
        repairs=tuple(repairs),
    )


def _tidy(text: str) -> str:
    return "\t".join(close_up(cell) for cell in text.split("\t")) if "\t" in text else close_up(text)


def _repaired(page: Page) -> tuple[Page, list[str]]:
    """The page in Simplified characters, hints included: one conversion for all, so that detection sees everything."""
    keys = list(page.hints)
    texts = [line.text for line in page.lines] + [page.hints[key].replace("\n", " ") for key in keys]
    fixed, repairs = simplify(texts)
    lines = [replace(line, text=text) for line, text in zip(page.lines, fixed, strict=False)]
    hints = dict(zip(keys, fixed[len(lines) :], strict=True))
    return replace(page, lines=lines, hints=hints), repairs
