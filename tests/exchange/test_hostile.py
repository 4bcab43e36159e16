"""Files made to hurt or merely broken: each refused in words, quickly, with nothing left behind."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.exchange.workbooks import part, rewrite, write_sheets
from yibenzhang.exchange import extract
from yibenzhang.exchange.reading import read_workbook
from yibenzhang.kernel.errors import BookError

SHEET = "xl/worksheets/sheet1.xml"


def plain(path: Path) -> Path:
    """A harmless workbook to start from."""
    return write_sheets(path, {"主题党日": [["单位代码", "标题"], ["a", "党日"]]})


def bomb(path: Path) -> None:
    rewrite(plain(path), {SHEET: b"<worksheet>" + b" " * 30_000_000 + b"</worksheet>"})


def many_cells(path: Path) -> None:
    row = "<row r='%d'>" + "<c><v>1</v></c>" * 100 + "</row>"
    body = "".join(row % n for n in range(1, 2302)).encode()
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    rewrite(plain(path), {SHEET: head + body + b"</sheetData></worksheet>"})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def far_corner(path: Path) -> None:
    data = part(plain(path), SHEET)
    rewrite(
        path, {SHEET: data.replace(b'r="B2"', b'r="XFD1048576"').replace(b'<row r="2"', b'<row r="1048576"')}
    )


def many_columns(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("主题党日").write_row(0, 0, [f"列{n}" for n in range(200)])


def many_sheets(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        for n in range(extract.MOST_SHEETS + 1):
            book.add_worksheet(f"s{n}").write(0, 0, "x")


def macro(path: Path) -> None:
    rewrite(plain(path), {"xl/vbaProject.bin": b"\x00"})


def doctype(path: Path) -> None:
    data = part(plain(path), SHEET)
    rewrite(
        path,
        {
            SHEET: data.replace(
                b"<worksheet", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet', 1
            )
        },
    )


def external(path: Path) -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink" '
        b'Target="http://127.0.0.1/x" TargetMode="External"/></Relationships>'
    )
    rewrite(plain(path), {"xl/worksheets/_rels/sheet1.xml.rels": rels})


def climbing_path(path: Path) -> None:
    rewrite(plain(path), {"../../evil.xml": b"<x/>"})


def text_file(path: Path) -> None:
    path.write_text("单位代码,标题\na,党日\n", encoding="utf-8")


def old_excel(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)


def cut_short(path: Path) -> None:
    data = plain(path).read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def zip_only(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")


def word_file(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")


def broken_xml(path: Path) -> None:
    rewrite(plain(path), {SHEET: b"<worksheet><sheetData><row>"})


def no_sheet(path: Path) -> None:
    rewrite(plain(path), {}, drop=[SHEET])


def nested(path: Path) -> None:
    rewrite(plain(path), {"xl/inner.xlsx": b"PK"})


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def too_big(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(21 * 1024 * 1024)


CORPUS = [
    bomb, many_cells, far_corner, many_columns, many_sheets, macro, doctype, external, climbing_path, text_file,
    old_excel, cut_short, zip_only, word_file, broken_xml, no_sheet, nested, nothing, too_big,
]  # fmt: skip


@pytest.mark.parametrize("make", CORPUS, ids=lambda make: make.__name__)
def test_hostile_and_broken_files_are_refused_in_words(make: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "given.xlsx"
    make(path)
    with pytest.raises(BookError) as caught:
        read_workbook(path)
    assert caught.value.message.endswith("。")
    assert "Traceback" not in caught.value.message


def test_a_harmless_file_is_read(tmp_path: Path) -> None:
    (page,) = read_workbook(plain(tmp_path / "good.xlsx"))
    assert page.rows == [(1, ["单位代码", "标题"]), (2, ["a", "党日"])]


def test_a_false_dimension_drops_no_rows(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "many.xlsx", {"s": [["a", "b"]] * 1500})
    data = part(path, SHEET)
    assert b'<dimension ref="A1:B1500"/>' in data
    rewrite(path, {SHEET: data.replace(b'<dimension ref="A1:B1500"/>', b'<dimension ref="A1"/>')})
    (page,) = read_workbook(path)
    assert len(page.rows) == 1500


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("看得见").write(0, 0, "x")
        sheet = book.add_worksheet("看不见")
        sheet.write(0, 0, "y")
        sheet.hide()
    assert [page.name for page in read_workbook(path)] == ["看得见"]


def test_a_sheet_that_starts_lower_keeps_its_addresses(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "low.xlsx", {"s": [[], [], [None, "x"]]})
    (page,) = read_workbook(path)
    assert page.rows == [(3, [None, "x"])]
