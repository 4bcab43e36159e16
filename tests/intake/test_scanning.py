"""A scanner that answers clean, infected or not at all; without one nothing is scanned."""

import sys
from pathlib import Path

import pytest

from tests.exchange.workbooks import write_sheets
from yibenzhang.checking.limited import read_limited
from yibenzhang.exchange.reading import read_workbook
from yibenzhang.kernel.errors import BookError
from yibenzhang.reports.receiving.reading import read_published
from yibenzhang.vouchers.evidence_gate import inspect

SCANNER = "import sys; sys.exit(1 if b'EICAR' in sys.stdin.buffer.read() else 0)"


def with_scanner(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> None:
    script = folder / "scanner.py"
    script.write_text(program, encoding="utf-8")
    monkeypatch.setenv("YIBENZHANG_SCAN", f"{sys.executable} {script}")


def test_a_clean_file_is_taken_and_an_infected_one_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_scanner(monkeypatch, tmp_path, SCANNER)
    assert inspect("a.txt", b"minutes")[1] == b"minutes"
    with pytest.raises(BookError, match="拦下"):
        inspect("a.txt", b"EICAR")


@pytest.mark.parametrize("program", ["import sys; sys.exit(2)", "raise SystemExit(64)"])
def test_a_scanner_that_is_down_lets_nothing_pass(
    program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with_scanner(monkeypatch, tmp_path, program)
    with pytest.raises(BookError, match="没有应答"):
        inspect("a.txt", b"minutes")


def test_a_scanner_that_is_missing_counts_as_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIBENZHANG_SCAN", "/nowhere/scanner -")
    with pytest.raises(BookError, match="没有应答"):
        inspect("a.txt", b"minutes")


def test_drafts_workbooks_and_published_pages_are_scanned_too(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = write_sheets(tmp_path / "a.xlsx", {"主题党日": [["单位代码", "标题"], ["a", "党日"]]})
    assert read_workbook(path)
    with_scanner(monkeypatch, tmp_path, "raise SystemExit(1)")
    for read in (lambda: read_limited(b"12"), lambda: read_published(b"<p>"), lambda: read_workbook(path)):
        with pytest.raises(BookError, match="拦下"):
            read()
