"""The gate before any parser of .docx and .xlsx (OOXML): what a hostile archive could do is refused unopened.

Limits follow security.md W6. The check reads the archive's directory, then inflates entry by entry with a hard stop, so
a bomb costs at most the limit in time and one block in memory.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from yibenzhang.kernel.errors import BookError

MOST_ENTRIES = 2_000
MOST_INFLATED = 100 * 1024 * 1024
HIGHEST_RATIO = 100
# A small part may compress beyond the ratio without harm: an empty sheet does.
SMALL = 100 * 1024
LARGEST_RELATIONSHIPS = 4 * 1024 * 1024
BLOCK = 64 * 1024
SYMLINK = 0o120000
FORBIDDEN_PARTS = ("vbaproject", "/activex/", "/embeddings/", "macrosheets/")
NESTED_FILES = (
    ".zip",
    ".docx",
    ".xlsx",
    ".exe",
    ".dll",
    ".js",
    ".vbs",
    ".ole",
    ".bat",
    ".cmd",
    ".ps1",
    ".scr",
    ".htm",
    ".html",
)
ENCODINGS = (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii")


class OoxmlError(BookError):
    """A file that is no safe .docx or .xlsx."""


BROKEN = "文件已损坏或带密码，打不开。请用 Office 或 WPS 另存一份不加密的再上传。"
NO_OFFICE = "这不是 Word 或 Excel 文件，请用 .docx 或 .xlsx 格式另存后上传。"
_OTHER = {"OFD.xml": "内容与扩展名不符，不是 OFD 文件。请用原来的程序另存后再传。"}
TAMPERED = "可能被改造过。请用 Office 或 WPS 重新保存后再上传。"


def check_ooxml(data: bytes) -> None:
    """Refuse an Office file with macros, external content, a DOCTYPE, odd paths or a size out of proportion.

    Raises OoxmlError saying what to do; returns nothing when the file may be parsed.
    """
    check_archive(data, entry="[Content_Types].xml")


def check_archive(data: bytes, *, entry: str) -> None:
    """The same for any package of XML parts that must hold the part `entry` (OFD holds OFD.xml). Raises OoxmlError."""
    if not data.startswith(b"PK\x03\x04"):
        raise OoxmlError(_OTHER.get(entry, NO_OFFICE))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_directory(archive.infolist(), entry)
            total = 0
            for each in archive.infolist():
                total += _check_entry(archive, each, MOST_INFLATED - total)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError):
        raise OoxmlError(BROKEN) from None


def _check_directory(entries: list[zipfile.ZipInfo], wanted: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise OoxmlError(f"文件内部有 {len(entries)} 个部件，超过 {MOST_ENTRIES} 个，请拆成几份。")
    names = [entry.filename for entry in entries]
    if wanted not in names:
        raise OoxmlError(_OTHER.get(wanted, NO_OFFICE))
    if len({name.lower() for name in names}) < len(names):
        raise OoxmlError(f"文件内部有重名部件，{TAMPERED}")
    for entry in entries:
        _check_part(entry)
    if sum(entry.file_size for entry in entries) > MOST_INFLATED:
        raise OoxmlError("文件解开后超过 100 MB，请去掉大图或拆成几份。")


def _check_part(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename.replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name) or "\x00" in name:
        raise OoxmlError(f"文件内部的路径不正常，{TAMPERED}")
    if (entry.external_attr >> 16) & 0o170000 == SYMLINK:
        raise OoxmlError(f"文件内部有链接，{TAMPERED}")
    if entry.flag_bits & 0x1 or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise OoxmlError(BROKEN)
    lowered = f"/{name.lower()}"
    if any(part in lowered for part in FORBIDDEN_PARTS):
        raise OoxmlError("文件带有宏或嵌入对象。请去掉后另存为普通的 .docx 或 .xlsx，再上传。")
    if lowered.endswith(NESTED_FILES):
        raise OoxmlError("文件里面还套着别的文件。请把它取出来单独上传。")


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> int:
    """Inflate one part under the limits, reading its markup; return its inflated size."""
    name = entry.filename.lower()
    is_markup, keep_all = name.endswith((".xml", ".rels", ".vml")), name.endswith(".rels")
    size, markup = 0, bytearray()
    for block in _blocks(archive, entry):
        size += len(block)
        if size > room:
            raise OoxmlError("文件解开后超过 100 MB，请去掉大图或拆成几份。")
        if size > SMALL and size > HIGHEST_RATIO * max(entry.compress_size, 1):
            raise OoxmlError(f"文件压缩得不正常，{TAMPERED}")
        if is_markup:
            markup += block
            _check_markup(bytes(markup), name, first=size == len(block))
            if not keep_all:
                del markup[:-512]  # enough to see a mark that two blocks share
            elif size > LARGEST_RELATIONSHIPS:
                raise OoxmlError(f"文件内部的链接表过大，{TAMPERED}")
    return size


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as source:
        while block := source.read(BLOCK):
            yield block


def _check_markup(markup: bytes, name: str, *, first: bool) -> None:
    flat = markup.replace(b"\x00", b"").lower()  # UTF-16 must not hide a mark
    if b"<!doctype" in flat or b"<!entity" in flat:
        raise OoxmlError(f"文件内部带有 DOCTYPE，{TAMPERED}")
    declared = re.search(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)", flat) if first else None
    if declared and declared[1] not in ENCODINGS:
        raise OoxmlError(f"文件内部的编码不正常，{TAMPERED}")
    if name.endswith(".rels") and any(_loads(item) for item in re.findall(rb"<[^>]*external[^>]*>", flat)):
        raise OoxmlError("文件引用着外部内容。请断开链接或粘贴为值后再上传。")
    if name == "[content_types].xml" and b"macroenabled" in flat:
        raise OoxmlError("文件带有宏。请另存为普通的 .docx 或 .xlsx，再上传。")


def _loads(relationship: bytes) -> bool:
    """True when an external relationship is fetched on opening; a plain hyperlink waits for a click."""
    if not re.search(rb"targetmode\s*=\s*[\"']\s*external", relationship):
        return False
    return not re.search(rb"\btype\s*=\s*[\"'][^\"']*/hyperlink[\"']", relationship)
