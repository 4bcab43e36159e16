"""`yibenzhang report`: documents, pages and packages from a terminal, and refusals that say what to do."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import Cli
from tests.worlds import World
from yibenzhang.reports.models import Report
from yibenzhang.reports.services import create_report, submit_report
from yibenzhang.reports.structures import structure_for

WHICH = ("branch-summary", "--unit", "geo-branch-1", "--period", "2023")


@pytest.fixture
def report(world: World) -> Report:
    """A branch's summary under review, with one figure."""
    world.posted(world.entry(date(2023, 3, 8)))
    report = create_report(
        structure=structure_for("branch-summary", world.branch), unit=world.branch, actor=world.secretary,
        period=Report(period="2023").span, text="开展主题党日{{life.theme_party_days}}。",
    )  # fmt: skip
    return submit_report(report, actor=world.secretary)


def test_a_document_is_built_before_anybody_has_written_a_word(
    world: World, cli: Cli, tmp_path: Path
) -> None:
    ran = cli("report", "build", *WHICH, "--out", str(tmp_path / "a.docx"))
    assert ran.code == 0
    assert "草稿" in ran.out
    assert "未匹配" in ran.out
    assert "组织生活" in Document(str(tmp_path / "a.docx")).paragraphs[2].text


def test_issue_build_publish_package_and_compare(
    world: World, report: Report, cli: Cli, tmp_path: Path
) -> None:
    refused = cli("report", "issue", *WHICH, "--user", "secretary")
    assert (refused.code, "不能为" in refused.err) == (2, True)
    assert "已定稿" in cli("report", "issue", *WHICH, "--user", "reviewer").out
    assert cli("report", "build", *WHICH, "--out", str(tmp_path / "a.docx"), "--sources").code == 0
    assert [c.text for c in Document(str(tmp_path / "a.docx")).comments]
    assert cli("report", "publish", *WHICH, "--out", str(tmp_path / "a.html")).code == 0
    assert "主题党日" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert cli("report", "package", *WHICH, "--out", str(tmp_path / "a.zip")).code == 0
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.zip").read_bytes())) as archive:
        assert "verify.py" in archive.namelist()
    assert cli("report", "diff", *WHICH, "--json").data == []
    world.posted(world.entry(date(2023, 4, 8)))
    (change,) = json.loads(cli("report", "diff", *WHICH, "--json").out)
    assert (change["issued"], change["now"]) == ("1次", "2次")


def test_the_list_names_structures_and_reports(report: Report, cli: Cli) -> None:
    data = cli("report", "list", "--json").data
    assert "geology-highlights" in {each["code"] for each in data["structures"]}
    assert [each["state"] for each in data["reports"]] == ["送审"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "no-such", "--unit", "geo", "--period", "2023"), "没有报告结构"),
        (("build", "branch-summary", "--unit", "geo", "--period", "2023"), "不写“支部年度总结”"),
        (("build", "branch-summary", "--unit", "nowhere", "--period", "2023"), "没有代码为 nowhere 的单位"),
        (("build", *WHICH[:-1], "去年"), "看不懂期间"),
        (("package", *WHICH), "定稿后才能打迎检包"),
    ],
)
def test_refusals_say_what_to_do(
    world: World, cli: Cli, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    ran = cli("report", *words, "--out", str(tmp_path / "x"))
    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "x").exists()
