"""Kinds of input, encodings, and files that cannot be read."""

import io
import zipfile
from pathlib import Path

import docx
import opencc
import pypdf
import pytest

from yibenzhang.reading import ReadError, read_page
from yibenzhang.reading.files import MAX_BYTES, MAX_CHARACTERS
from yibenzhang.reading.formats.pdf import MAX_PAGES

TEXT = "岫宁市档案局2024年工作总结\n\n　　全局现有党支部5个、党员86名，开展主题党日48次。\n"


def values(data: bytes | str) -> list[float]:
    return [claim.value for claim in read_page(data).claims]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_encoding_of_a_text(encoding: str) -> None:
    assert values(TEXT.encode(encoding)) == [5, 86, 48]


def test_big5_is_converted_to_simplified() -> None:
    data = opencc.OpenCC("s2tw").convert(TEXT).encode("big5")
    assert read_page(data).title == "岫宁市档案局2024年工作总结"


@pytest.mark.parametrize(
    ("declared", "sent"), [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("big5", "gb18030")]
)
def test_a_wrong_declaration_does_not_mislead(declared: str, sent: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>{TEXT}</p></body></html>'
    assert values(page.encode(sent)) == [5, 86, 48]


def test_text_that_was_decoded_wrongly_and_saved_again() -> None:
    assert values(TEXT.encode().decode("latin-1").encode()) == [5, 86, 48]


def test_proper_traditional_text_keeps_its_brackets() -> None:
    page = "檔案館簡介\n\n　　本館館藏檔案3.6萬卷，總重量(kg)、系統(OA)、黨(工)委、公司(app)等均照原文，著名學者來訪。"
    text = read_page(page).clean_text
    assert text == "本馆馆藏档案3.6万卷，总重量(kg)、系统(OA)、党(工)委、公司(app)等均照原文，著名学者来访。"


@pytest.mark.parametrize("reading", ["dang", "dǎng", "dang3"])
def test_pinyin_goes_with_and_without_tones(reading: str) -> None:
    page = f"簡訊\n\n　　黨({reading})支部學(xué)習書(shū)籍，開(kāi)展黨({reading})課3次，黨({reading})員28名，舉(ju)辦(ban)活動2場。"
    assert read_page(page).clean_text == "党支部学习书籍，开展党课3次，党员28名，举办活动2场。"


def test_simplified_text_keeps_a_traditional_name() -> None:
    assert (
        "錢江"
        in read_page(
            "　　志愿者錢江同志全年服务群众320人次，获评先进个人，受到一致好评，大家都为他点赞。"
        ).clean_text
    )


def word_document() -> bytes:
    document = docx.Document()
    document.add_heading("岫宁市档案局2024年工作总结", 0)
    document.add_paragraph("　　开展主题党日48次。")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("项目", "期数"), ("讲座", "6")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.sections[0].header.paragraphs[0].text = "内部资料 第3期"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_word_documents_with_tables() -> None:
    reading = read_page(word_document())
    assert reading.title == "岫宁市档案局2024年工作总结"
    assert [(c.value, c.unit) for c in reading.claims] == [(48, "次"), (6, "期")]


def pdf_of(pages: int, password: str | None = None) -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def zip_of(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr(name, content)
    return file.getvalue()


REFUSED = {
    "empty file": (b"", "空的"),
    "blank file": (b" \r\n\x00", "空的"),
    "blank text": ("  \n", "没有文字"),
    "binary": (bytes(range(256)) * 20, "二进制"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "没有可读文字"),
    "program": (b"MZ" + b"\x90" * 100, "程序"),
    "old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "另存为 .docx"),
    "Word file with password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "密码",
    ),
    "rich text": (b"{\\rtf1\\ansi}", "另存为 .docx"),
    "broken Word file": (word_document()[:3000], "损坏"),
    "archive without a document": (zip_of("a.txt", b"abc"), "不是 Word 文档"),
    "broken document in an archive": (zip_of("word/document.xml", b"<w:document"), "损坏"),
    "zip bomb": (zip_of("word/document.xml", b"0" * 30_000_000), "压缩得不正常"),
    "PDF of pictures": (pdf_of(2), "没有可读文字"),
    "PDF with password": (pdf_of(1, "secret"), "密码"),
    "PDF of 200 pages": (pdf_of(200), f"超过 {MAX_PAGES} 页"),
    "broken PDF": (b"%PDF-1.7\n" + b"garbage" * 50, "PDF"),
    "50 MB": (b"a" * (50 * 1024 * 1024), f"{MAX_BYTES // 1024 // 1024} MB"),
    "book": ("党建工作，" * (MAX_CHARACTERS // 4), "上限"),
    "page without text": ("<html><body><div><img src='a.png'></div></body></html>", "没有"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_reason(name: str) -> None:
    data, reason = REFUSED[name]
    with pytest.raises(ReadError, match=reason):
        read_page(data)


def test_a_wrong_file_name_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="内容却不是"):
        read_page(b"hello", filename="a.docx")


def test_half_a_character_in_pasted_text_does_no_harm() -> None:
    reading = read_page("全年开展学习12次\ud83d，成效明显。")
    assert [claim.value for claim in reading.claims] == [12]
    reading.clean_text.encode()
