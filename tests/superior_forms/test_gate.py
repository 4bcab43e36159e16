"""Files that must not get any further, each with words that help."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from tests.superior_forms.sheets import document, plain, saved
from yibenzhang.kernel.errors import BookError
from yibenzhang.superior_forms.gate import LARGEST, admit
from yibenzhang.superior_forms.grid import GridError
from yibenzhang.superior_forms.reading import read_form


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one more part."""
    kept = io.BytesIO(data)
    with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("表.xlsm", plain(("党课", "次")), "带宏"),
        ("表.docm", b"PK\x03\x04", "带宏"),
        ("表.xls", b"\xd0\xcf\x11\xe0", "旧格式"),
        ("表.xlsx", b"\xd0\xcf\x11\xe0", "加了密"),
        ("表.et", b"x", "旧格式"),
        ("表.pdf", b"%PDF-1.4", "只收"),
        ("表", b"", "只收"),
        ("表.xlsx", b"", "空文件"),
        ("表.xlsx", b"PK\x03\x04 broken", "损坏"),
        ("表.xlsx", document(("党课", "次")), "扩展名不符"),
        ("表.docx", plain(("党课", "次")), "扩展名不符"),
        ("表.xlsx", with_part(plain(("党课", "次")), "xl/vbaProject.bin", b"x"), "宏"),
        ("表.xlsx", with_part(plain(("党课", "次")), "xl/embeddings/a.bin", b"x"), "宏"),
        ("表.xlsx", with_part(plain(("党课", "次")), "xl/big.xml", b" " * 30_000_000), "压缩得不正常"),
        ("表.xlsx", with_part(plain(("党课", "次")), "xl/d.xml", b"<!DOCTYPE x []><x/>"), "DOCTYPE"),
        ("机密★表.xlsx", plain(("党课", "次")), "密级"),
        ("表.xlsx", b"PK\x03\x04" + b"0" * LARGEST, "最多 5 MB"),
    ],
)
def test_a_hostile_or_unfit_file_is_refused_with_advice(name: str, data: bytes, words: str) -> None:
    with pytest.raises(BookError, match=words) as refusal:
        admit(name, data)
    assert refusal.value.field == "file"


def test_external_links_are_refused() -> None:
    rels = (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://x/externalLinkPath" Target="file:///c:/a.xlsx" TargetMode="External"/>'
        b"</Relationships>"
    )
    data = with_part(plain(("党课", "次")), "xl/externalLinks/_rels/externalLink1.xml.rels", rels)
    with pytest.raises(BookError, match="外部内容"):
        admit("表.xlsx", data)


def test_a_sheet_beyond_the_limits_says_so() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 202):
        for column in range(1, 101):
            sheet.cell(row, column, "字")
    with pytest.raises(GridError, match="超过 20,000 个"):
        read_form("xlsx", saved(book))


def test_a_broken_part_is_a_broken_file() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain(("党课", "次")))) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<worksheet" if name.endswith("sheet1.xml") else old.read(name))
    with pytest.raises(BookError, match="打不开"):
        read_form("xlsx", data.getvalue())


def rewritten(change: tuple[bytes, bytes]) -> bytes:
    """A workbook with one stretch of its sheet replaced."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain(("党课", "次")))) as old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml"):
                assert change[0] in part
                part = part.replace(*change, 1)
            new.writestr(name, part)
    return data.getvalue()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((b'r="A1"', b'r="1A"'), "打不开"),
        ((b'<row r="2"', b'<row r="zwei"'), "打不开"),
        ((b's="1"', b's="many"'), "打不开"),
        ((b"A1:E1", b"nowhere"), "打不开"),
        ((b"A1:E1", b"A1:XFD1048576"), None),
        ((b"<v>1</v>", b"<v>1E999999999</v>"), None),
        ((b"<v>1</v>", b"<v>" + b"9" * 9000 + b"</v>"), None),
    ],
)
def test_odd_markup_is_a_broken_file_or_read_as_it_stands(
    change: tuple[bytes, bytes], words: str | None
) -> None:
    data = rewritten(change)
    if words is None:
        try:
            read_form("xlsx", data)
        except BookError as error:
            assert error.message
        return
    with pytest.raises(BookError, match=words):
        read_form("xlsx", data)


def test_areas_merged_over_and_over_are_refused() -> None:
    many = b'<mergeCell ref="A1:XFD1048576"/>' * 50
    with pytest.raises(BookError, match="合并的格子太多"):
        read_form("xlsx", rewritten((b'<mergeCell ref="A1:E1"/>', many)))
