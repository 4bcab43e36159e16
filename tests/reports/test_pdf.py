"""PDF through LibreOffice: a stand-in shows time limit, stopping and what is left behind; the real one the text."""

from __future__ import annotations

import io
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.reports.conftest import CENTRE, Desk
from yibenzhang.kernel.errors import BookError
from yibenzhang.reports import edition, pdf
from yibenzhang.reports.docx.document import document_of

unix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> Path:
    """A program called soffice that writes its process number and does something else than a PDF."""
    script, noted = folder / "soffice", folder / "number"
    script.write_text(f"#!/bin/sh\necho $$ > {noted}\n{does}\n", encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("YIBENZHANG_SOFFICE", str(script))
    return noted


def is_running(number: int) -> bool:
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False
    )
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


def test_without_libreoffice_the_message_names_the_other_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIBENZHANG_SOFFICE", "/nowhere/soffice")
    with pytest.raises(BookError, match=r"没有装 LibreOffice.*打印.*另存为 PDF"):
        pdf.pdf_of(b"PK")


@unix
def test_what_takes_too_long_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    noted = stand_in(tmp_path, monkeypatch, f"sleep 60 & echo $! > {child}\nwait")
    with pytest.raises(BookError, match="已停止"):
        pdf.pdf_of(b"PK", seconds=1)
    time.sleep(0.2)
    assert not is_running(int(noted.read_text()))
    assert not is_running(int(child.read_text()))


@unix
def test_nobody_waits_for_a_pdf_that_is_no_longer_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = stand_in(tmp_path, monkeypatch, "sleep 60")
    began = time.monotonic()
    with pytest.raises(pdf.PdfStoppedError):
        pdf.pdf_of(b"PK", is_wanted=lambda: time.monotonic() - began < 0.5)
    assert not is_running(int(noted.read_text()))


@unix
def test_nothing_given_is_said_and_no_folder_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, "exit 0")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    with pytest.raises(BookError, match="没有生成 PDF"):
        pdf.pdf_of(b"PK")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_the_pdf_has_the_words_without_gaps_and_the_page_of_the_standard(desk: Desk) -> None:
    text = f"一、抓学习\n中心组学习{CENTRE}，各月如下。\n{{{{chart:study.centre_group|by=month}}}}"
    document = document_of(edition.of_issued(desk.issued(text)))
    reader = PdfReader(io.BytesIO(pdf.pdf_of(document)))
    page = reader.pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    words = "".join(each.extract_text() for each in reader.pages)
    assert "中心组学习2次，各月如下。" in words
    assert "图1" in words
    assert "— 1 —" in words
