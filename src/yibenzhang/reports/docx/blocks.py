"""Charts and photographs in the document: off the grid of lines, centred, with their words under them."""

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from yibenzhang.kernel.official_layout import FANG, set_font
from yibenzhang.reports.blocks import Block, rows_of
from yibenzhang.reports.composition import Composed
from yibenzhang.reports.docx.chart_part import A, C, R, add_chart_part

TEXT_WIDTH, PAIR_WIDTH = 156, 76  # mm
TALLEST, PAIR_TALLEST = 85, 76
COLUMNS_TALL, BAR_TALL, MOST_TALL = 62, 8, 200
CAPTION, NOTE = Pt(12), Pt(9)
ABOVE, BETWEEN, BELOW = Pt(8), Pt(3), Pt(8)


def set_caption_style(document: Any) -> None:
    """The style of words under pictures, which readers of the document know by its name (题注)."""
    style = document.styles["Caption"]
    set_font(style.element.get_or_add_rPr(), FANG)
    style.font.size, style.font.bold, style.font.color.rgb = CAPTION, False, RGBColor(0, 0, 0)
    _off_grid(style.element.get_or_add_pPr(), style.paragraph_format)


def add_blocks(document: Any, paragraph: Composed) -> None:
    """The charts and photographs of one place in the text; one that cannot be had says so in a draft."""
    for row in rows_of(paragraph.blocks):
        if len(row) == 2:
            _pair(document, row)
        else:
            _single(document, row[0])


def _single(document: Any, block: Block) -> None:
    if block.problem:
        _words(document.add_paragraph(), f"（{block.kind_name}“{block.words}”放不出来：{block.problem}）")
        return
    place = _picture_paragraph(document.add_paragraph())
    if block.chart:
        _chart(document, place, block)
        last = _words(document.add_paragraph(), f"图{block.rank}　{block.words}")
        for note in block.chart.notes:
            last.paragraph_format.keep_with_next = True
            last = _words(document.add_paragraph(), note, size=NOTE)
    else:
        _photograph(place, block, TEXT_WIDTH, TALLEST)
        last = _words(document.add_paragraph(), block.words)
    last.paragraph_format.space_after = BELOW


def _pair(document: Any, row: list[Block]) -> None:
    """Two photographs beside each other in a table without lines."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for cell, block in zip(table.rows[0].cells, row, strict=True):
        cell.width = Mm(TEXT_WIDTH / 2)
        if block.problem:
            _words(cell.paragraphs[0], f"（照片放不出来：{block.problem}）")
            continue
        _photograph(_picture_paragraph(cell.paragraphs[0]), block, PAIR_WIDTH, PAIR_TALLEST)
        _words(cell.add_paragraph(), block.words).paragraph_format.space_after = BELOW


def _photograph(paragraph: Any, block: Block, width: float, height: float) -> None:
    """The picture as large as the box allows, with its caption as the text for those who do not see it."""
    data = block.photograph.read() if block.photograph else b""
    shape = paragraph.add_run().add_picture(io.BytesIO(data))
    scale = min(Mm(width) / shape.width, Mm(height) / shape.height)
    shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
    shape._inline.docPr.set("descr", block.words)


def _chart(document: Any, paragraph: Any, block: Block) -> None:
    """A frame that points at the chart's part."""
    if block.chart is None:
        return
    reference = add_chart_part(document, block.chart, block.number)
    chart = block.chart.chart
    tall = min(BAR_TALL * len(chart.points) + 12, MOST_TALL) if chart.by == "unit" else COLUMNS_TALL
    key = document.part.next_id
    frame = parse_xml(
        f'<wp:inline {nsdecls("wp")} xmlns:a="{A}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(Mm(TEXT_WIDTH))}" cy="{int(Mm(tall))}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        f'<wp:docPr id="{key}" name="图{block.rank}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{C}"><c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="{reference}"/>'
        "</a:graphicData></a:graphic></wp:inline>"
    )
    frame.find(qn("wp:docPr")).set("descr", f"{block.chart.title}：{chart.description}")
    drawing = OxmlElement("w:drawing")
    drawing.append(frame)
    paragraph.add_run()._r.append(drawing)


def _picture_paragraph(paragraph: Any) -> Any:
    """A line as high as its picture: exact spacing would cut it off."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _off_grid(paragraph._p.get_or_add_pPr(), paragraph.paragraph_format)
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = ABOVE, BETWEEN
    return paragraph


def _words(paragraph: Any, text: str, *, size: Any = None) -> Any:
    paragraph.style = "Caption"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    if size:
        run.font.size = size
    return paragraph


def _off_grid(properties: Any, paragraph_format: Any) -> None:
    paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties.insert_element_before(
        snap, "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr"
    )
