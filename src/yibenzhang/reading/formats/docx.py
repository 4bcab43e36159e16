"""Word documents (.docx): paragraphs and tables in order, headers and footers left out."""

import io
import zipfile
from typing import Any

from yibenzhang.kernel.ooxml import OoxmlError, check_ooxml
from yibenzhang.reading.formats.text import tidy_characters
from yibenzhang.reading.model import ReadError
from yibenzhang.reading.page import Line, Page

_MOST_BLOCKS = 20_000  # paragraphs and tables; the characters allowed would be twenty in each
_BROKEN = "Word 文档已损坏，打不开。请用 Word 或 WPS 打开后另存为新的 .docx 再试。"


def read_docx(data: bytes) -> Page:
    """The paragraphs and table rows of a .docx. Raises ``ReadError`` when it is broken, too big or no Word document."""
    _pass_gate(data)
    import docx  # 0.1 s, needed by Word documents only
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
        lines: list[Line] = []
        if len(document.element.body) > _MOST_BLOCKS:
            raise ReadError(f"Word 文档超过 {_MOST_BLOCKS} 段。请删去空段，或拆成几份分别读取。")
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                lines += _rows(block)
            else:
                lines += _paragraph(block)
    except ReadError:
        raise
    except Exception as error:  # python-docx lets KeyError, XMLSyntaxError and others through
        raise ReadError(_BROKEN) from error
    if not any(line.text for line in lines):
        raise ReadError("Word 文档里没有可读文字。若内容是图片，请先做文字识别再粘贴文字。")
    title = (document.core_properties.title or "").strip()
    return Page(lines, hints={"document_title": title} if title else {}, marked_up=True)


def _pass_gate(data: bytes) -> None:
    """The same gate as for evidence and imports: a draft is kept and handed back, so nothing foreign may ride in it."""
    try:
        check_ooxml(data)
    except OoxmlError as error:
        raise ReadError(error.message) from error
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "word/document.xml" not in archive.namelist():
            raise ReadError("这不是 Word 文档（.docx）。请上传 .docx、.pdf、.html 或 .txt 文件。")


def _paragraph(paragraph: Any) -> list[Line]:
    text = tidy_characters(paragraph.text)
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    alignment = {1: "center", 2: "right"}.get(int(paragraph.alignment or 0), "")
    is_title = style in ("title", "标题")
    pieces = [piece for piece in text.split("\n") if piece.strip(" \u3000\t")]
    return [
        Line(
            " ".join(piece.split("\t")).strip(" \u3000"),
            indent=4 if paragraph.paragraph_format.first_line_indent else 0,
            align=alignment,  # type: ignore[arg-type]
            heading=is_title or style.startswith(("heading", "标题")),
            bold=bool(paragraph.runs) and all(run.bold for run in paragraph.runs if run.text.strip()),
            caption=style in ("caption", "题注"),
            gap=is_title,
        )
        for piece in pieces
    ]


def _rows(table: Any) -> list[Line]:
    """The rows as they are written: a width that a cell claims is never unfolded, whatever number it states."""
    rows = []
    above: dict[int, str] = {}
    for row in table._tbl.tr_lst:
        cells, column = [], 0
        for item in row.tc_lst:
            continues = item.vMerge == "continue" and column in above
            text = above[column] if continues else _words(item)
            above[column] = text
            cells.append(text)
            column += max(item.grid_span, 1)
        if any(cells):
            rows.append(Line("\t".join(cells)))
    return rows


def _words(cell: Any) -> str:
    paragraphs = (paragraph.text for paragraph in cell.p_lst)
    return " ".join(tidy_characters("\n".join(paragraphs)).split())
