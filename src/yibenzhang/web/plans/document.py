"""A plan as an official table in .docx: title, number, the table with a heading repeated on every page, unit and date."""

import io
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from yibenzhang.kernel.official_layout import FANG, HEI, TITLE, right_indent, set_font, set_page, set_styles
from yibenzhang.plans.columns import COLUMNS
from yibenzhang.plans.models import Plan
from yibenzhang.plans.rows import Row
from yibenzhang.plans.standing import ItemStanding

WIDTH = 234  # mm between the margins of a landscape page
WORKING = {"kind", "times", "programmes"}  # how the book recognises what was done; no part of the document
NARROW = {"序号": 15, "完成时限": 27, "月份": 27, "对象": 28, "计划人数": 24, "天数": 15, "状态": 25}


def document_of(plan: Plan, rows: list[tuple[ItemStanding, Row]]) -> bytes:
    """The .docx file, on A4 laid across: a table of eight columns does not fit upright."""
    document = Document()
    set_page(document)
    set_styles(document)
    _lay_across(document.sections[0])
    properties = document.core_properties
    properties.title, properties.author, properties.language = plan.title, plan.unit.name, "zh-CN"
    _centred(document, plan.title, size=22, face=TITLE)
    if plan.document_number:
        _centred(document, plan.document_number, size=16, face=FANG)
    _table(document, plan, rows)
    _signature(document, plan)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _lay_across(section: Any) -> None:
    """Turn the page: what was its top margin is now on the left."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(37), Mm(26)
    section.footer_distance = Mm(17)


def _centred(document: Any, text: str, *, size: int, face: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(34)
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    set_font(run._r.get_or_add_rPr(), face)


def _table(document: Any, plan: Plan, rows: list[tuple[ItemStanding, Row]]) -> None:
    official = [column for column in COLUMNS[plan.sort] if column.code not in WORKING]
    used = [c for c in official if any(row[c.code] for _, row in rows) or c.required]
    heads = ["序号", *(column.heading for column in used), *([] if plan.is_draft else ["状态"])]
    widths = _widths(heads, [column.width for column in used])
    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        _write(cell, head, face=HEI, centred=True)
    _repeat(table.rows[0])
    for each, row in rows:
        state = [] if plan.is_draft else [each.word]
        texts = [str(each.item.number), *(row[column.code] for column in used), *state]
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            _write(cell, text)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for line in table.rows:
        _keep_whole(line)
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Mm(width)


def _widths(heads: list[str], wanted: list[int]) -> list[float]:
    """Millimetres a column: short facts stay narrow, the rest is shared by how much the columns usually hold."""
    share = dict(zip(heads[1:], wanted, strict=False))
    fixed = sum(NARROW.get(head, 0) for head in heads)
    free = sum(width for head, width in share.items() if head not in NARROW)
    return [NARROW.get(head) or (WIDTH - fixed) * share[head] / free for head in heads]


def _write(cell: Any, text: str, *, face: str = FANG, centred: bool = False) -> None:
    """Table text in 小四, off the grid, or each line would take a whole one."""
    paragraph = cell.paragraphs[0]
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(snap, "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph.paragraph_format.line_spacing = Pt(18)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.font.size = Pt(12)
    set_font(run._r.get_or_add_rPr(), face)


def _repeat(row: Any) -> None:
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


def _keep_whole(row: Any) -> None:
    whole = OxmlElement("w:cantSplit")
    whole.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(whole)


def _signature(document: Any, plan: Plan) -> None:
    day = plan.issued_on
    document.add_paragraph()
    for text in (plan.unit.name, f"{day.year}年{day.month}月{day.day}日" if day else "（草稿）"):
        paragraph = document.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        right_indent(paragraph, 2)
