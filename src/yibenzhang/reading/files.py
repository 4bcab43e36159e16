"""What kind of input this is, and the limits it must keep. Kinds are told by content, never by file name alone."""

import re

from yibenzhang.reading.encoding import decode
from yibenzhang.reading.formats.text import read_text
from yibenzhang.reading.model import ReadError
from yibenzhang.reading.page import Page

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 400_000  # of one article's text; a book of this size has some 600 printed pages
_HTML = re.compile(
    r"<\s*(?:!doctype\s+html|html|head|body|div|p|table|article|section|span|br|h[1-6]|meta|td)\b[^>]*/?>",
    re.IGNORECASE,
)
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "这是图片，没有可读文字。请先做文字识别（OCR），再上传或粘贴文字。"),
    (b"\xff\xd8\xff", "这是图片，没有可读文字。请先做文字识别（OCR），再上传或粘贴文字。"),
    (b"GIF8", "这是图片，没有可读文字。请先做文字识别（OCR），再上传或粘贴文字。"),
    (b"{\\rtf", "不能读 .rtf 文件。请用 Word 或 WPS 打开后另存为 .docx 再试。"),
    (b"Rar!", "这是压缩包。请解压后上传里面的文档。"),
    (b"7z\xbc\xaf", "这是压缩包。请解压后上传里面的文档。"),
    (b"\x1f\x8b", "这是压缩包。请解压后上传里面的文档。"),
    (b"MZ", "这是程序文件，不是文字。请上传 .docx、.pdf、.html 或 .txt 文件。"),
    (b"\x7fELF", "这是程序文件，不是文字。请上传 .docx、.pdf、.html 或 .txt 文件。"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def load(data: bytes | str, filename: str | None) -> Page:
    """The page in a file or in pasted text. Raises ``ReadError`` with a reason in Chinese when there is none."""
    if isinstance(data, str):
        # A lone surrogate is half of a broken character; no encoder takes it further on.
        data = data.encode("utf-8", "replace").decode("utf-8")
        return _from_text(data)
    if len(data) > MAX_BYTES:
        raise ReadError(
            f"文件有 {len(data) / 1024 / 1024:.0f} MB，超过 {MAX_BYTES // 1024 // 1024} MB 的上限。请只上传正文部分。"
        )
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError("文件是空的。请检查后重新上传。")
    if data.startswith(_OLE):
        raise ReadError(_ole_reason(data))
    for mark, reason in _REFUSED:
        if data.startswith(mark):
            raise ReadError(reason)
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        from yibenzhang.reading.formats.docx import read_docx

        return read_docx(data)
    if b"%PDF-" in data[:1024]:
        from yibenzhang.reading.formats.pdf import read_pdf

        return read_pdf(data)
    if filename and filename.lower().endswith((".docx", ".pdf")):
        kind = filename.rpartition(".")[2].lower()
        raise ReadError(f"文件名是 .{kind}，内容却不是，可能已损坏。请重新导出后再试，或直接粘贴文字。")
    return _from_text(decode(data))


def _ole_reason(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "文件有密码保护。请去掉密码后再试。"
    return "不能读旧版 Office 文件（.doc、.xls）。请用 Word 或 WPS 打开后另存为 .docx 再试。"


def _from_text(text: str) -> Page:
    if not text.strip():
        raise ReadError("没有文字。请粘贴或上传要读的文章。")
    if len(text) > 20 * MAX_CHARACTERS:
        raise ReadError("文字过长。请只保留一篇文章再试。")
    if len(_HTML.findall(text[:20_000])) >= 2:
        from yibenzhang.reading.formats.html import read_html

        page = read_html(text)
    else:
        page = read_text(text)
    if sum(len(line.text) for line in page.lines) > MAX_CHARACTERS:
        raise ReadError(f"文字超过 {MAX_CHARACTERS // 10_000} 万字的上限。请拆成几份分别读取。")
    if sum(char.isalnum() for line in page.lines for char in line.text) == 0:
        raise ReadError("没有可读文字。请检查文件内容，或直接粘贴文字。")
    if _garbage_share(page) > 0.1:
        raise ReadError("这不是文字，读出来是乱码。请上传 .docx、.pdf、.html 或 .txt 文件，或直接粘贴文字。")
    return page


def _garbage_share(page: Page) -> float:
    text = "".join(line.text for line in page.lines)[:20_000]
    return sum(char == "\ufffd" or "\x80" <= char < "\xa0" for char in text) / max(1, len(text))
