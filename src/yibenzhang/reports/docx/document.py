"""A report as an official document: clean for sending, or 附数据来源 with a comment at every number and an annex."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from yibenzhang.kernel.official_layout import (
    TITLE,
    first_line,
    left_indent,
    right_indent,
    set_font,
    set_page,
    set_styles,
)
from yibenzhang.reports.composition import Composed
from yibenzhang.reports.docx.annex import add_annex
from yibenzhang.reports.docx.blocks import add_blocks, set_caption_style
from yibenzhang.reports.edition import Edition, Source
from yibenzhang.reports.marks import Mark

MOST_IN_TITLE = 19  # characters of 22 pt in 156 mm
_BREAK = re.compile(r"\d年(?:[上下]半年)?|局|委|”|落实|关于|工作")


def document_of(edition: Edition, *, annotated: bool = False) -> bytes:
    """The .docx file; `annotated` adds the sources (附数据来源)."""
    document = Document()
    set_page(document)
    set_styles(document)
    set_caption_style(document)
    _describe(document, edition)
    _title(document, edition.title)
    sources = {source.mark.number: source for source in edition.sources}
    for paragraph in edition.text.paragraphs:
        if paragraph.blocks:
            add_blocks(document, paragraph)
        else:
            _paragraph(document, paragraph, sources if annotated else {}, edition.day)
    if annotated:
        _attachment_note(document)
    _signature(document, edition)
    if annotated:
        add_annex(document, edition)
    buffer = io.BytesIO()
    document.save(buffer)
    return _settled(buffer.getvalue(), edition.day)


def _settled(document: bytes, day: date) -> bytes:
    """The same package with the report's day on every part: an issued version always gives the same bytes."""
    buffer = io.BytesIO()
    stamp = (day.year, day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(document)) as made, zipfile.ZipFile(buffer, "w") as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, stamp), made.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _describe(document: Any, edition: Edition) -> None:
    properties = document.core_properties
    properties.title, properties.author = edition.title, edition.unit.name
    properties.last_modified_by, properties.language = edition.unit.name, "zh-CN"
    properties.comments = f"摘要值 {edition.digest}" if edition.digest else "草稿"
    properties.created = properties.modified = datetime.combine(edition.day, time(), tzinfo=UTC)


def _title(document: Any, title: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    run = paragraph.add_run()
    for number, line in enumerate(title_lines(title)):
        if number:
            run.add_break()
        run.add_text(line)
    run.font.size = Pt(22)
    set_font(run._r.get_or_add_rPr(), TITLE)
    document.add_paragraph()


def title_lines(title: str) -> list[str]:
    """A long title in two lines broken where the words allow it nearest the middle, so that no character stands alone."""
    if _width(title) <= MOST_IN_TITLE:
        return [title]
    breaks = title_breaks(title)
    place = min(breaks or [len(title) // 2], key=lambda end: abs(_width(title[:end]) - _width(title) / 2))
    return [title[:place], title[place:]]


def title_breaks(title: str) -> list[int]:
    """Where a title may be broken: after 局, 2023年, ” and the like."""
    return [match.end() for match in _BREAK.finditer(title) if match.end() < len(title)]


def _paragraph(document: Any, composed: Composed, sources: dict[int, Source], day: date) -> None:
    style = f"Heading {composed.level}" if composed.level else "Normal"
    paragraph = document.add_paragraph(style=style)
    if not composed.level:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        first_line(paragraph._p.get_or_add_pPr(), 200)
    for part in composed.parts:
        run = paragraph.add_run(part if isinstance(part, str) else part.shown)
        _hint(run)
        if isinstance(part, Mark) and part.number in sources:
            _bookmark(run, part)
            source = sources[part.number]
            comment = document.add_comment(run, text=source.sentence, author="党建一本账", initials="账")
            comment._comment_elm.set(qn("w:date"), f"{day.isoformat()}T00:00:00Z")


def _hint(run: Any) -> None:
    """Quotation marks belong to Chinese and Latin faces alike: the hint makes them full-width."""
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:hint"), "eastAsia")


def _bookmark(run: Any, mark: Mark) -> None:
    for name, before in (("w:bookmarkStart", True), ("w:bookmarkEnd", False)):
        element = OxmlElement(name)
        element.set(qn("w:id"), str(mark.number))
        if before:
            element.set(qn("w:name"), mark.anchor)
            run._r.addprevious(element)
        else:
            run._r.addnext(element)


def _attachment_note(document: Any) -> None:
    document.add_paragraph()
    paragraph = document.add_paragraph("附件：数据来源")
    left_indent(paragraph, 2)


def _signature(document: Any, edition: Edition) -> None:
    """Without seal: the name keeps two characters on the right, the date begins two characters after the name."""
    day = f"{edition.day.year}年{edition.day.month}月{edition.day.day}日"
    name_width, day_width = _width(edition.unit.name), _width(day)
    name_right, day_right = 2.0, name_width - day_width
    if day_right < 2:
        name_right, day_right = day_width + 4 - name_width, 2.0
    document.add_paragraph()
    for text, free in ((edition.unit.name, name_right), (day, day_right)):
        paragraph = document.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.keep_together = True
        right_indent(paragraph, free)


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)
