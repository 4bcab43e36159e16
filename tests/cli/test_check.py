"""`check`: its JSON, its files, its exit codes, and what it refuses."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import docx
import pytest

from tests.cli.conftest import Cli
from tests.reading.test_inputs import REFUSED
from tests.worlds import World

ARTICLE = "澜江省地质局2023年总结\n\n一年来，开展主题党日{}次，推出系列访谈34期，安装路灯12盏。\n"


@pytest.fixture
def article(world: World, tmp_path: Path) -> Path:
    """A text that agrees with the book in its first figure."""
    world.posted()
    world.posted(world.entry(date(2023, 11, 5)))
    path = tmp_path / "总结.txt"
    path.write_text(ARTICLE.format(2), encoding="utf-8")
    return path


def test_the_claims_are_those_of_read_with_the_verdict(article: Path, cli: Cli) -> None:
    ran = cli("check", str(article), "--unit", "geo", "--period", "2023", "--json")
    assert ran.code == 0, ran.err
    first, second, third = ran.data["claims"]
    assert {"id", "text", "value", "unit", "start", "end", "measure", "section"} <= set(first)
    assert (first["verdict"], first["indicator"], first["ledger_value"]) == (
        "agrees",
        "life.theme_party_days",
        2,
    )
    assert (first["programme"], first["rivals"] is not None, bool(first["reasons"])) == (None, True, True)
    assert (second["verdict"], second["ledger_value"]) == ("no_record", None)
    assert (third["verdict"], third["indicator"]) == ("not_checkable", None)
    text = ran.data["clean_text"]
    assert all(text[claim["start"] : claim["end"]] == claim["text"] for claim in ran.data["claims"])
    assert (ran.data["unit"], ran.data["period"], ran.data["as_of"]) == ("geo", "2023", 2)


def test_an_earlier_position_gives_the_verdict_of_then(article: Path, cli: Cli) -> None:
    ran = cli("check", str(article), "--unit", "geo", "--period", "2023", "--json", "--as-of", "1")
    assert ran.data["claims"][0]["verdict"] == "differs"


def test_strict_is_about_what_differs_only(article: Path, cli: Cli) -> None:
    ask = ("--unit", "geo", "--period", "2023", "--strict")
    assert cli("check", str(article), *ask).code == 0
    article.write_text(ARTICLE.format(5), encoding="utf-8")
    ran = cli("check", str(article), *ask)
    assert ran.code == 1
    assert "文中 5次，账上 2次，文中多 3次" in ran.out


def test_the_unit_and_period_come_from_the_text_and_it_says_so(article: Path, cli: Cli) -> None:
    ran = cli("check", str(article))
    assert "单位取自稿件：澜江省地质局" in ran.out
    assert "期间取自稿件：2023年" in ran.out


def test_the_page_and_the_document_are_written(article: Path, cli: Cli, tmp_path: Path) -> None:
    page, document = tmp_path / "核稿单.html", tmp_path / "批注.docx"
    ran = cli("check", str(article), "--html", str(page), "--docx", str(document))
    assert ran.code == 0, ran.err
    assert "主题党日" in page.read_text(encoding="utf-8")
    assert len(list(docx.Document(io.BytesIO(document.read_bytes())).comments)) == 3


@pytest.mark.parametrize("name", [name for name in REFUSED if isinstance(REFUSED[name][0], bytes)])
def test_what_cannot_be_read_is_refused_with_its_reason(
    world: World, cli: Cli, tmp_path: Path, name: str
) -> None:
    data, reason = REFUSED[name]
    path = tmp_path / "input"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    ran = cli("check", str(path), "--unit", "geo", "--period", "2023", "--html", str(tmp_path / "out.html"))
    assert ran.code == 2
    assert reason in ran.err
    assert not (tmp_path / "out.html").exists()


def test_a_missing_file_and_an_unknown_unit_exit_2(article: Path, cli: Cli, tmp_path: Path) -> None:
    assert cli("check", str(tmp_path / "nowhere.txt")).code == 2
    assert cli("check", str(article), "--unit", "nowhere").code == 2
    assert cli("check", str(article), "--period", "2023-13").code == 2
    assert cli("check", str(article), "--html", str(tmp_path / "no" / "such" / "folder.html")).code == 2
