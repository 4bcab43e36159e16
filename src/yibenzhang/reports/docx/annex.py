"""The annex 数据来源: a table of every number, what it counts, and the position of the ledger it was read at."""

from typing import Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from yibenzhang.kernel.official_layout import FANG, HEI, TITLE, set_font
from yibenzhang.reports.blocks import Block
from yibenzhang.reports.edition import Edition, Source
from yibenzhang.reports.tokens import ChartToken, DeclaredToken

COLUMNS = (("序号", 11), ("文中", 20), ("指标", 34), ("口径", 56), ("截至入账", 20), ("凭证", 15))


def add_annex(document: Any, edition: Edition) -> None:
    """Begin a new page with 附件, its title and the table."""
    label = document.add_paragraph()
    label.paragraph_format.page_break_before = True
    run = label.add_run("附件")
    set_font(run._r.get_or_add_rPr(), HEI)
    document.add_paragraph()
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("数据来源")
    run.font.size = Pt(22)
    set_font(run._r.get_or_add_rPr(), TITLE)
    _table(document, edition)
    note = f"期间：{edition.period.label}。账面位置：第{edition.position}笔。"
    note += f"摘要值：{edition.digest}。" if edition.digest else "本件为草稿，数字仍可能变动。"
    _small(document.add_paragraph(), note)


def _table(document: Any, edition: Edition) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for cell, (name, _) in zip(table.rows[0].cells, COLUMNS, strict=True):
        _small(cell.paragraphs[0], name, face=HEI)
    _repeat(table.rows[0])
    charts = [_chart_row(block, edition) for block in edition.text.blocks if block.chart]
    for texts in [*map(_row, edition.sources), *charts]:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            _small(cell.paragraphs[0], text)
    for column, (_, width) in zip(table.columns, COLUMNS, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        _hold_together(row)
        for cell, (_, width) in zip(row.cells, COLUMNS, strict=True):
            cell.width = Mm(width)


def _row(source: Source) -> list[str]:
    mark = source.mark
    if isinstance(mark.token, DeclaredToken):
        return [str(mark.number), mark.shown, "人工核定", f"{mark.token.reason}；{mark.token.source}", "", ""]
    programme = f"（{source.programme}）" if source.programme else ""
    return [
        str(mark.number), mark.shown, source.name + programme, source.definition or mark.message,
        f"第{source.position}笔" if source.name else "", f"{source.vouchers}笔" if source.name else "",
    ]  # fmt: skip


def _chart_row(block: Block, edition: Edition) -> list[str]:
    """A chart among the sources: what it draws and up to where; its records are those of the indicator."""
    notes = "；".join(block.chart.notes) if block.chart else ""
    at = block.token.as_of if isinstance(block.token, ChartToken) else 0
    return [f"图{block.rank}", "", block.words, notes, f"第{at or edition.position}笔", ""]


def _small(paragraph: Any, text: str, *, face: str = FANG) -> None:
    """Table text in 小五 off the grid, or each line would take a whole one."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    paragraph._p.get_or_add_pPr().insert_element_before(
        snap, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr"
    )
    paragraph.paragraph_format.line_spacing = Pt(14)
    run = paragraph.add_run(text)
    run.font.size = Pt(9)
    set_font(run._r.get_or_add_rPr(), face)


def _hold_together(row: Any) -> None:
    """A row stands on one page, so that no definition is read in halves."""
    whole = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().insert(0, whole)


def _repeat(row: Any) -> None:
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)
