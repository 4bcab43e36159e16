"""`yibenzhang read`: what it prints, how it fails, how soon it starts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reading.pages_of_our_own import PAGES
from yibenzhang.cli.read import run_read

PAGE = str(PAGES / "clipping.txt")


def test_json_is_one_object_with_places_in_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_read([PAGE, "--json"]) == 0
    reading = json.loads(capsys.readouterr().out)
    for claim in reading["claims"]:
        assert reading["clean_text"][claim["start"] : claim["end"]] == claim["text"]
        assert {"id", "value", "value_max", "unit", "approx", "kind", "measure", "section"} <= claim.keys()
    assert {tuple(one) for one in reading["inconsistencies"]} == {("claims", "type", "why")}


def test_text_is_the_clean_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_read([PAGE, "--text"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("2024年，岫宁市生态环境局")
    assert "版权所有" not in out


def test_the_table_names_figures_and_contradictions(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_read([PAGE]) == 0
    out = capsys.readouterr().out
    assert "标题：红心向党护碧水" in out
    assert "1,286万元" in out
    assert "相差30万元" in out


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n"])
def test_what_cannot_be_read_exits_2_with_the_reason(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad").write_bytes(content)
    assert run_read([str(tmp_path / "bad")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "。" in captured.err


def test_a_missing_file_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_read(["/nowhere/page.txt"]) == 2
    assert "打不开文件" in capsys.readouterr().err


def test_it_starts_without_the_web_framework() -> None:
    code = f"import sys; from yibenzhang.cli.read import run_read; run_read([{PAGE!r}]); sys.exit(3 * ('django' in sys.modules))"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert finished.returncode == 0
