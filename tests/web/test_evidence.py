"""Evidence: what is refused, what is kept, and who gets it back."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import docx
import pytest
import xlsxwriter
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.worlds import World, small_world
from yibenzhang.kernel.errors import BookError
from yibenzhang.vouchers.evidence import attach, detach, evidence_path, open_evidence
from yibenzhang.vouchers.evidence_gate import EvidenceError, clean_name, inspect
from yibenzhang.vouchers.services import submit_voucher


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object
) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind, **options)
    return file.getvalue()


def package(parts: dict[str, object], *, types: bool = True, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        if types:
            archive.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def word(text: str = "会议纪要") -> bytes:
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def split_runs(*parts: str) -> bytes:
    file = io.BytesIO()
    document = docx.Document()
    paragraph = document.add_paragraph()
    for part in parts:
        paragraph.add_run(part).bold = True
    document.save(file)
    return file.getvalue()


def sheet(text: str = "名单") -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.add_worksheet().write(0, 0, text)
    book.close()
    return file.getvalue()


def symlink() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def with_part(base: bytes, name: str, content: bytes | str) -> bytes:
    file = io.BytesIO(base)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


RELATION = '<Relationships><Relationship Id="r" Type="{kind}" Target="{target}" TargetMode="External"/></Relationships>'
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
BOMB = b"\x00" * 30_000_000

BAD = {
    "an executable": ("工具.exe", b"MZ\x90\x00"),
    "a page": ("页面.html", b"<html></html>"),
    "a drawing that runs scripts": ("图.svg", b"<svg onload='alert(1)'/>"),
    "no extension": ("纪要", b"text"),
    "a double extension": ("纪要.pdf.exe", PDF),
    "an archive": ("材料.zip", package({})),
    "an old document": ("老.doc", b"\xd0\xcf\x11\xe0" + b"\x00" * 600),
    "a document with macros by name": ("宏.docm", word()),
    "nothing inside": ("空.txt", b""),
    "a page called picture": ("图.jpg", b"<html><script>alert(1)</script></html>"),
    "a page called text": ("说明.txt", b"  <!DOCTYPE html><script>alert(1)</script>"),
    "a drawing called text": ("说明.txt", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "a program called text": ("说明.txt", b"\x7fELF\x02\x01\x01\x00\x00\x00"),
    "a program called pdf": ("报告.pdf", b"MZ" + b"\x00" * 100),
    "a pdf cut short": ("报告.pdf", PDF[:20]),
    "a png called jpg": ("图.jpg", picture("PNG")),
    "a jpg called png": ("图.png", picture()),
    "a gif called png": ("图.png", picture("GIF", mode="P")),
    "a picture cut short": ("图.jpg", picture(size=(400, 300))[:300]),
    "a picture header only": ("图.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
    "noise called picture": ("图.png", random.Random(1).randbytes(5000)),
    "too many pixels": ("大.png", picture("PNG", size=(10_000, 5_001), mode="1")),
    "far too many pixels": ("大.png", picture("PNG", size=(20_000, 10_000), mode="1")),
    "too many bytes": ("大.txt", b"a" * (20 * 1024 * 1024 + 1)),
    "a zip called document": ("纪要.docx", package({"a.txt": "x"}, types=False)),
    "a sheet called document": ("纪要.docx", sheet()),
    "a document called sheet": ("名单.xlsx", word()),
    "a broken archive": ("纪要.docx", word()[:800]),
    "macros inside": ("纪要.docx", with_part(word(), "word/vbaProject.bin", b"x")),
    "an embedded object": ("纪要.docx", with_part(word(), "word/embeddings/oleObject1.bin", b"x")),
    "a nested archive": ("纪要.docx", with_part(word(), "word/media/a.zip", package({}))),
    "a path upwards": ("纪要.docx", with_part(word(), "../../etc/cron.d/x", "x")),
    "an absolute path": ("纪要.docx", with_part(word(), "/etc/passwd", "x")),
    "a drive path": ("纪要.docx", with_part(word(), "C:/Windows/x", "x")),
    "a symbolic link": ("纪要.docx", symlink()),
    "a doctype": ("纪要.docx", package({"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"})),
    "a doctype in UTF-16": ("纪要.docx", package({"word/document.xml": "<!DOCTYPE x><x/>".encode("utf-16")})),
    "an odd encoding": ("纪要.docx", package({"word/document.xml": b'<?xml version="1.0" encoding="utf-7"?><x/>'})),
    "a remote picture": ("纪要.docx", with_part(word(), "word/_rels/x.rels", RELATION.format(kind=IMAGE, target="http://10.0.0.1/a"))),
    "a remote template": ("纪要.docx", with_part(word(), "word/_rels/x.rels", RELATION.format(kind=TEMPLATE, target="file:///c:/a"))),
    "a bomb": ("纪要.docx", with_part(word(), "word/media/a.png", BOMB)),
    "a bomb under the ratio": ("纪要.docx", package({f"word/{n}.xml": random.Random(n).randbytes(600_000).hex() for n in range(100)})),
    "too many parts": ("纪要.docx", package({f"word/{n}.xml": "" for n in range(2_001)}, method=zipfile.ZIP_STORED)),
    "a part named twice": ("纪要.docx", with_part(word(), "WORD/document.xml", "<x/>")),
    "no entry file in ofd": ("公文.ofd", package({"a.xml": "x"})),
    "text called ofd": ("公文.ofd", b"OFD"),
}  # fmt: skip

MARKED = {
    "in the name": ("绝密★纪要.pdf", PDF),
    "spaced in the name": ("机 密 ★ 5年.pdf", PDF),
    "full-width in the text": ("纪要.txt", "　秘　密　★　10年".encode()),
    "in old encoding": ("纪要.txt", "机密★".encode("gb18030")),
    "zero-width between": ("纪要.txt", "机\u200b密\u2060★".encode()),
    "in a document": ("纪要.docx", word("秘密★1年")),
    "split over runs": ("纪要.docx", split_runs("机", "密", "★")),
    "in a sheet": ("名单.xlsx", sheet("绝密☆")),
}

GOOD = {
    "pdf": ("报告.pdf", PDF),
    "jpg": ("现场.jpg", picture()),
    "jpeg in capitals": ("现场.JPEG", picture()),
    "jpg for print": ("现场.jpg", picture(mode="CMYK")),
    "grey png": ("图.png", picture("PNG", mode="L")),
    "png with palette": ("图.png", picture("PNG", mode="P")),
    "png with transparency": ("图.png", picture("PNG", mode="RGBA")),
    "largest picture": ("图.png", picture("PNG", size=(10_000, 5_000), mode="1")),
    "docx": ("纪要.docx", word()),
    "docx about secrecy": ("学习.docx", word("保密法把国家秘密分为绝密、机密、秘密三级")),
    "docx with a link": ("纪要.docx", with_part(word(), "word/_rels/x.rels", RELATION.format(kind=LINK, target="https://example.org"))),
    "xlsx": ("名单.xlsx", sheet()),
    "ofd": ("公文.ofd", package({"OFD.xml": "<ofd/>"}, types=False)),
    "txt": ("说明.txt", "说明".encode()),
    "txt in old encoding": ("说明.txt", "说明".encode("gb18030")),
    "two dots": ("2023.12.5纪要.txt", b"text"),
    "300 characters": ("长" * 300 + ".txt", b"text"),
    "path in the name": ("../../纪要.txt", b"text"),
    "reversed writing": ("纪要\u202efdp.txt", b"text"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_with_advice(case: str) -> None:
    with pytest.raises(EvidenceError) as refusal:
        inspect(*BAD[case])
    assert refusal.value.field == "files"
    assert "请" in refusal.value.message


@pytest.mark.parametrize("case", MARKED)
def test_classification_marks_block_the_upload(case: str) -> None:
    with pytest.raises(EvidenceError, match="密级标志"):
        inspect(*MARKED[case])


@pytest.mark.parametrize("case", GOOD)
def test_good_files_are_kept(case: str) -> None:
    name, kept, content_type = inspect(*GOOD[case])
    assert kept and "/" in content_type
    assert len(name) <= 200 and "/" not in name and "\u202e" not in name
    assert name.rsplit(".", 1)[1].lower() in {"pdf", "jpg", "jpeg", "png", "docx", "xlsx", "ofd", "txt"}


def test_pictures_lose_position_and_whatever_hides_behind_them() -> None:
    exif = Image.Exif()
    exif[0x010F] = "MAKER-SERIAL-42"
    exif.get_ifd(0x8825)[2] = (31.0, 12.0, 1.0)
    data = picture(exif=exif) + b"<script>alert(1)</script>"
    kept = inspect("现场.jpg", data)[1]
    assert b"MAKER-SERIAL-42" in data
    assert b"MAKER-SERIAL-42" not in kept and b"script" not in kept
    assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_turned_picture_stays_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    kept = inspect("现场.jpg", picture(size=(40, 30), exif=exif))[1]
    assert Image.open(io.BytesIO(kept)).size == (30, 40)


def test_names_are_cleaned() -> None:
    assert clean_name("C:\\temp\\纪要\x00\r\n.txt") == "纪要.txt"
    assert clean_name("") == "未命名"


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def stored() -> list[Path]:
    return [path for path in Path(settings.EVIDENCE_ROOT).rglob("*") if path.is_file()]


def test_a_refused_file_leaves_nothing(world: World) -> None:
    draft, before = world.draft(), stored()
    with pytest.raises(EvidenceError):
        attach(draft, "绝密★.txt", "独一无二的内容".encode(), world.secretary)
    assert stored() == before
    assert not draft.attachments.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_are_kept_once_and_go_with_the_last_voucher() -> None:
    world = small_world()
    first, second = world.draft(), world.draft()
    one = attach(first, "甲.txt", b"shared bytes", world.secretary)
    two = attach(second, "乙.txt", b"shared bytes", world.secretary)
    assert attach(first, "甲.txt", b"shared bytes", world.secretary) == one
    detach(one, world.secretary)
    assert evidence_path(two.sha256).exists()
    detach(two, world.secretary)
    assert not evidence_path(two.sha256).exists()


def test_evidence_of_a_submitted_voucher_does_not_change(world: World) -> None:
    entry = world.entry()
    draft = world.draft(entry)
    kept = attach(draft, "甲.txt", b"one", world.secretary)
    submit_voucher(entry, draft, actor=world.secretary)
    with pytest.raises(BookError):
        attach(draft, "乙.txt", b"two", world.secretary)
    with pytest.raises(BookError):
        detach(kept, world.secretary)
    assert open_evidence(kept).read() == b"one"


def test_downloads_are_attachments_for_readers_in_scope(world: World) -> None:
    draft = world.draft()
    kept = attach(draft, "会议 纪要.txt", b"minutes", world.secretary)
    where = reverse("vouchers:evidence", args=[draft.pk, kept.pk])
    client = Client()
    client.force_login(world.secretary)
    response = client.get(where)
    assert b"".join(response.streaming_content) == b"minutes"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E4%BC%9A")
    assert response["X-Content-Type-Options"] == "nosniff"
    client.force_login(world.outsider)
    assert client.get(where).status_code == 404
    other = world.draft()
    client.force_login(world.secretary)
    assert client.get(reverse("vouchers:evidence", args=[other.pk, kept.pk])).status_code == 404


def test_a_discarded_draft_takes_its_files_along(world: World) -> None:
    draft = world.draft()
    kept = attach(draft, "甲.txt", b"only here", world.secretary)
    client = Client()
    client.force_login(world.secretary)
    client.post(reverse("vouchers:discard", args=[draft.pk]))
    assert not evidence_path(kept.sha256).exists()
