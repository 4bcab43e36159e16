"""A list as an official table in Word: A4 across, the page of an official document turned by a quarter (GB/T 9704)."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from yibenzhang.kernel.official_layout import FANG, HEI, KAI, TITLE, set_font, set_page, set_styles
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.standing import Progress, dated

COLUMNS = (("序号", 15), ("事项", 71), ("依据", 40), ("期限", 24), ("责任人", 22), ("来源", 26), ("进展", 27))
RIGHT_EDGE, LEFT_EDGE, TOP_EDGE, BOTTOM_EDGE = (
    Mm(37),
    Mm(35),
    Mm(28),
    Mm(26),
)  # the upright page's top, bottom, sides


def document_of(
    shown: ResponsibilityList,
    items: Sequence[ResponsibilityItem],
    progress: Mapping[int, Progress],
    day: date,
) -> bytes:
    """The .docx file; a draft says so and has no progress."""
    document = Document()
    set_page(document)
    set_styles(document)
    _turn(document)
    properties = document.core_properties
    properties.title, properties.author = shown.title, shown.issued_by.name
    properties.last_modified_by, properties.language = shown.issued_by.name, "zh-CN"
    properties.created = properties.modified = datetime.combine(day, time(), tzinfo=UTC)
    _head(document, shown, day)
    _table(document, items, progress)
    _foot(document, shown)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _turn(document: Any) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.top_margin, section.bottom_margin = TOP_EDGE, BOTTOM_EDGE
    section.left_margin, section.right_margin = LEFT_EDGE, RIGHT_EDGE
    section.footer_distance = Mm(16)


def _head(document: Any, shown: ResponsibilityList, day: date) -> None:
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(34)
    run = title.add_run(shown.title + ("（草稿）" if shown.is_draft else ""))
    run.font.size = Pt(22)
    set_font(run._r.get_or_add_rPr(), TITLE)
    line = document.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    parts = [
        f"责任单位：{shown.answers}" if shown.unit else "",
        shown.document_number,
        f"进展截至{dated(day)}",
    ]
    run = line.add_run("　　".join(part for part in parts if part))
    run.font.size = Pt(14)
    set_font(run._r.get_or_add_rPr(), KAI)


def _table(document: Any, items: Sequence[ResponsibilityItem], progress: Mapping[int, Progress]) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, (name, _) in zip(table.rows[0].cells, COLUMNS, strict=True):
        _small(cell.paragraphs[0], name, face=HEI, centred=True)
    _repeat(table.rows[0])
    for item in items:
        row = table.add_row()
        _keep_whole(row)
        for number, (cell, text) in enumerate(
            zip(row.cells, row_of(item, progress.get(item.pk)), strict=True)
        ):
            _small(cell.paragraphs[0], text, centred=number in {0, 3})
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, COLUMNS, strict=True):
            cell.width = Mm(width)


def row_of(item: ResponsibilityItem, progress: Progress | None) -> list[str]:
    """The cells of an item: what is asked, by which text, until when, by whom, from whose item, and how it stands."""
    version = item.current
    text = version.text
    if version.business_goal:
        text += f"（服务业务目标：{version.business_goal}）"
    for each in version.milestones:
        due = date.fromisoformat(each["due"])
        text += f"\n· {each['name']}，{due.month}月{due.day}日前"
    origin = ""
    if item.origin is not None and item.origin.list.unit is not None:
        origin = f"{item.origin.list.unit}第{item.origin.number}项"
    standing = progress.word if progress else ""
    if progress is not None and progress.statement is not None and progress.state == "stated":
        standing += (
            f"（{progress.statement.by.label}，{progress.statement.on.month}月{progress.statement.on.day}日）"
        )
    deadline = f"{version.deadline.month}月{version.deadline.day}日"
    return [str(item.number), text, version.basis, deadline, version.lead, origin, standing]


def _foot(document: Any, shown: ResponsibilityList) -> None:
    document.add_paragraph()
    day = dated(shown.issued_on) if shown.issued_on else ""
    for text in (shown.issued_by.name, day):
        if text:
            paragraph = document.add_paragraph(text)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.keep_together = True


def _small(paragraph: Any, text: str, *, face: str = FANG, centred: bool = False) -> None:
    """Table text in 小四 off the grid, or each line would take a whole one."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(
        snap, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"
    )
    paragraph.paragraph_format.line_spacing = Pt(18)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for number, line in enumerate(text.split("\n")):
        if number:
            run.add_break()
        run.add_text(line)
    run.font.size = Pt(12)
    set_font(run._r.get_or_add_rPr(), face)


def _repeat(row: Any) -> None:
    _mark(row, "w:tblHeader")


def _keep_whole(row: Any) -> None:
    _mark(row, "w:cantSplit")


def _mark(row: Any, name: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)
