"""Word documents (.docx): paragraphs and tables in order, headers and footers left out."""

import io
import zipfile
from typing import Any

from yibenzhang.reading.formats.text import tidy_characters
from yibenzhang.reading.model import ReadError
from yibenzhang.reading.page import Line, Page

_MAX_UNPACKED = 200 * 1024 * 1024
_MAX_RATIO = 200  # honest documents pack 5 to 30 times; a zip bomb a thousand times
_BROKEN = "Word 文档已损坏，打不开。请用 Word 或 WPS 打开后另存为新的 .docx 再试。"


def read_docx(data: bytes) -> Page:
    """The paragraphs and table rows of a .docx. Raises ``ReadError`` when it is broken, too big or no Word document."""
    _guard_archive(data)
    import docx  # 0.1 s, needed by Word documents only
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
        lines: list[Line] = []
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


def _guard_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReadError(_BROKEN) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise ReadError("文件有密码保护。请去掉密码后再试。")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _MAX_UNPACKED or unpacked > _MAX_RATIO * max(len(data), 20_000):
        raise ReadError("压缩包解开后过大，疑似压缩炸弹，已停止读取。请检查文件来源。")
    names = {entry.filename for entry in entries}
    if "word/document.xml" not in names:
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
    rows = []
    for row in table.rows:
        cells, seen = [], set()
        for cell in row.cells:
            if cell._tc in seen:  # a merged cell is listed once per grid column
                continue
            seen.add(cell._tc)
            cells.append(" ".join(tidy_characters(cell.text).split()))
        if any(cells):
            rows.append(Line("\t".join(cells)))
    return rows
