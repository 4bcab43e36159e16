"""What may become evidence (佐证材料): type, size, pixels and classification marks, looked at before anything is kept."""

import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Callable

from PIL import Image, ImageOps

from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.ooxml import check_archive, check_ooxml
from yibenzhang.kernel.scanning import scan

LARGEST = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_NAME = 200
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "txt": "text/plain",
}
ALLOWED = "pdf、jpg、png、docx、xlsx、ofd、txt"
# A level of secrecy directly before the mark, however spaced: 机密★, 机 密 ★ 5年, 绝密☆.
MARK = re.compile(r"(绝\s*密|机\s*密|秘\s*密)\s*[★☆⋆✩✭✮*]")
# What makes a PDF act by itself or carry other files; names may be written with escapes (/J#61vaScript).
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_HIDDEN_BEHIND = re.compile(
    rb"PK\x03\x04[\x00-\x3f]\x00|<(?:!doctype\s+html|html|script|svg)[\s>]", re.IGNORECASE
)
MARKED = "“{name}”带有密级标志，已拒收，系统没有保留它。涉密文件不得在本系统处理，请按保密规定处置，并告知本单位保密人员。"


class EvidenceError(BookError):
    """A file that cannot be evidence."""


def inspect(name: str, data: bytes) -> tuple[str, bytes, str]:
    """Check a file; return its clean name, the bytes to keep (images lose EXIF and position) and its content type.

    Raises EvidenceError with what to do. Nothing of a refused file is kept.
    """
    name = clean_name(name)
    _refuse_marks(name, name)
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension not in CONTENT_TYPES:
        raise EvidenceError(f"“{name}”的格式不收，请换成 {ALLOWED} 之一。", field="files")
    if not data:
        raise EvidenceError(f"“{name}”是空文件，请重新选择。", field="files")
    if len(data) > LARGEST:
        raise EvidenceError(f"“{name}”超过 20 MB，请压缩或拆开后再传。", field="files")
    kept = _CHECKS[extension](name, data)
    scan(name, data)
    return name, kept, CONTENT_TYPES[extension]


def clean_name(name: str) -> str:
    """The last part of a path without control and direction characters, at most 200 characters with its extension."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(char for char in name if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    name = name.strip(" .") or "未命名"
    stem, dot, extension = name.rpartition(".")
    if len(name) > LONGEST_NAME and dot and len(extension) <= 10:
        return stem[: LONGEST_NAME - len(extension) - 1] + dot + extension
    return name[:LONGEST_NAME]


def _refuse_marks(name: str, text: str) -> None:
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(char for char in plain if unicodedata.category(char) != "Cf")
    if MARK.search(plain):
        raise EvidenceError(MARKED.format(name=name), field="files")


def _mismatch(name: str) -> EvidenceError:
    return EvidenceError(f"“{name}”的内容与扩展名不符，请用原来的程序另存后再传。", field="files")


def _pdf(name: str, data: bytes) -> bytes:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        raise _mismatch(name)
    if _HIDDEN_BEHIND.search(data):
        raise EvidenceError(f"“{name}”里还藏着别的文件，可能被改造过。请重新导出 PDF 后再传。", field="files")
    names = _NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), data)
    if _ACTIVE.search(names):
        raise EvidenceError(
            f"“{name}”带有脚本、自动运行的动作或附件。请用“打印为 PDF”重新导出后再传。", field="files"
        )
    return data


def _image(kind: str) -> Callable[[str, bytes], bytes]:
    def check(name: str, data: bytes) -> bytes:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(data), formats=[kind]) as image:
                    return _without_metadata(name, image, kind)
        except EvidenceError:
            raise
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise _too_large(name) from None
        except Exception:  # a broken picture makes the decoder raise almost anything
            raise _mismatch(name) from None

    return check


def _too_large(name: str) -> EvidenceError:
    return EvidenceError(f"“{name}”超过 5000 万像素，请缩小后再传。", field="files")


def _without_metadata(name: str, image: Image.Image, kind: str) -> bytes:
    """Encode the picture again: position, device and maker's notes are gone, and so is anything hidden behind it."""
    if image.width * image.height > MOST_PIXELS:
        raise _too_large(name)
    upright = ImageOps.exif_transpose(image)
    plain = Image.new(upright.mode, upright.size)
    if upright.mode == "P":
        plain.putpalette(upright.getpalette() or [])
    plain.paste(upright)
    kept = io.BytesIO()
    if kind == "JPEG":
        plain.save(kept, "JPEG", quality=90)
    else:
        transparency = upright.info.get("transparency")
        plain.save(kept, "PNG", **({"transparency": transparency} if transparency is not None else {}))
    return kept.getvalue()


def _office(part: str) -> Callable[[str, bytes], bytes]:
    def check(name: str, data: bytes) -> bytes:
        try:
            check_ooxml(data)
        except BookError as error:
            raise EvidenceError(f"“{name}”：{error.message}", field="files") from None
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if part not in archive.namelist():
                raise _mismatch(name)
            for entry in archive.namelist():
                if entry.endswith(".xml"):
                    _refuse_marks(name, _text_of(archive.read(entry)))
        return data

    return check


def _text_of(markup: bytes) -> str:
    """The text between the tags; a mark may be split over several runs, so tags leave nothing behind."""
    encoding = "utf-16" if markup[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    text = markup.decode(encoding, "replace")
    return re.sub(r"<[^>]*>", "", re.sub(r"&#(x?)([0-9a-fA-F]+);", _character, text))


def _character(reference: re.Match[str]) -> str:
    number = int(reference[2], 16 if reference[1] else 10)
    return chr(number) if number < 0x110000 else ""


def _ofd(name: str, data: bytes) -> bytes:
    """OFD (GB/T 33190) is a package too: opened under the limits of Office files, and its texts are screened."""
    try:
        check_archive(data, entry="OFD.xml")
    except BookError as error:
        raise EvidenceError(f"“{name}”：{error.message}", field="files") from None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.namelist():
            if entry.lower().endswith(".xml"):
                _refuse_marks(name, _text_of(archive.read(entry)))
    return data


def _plain_text(name: str, data: bytes) -> bytes:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(unicodedata.category(char) == "Cc" and char not in "\t\r\n\f" for char in text):
            break
        if re.match(r"\s*(<!doctype|<html|<svg|<script|<\?xml)", text, re.IGNORECASE):
            break
        _refuse_marks(name, text)
        return data
    raise _mismatch(name)


_CHECKS: dict[str, Callable[[str, bytes], bytes]] = {
    "pdf": _pdf,
    "jpg": _image("JPEG"),
    "jpeg": _image("JPEG"),
    "png": _image("PNG"),
    "docx": _office("word/document.xml"),
    "xlsx": _office("xl/workbook.xml"),
    "ofd": _ofd,
    "txt": _plain_text,
}
