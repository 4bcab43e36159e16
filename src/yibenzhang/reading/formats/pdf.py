"""PDF with text: printed lines of every page, pages apart by a form feed."""

import io
import logging

from yibenzhang.reading.formats.text import read_text
from yibenzhang.reading.model import ReadError
from yibenzhang.reading.page import Page

MAX_PAGES = 100


def read_pdf(data: bytes) -> Page:
    """The text of a PDF. Raises ``ReadError`` for passwords, damage, too many pages and scanned pictures."""
    import pypdf  # 0.2 s, needed by PDF only

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on sloppy files are not for the user
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError("PDF 有密码保护。请去掉密码后再试。")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise ReadError(f"PDF 共 {count} 页，超过 {MAX_PAGES} 页的上限。请拆成几份分别读取。")
        pages = [page.extract_text() or "" for page in reader.pages]
    except ReadError:
        raise
    except Exception as error:  # pypdf lets many kinds of errors through on damaged files
        raise ReadError("PDF 已损坏，打不开。请重新导出 PDF，或直接粘贴文字。") from error
    text = "\x0c".join(pages)
    if not text.strip():
        raise ReadError("PDF 没有可读文字，可能是扫描图片。请先做文字识别（OCR），再上传或粘贴文字。")
    page = read_text(text)
    page.printed = True
    return page
