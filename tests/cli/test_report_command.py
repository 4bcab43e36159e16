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
    ("words", "out", "said"),
    [
        (("build", "no-such", "--unit", "geo", "--period", "2023"), "x.docx", "没有报告结构"),
        (("build", "branch-summary", "--unit", "geo", "--period", "2023"), "x.docx", "不写“支部年度总结”"),
        (("build", "branch-summary", "--unit", "nowhere", "--period", "2023"), "x.docx", "没有代码为 nowhere 的单位"),
        (("build", *WHICH[:-1], "去年"), "x.docx", "看不懂期间"),
        (("build", *WHICH), "x.txt", "应以 .docx 或 .pdf 结尾"),
        (("build", *WHICH), "none/x.docx", "没有文件夹"),
        (("publish", *WHICH), "x.docx", "应以 .html 结尾"),
        (("publish", *WHICH, "--url", "javascript:alert(1)"), "x.html", "http:// 或 https://"),
        (("publish", *WHICH, "--url", "https://" + "x" * 300), "x.html", "不超过 300 字"),
        (("package", *WHICH), "x.zip", "定稿后才能打迎检包"),
        (("package", "no-such", *WHICH[1:]), "x.zip", "没有报告结构"),
    ],
)  # fmt: skip
def test_refusals_say_what_to_do(
    world: World, cli: Cli, tmp_path: Path, words: tuple[str, ...], out: str, said: str
) -> None:
    ran = cli("report", *words, "--out", str(tmp_path / out))
    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / out).exists()


def test_a_folder_is_no_file_and_a_file_of_before_is_replaced_whole(
    world: World, cli: Cli, tmp_path: Path
) -> None:
    (tmp_path / "folder.docx").mkdir()
    assert "这是文件夹" in cli("report", "build", *WHICH, "--out", str(tmp_path / "folder.docx")).err
    target = tmp_path / "a.docx"
    target.write_text("旧的")
    assert "原有文件已替换" in cli("report", "build", *WHICH, "--out", str(target)).out
    assert target.read_bytes().startswith(b"PK")
    assert [each.name for each in tmp_path.glob("*.part")] == []


def test_a_report_is_not_issued_by_whoever_sent_it_for_review(world: World, report: Report, cli: Cli) -> None:
    assert "不存在，或不能为" in cli("report", "issue", *WHICH, "--user", "nobody").err
    Report.objects.update(submitted_by=world.reviewer)
    refused = cli("report", "issue", *WHICH, "--user", "reviewer")
    assert (refused.code, "请由另一位审核人定稿" in refused.err) == (2, True)
    assert "还没有这份报告" in cli("report", "issue", *WHICH[:-1], "2021", "--user", "reviewer").err


def test_a_published_page_is_received_by_the_tier_above(
    world: World, report: Report, cli: Cli, tmp_path: Path
) -> None:
    cli("report", "issue", *WHICH, "--user", "reviewer")
    page, package = tmp_path / "a.html", tmp_path / "a.zip"
    cli("report", "publish", *WHICH, "--out", str(page))
    cli("report", "package", *WHICH, "--out", str(package))
    received = cli("report", "receive", str(page), "--json").data
    assert received["unit"] == world.committee.code
    (figure,) = received["figures"]
    assert (figure["shown"], figure["own"], figure["state"]) == ("1次", "1次", "agrees")
    assert "已经收过" in cli("report", "receive", str(package)).err
    assert "已由" in cli("report", "receive", str(package), "--unit", "geo").out
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("1次</data>", "7次</data>"), encoding="utf-8")
    assert "可能被改过" in cli("report", "receive", str(page), "--unit", "met").err
    assert "没有这个文件" in cli("report", "receive", str(tmp_path / "none.html")).err
    assert "这是文件夹" in cli("report", "receive", str(tmp_path)).err
