"""Taking in a form that somebody sent: only a harmless .xlsx or .docx of sensible size gets any further."""

from dataclasses import dataclass

from yibenzhang.kernel.errors import BookError
from yibenzhang.vouchers.evidence_gate import inspect

LARGEST = 5 * 1024 * 1024
XLSX, DOCX = "xlsx", "docx"
OLE = b"\xd0\xcf\x11\xe0"
MACROS = {"xlsm": "xlsx", "xltm": "xlsx", "docm": "docx", "dotm": "docx"}
OLD = {"xls": "xlsx", "et": "xlsx", "doc": "docx", "wps": "docx"}


class FormFileError(BookError):
    """A file that cannot be filled."""

    def __init__(self, message: str) -> None:
        super().__init__(message, field="file")


@dataclass(frozen=True)
class FormFile:
    """A file that passed the gate; `kind` is xlsx or docx."""

    name: str
    kind: str
    data: bytes


def admit(name: str, data: bytes) -> FormFile:
    """Check an uploaded form: type, size, macros, external content, bombs, classification marks.

    Raises BookError with field `file` saying what to do; nothing of a refused file is kept.
    """
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension in MACROS:
        raise FormFileError(f"“.{extension}”带宏，不收。请另存为 .{MACROS[extension]} 再上传。")
    if extension in OLD or (extension in {XLSX, DOCX} and data.startswith(OLE)):
        target = OLD.get(extension, extension)
        raise FormFileError(f"这是旧格式或加了密的文件。请取消密码，另存为 .{target} 再上传。")
    if extension not in {XLSX, DOCX}:
        raise FormFileError("只收 .xlsx 和 .docx，请把上级发来的表另存为其中一种再上传。")
    if len(data) > LARGEST:
        raise FormFileError(f"文件有 {len(data) / 1024 / 1024:.0f} MB，最多 5 MB。请去掉图片或拆成几张表。")
    try:
        clean, _, _ = inspect(name, data)
    except BookError as error:
        raise FormFileError(error.message) from None
    return FormFile(clean, extension, data)
