"""The published page: self-contained, machine-readable, and safe whatever was pasted."""

from __future__ import annotations

import json
import re

import pytest

from tests.reports.conftest import CENTRE, Desk
from yibenzhang.reading import read_page
from yibenzhang.reports import edition
from yibenzhang.reports.models import Report
from yibenzhang.reports.page import page_of
from yibenzhang.reports.services import issue_report, submit_report

TEXT = f"一、抓学习\n中心组学习{CENTRE}，省级以上投入资金{{{{village.funds_invested}}}}，工作有声有色。"


def facts(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="facts">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


@pytest.fixture
def report(desk: Desk) -> Report:
    report = desk.report(TEXT)
    report.editor = "编辑部"
    report.save()
    return submit_report(report, actor=desk.bureau.recorder)


def test_the_page_asks_nothing_of_anybody(desk: Desk, report: Report) -> None:
    page = page_of(
        edition.of_issued(issue_report(report, actor=desk.bureau.reviewer)), url="https://example.cn/1"
    )
    outside = re.findall(r"(?:src|href|url\()\s*=?\s*[\"']?(https?:)", page)
    assert outside == []
    assert "<svg" in page
    assert "@media print" in page


def test_metadata_and_figures_read_back_the_same(desk: Desk, report: Report) -> None:
    issued = issue_report(report, actor=desk.bureau.reviewer)
    page = page_of(edition.of_issued(issued))
    reading = read_page(page.encode())
    assert (reading.title, reading.date, reading.editor) == (issued.title, "2023-12-27", "编辑部")
    assert reading.source == "澜江省试点局"
    assert [claim.text for claim in reading.claims] == [row.shown for row in issued.figures.all()]


def test_facts_say_exactly_what_was_asked_and_what_it_came_to(desk: Desk, report: Report) -> None:
    issued = issue_report(report, actor=desk.bureau.reviewer)
    data = facts(page_of(edition.of_issued(issued)))
    assert (data["unit"], data["period"], data["digest"]) == ("bureau", "2023", issued.digest)
    study, money = data["figures"]  # type: ignore[misc]
    assert study == {
        "id": "f1", "indicator": "study.centre_group", "name": "中心组理论学习", "definition": study["definition"],
        "unit": "bureau", "unit_name": "澜江省试点局", "period": "2023", "programme": "thematic_education",
        "programme_name": "主题教育", "scope": "subtree", "least_month": False, "value": 2,
        "measure": "次", "shown": "2次", "as_of": issued.position, "vouchers": 2,
    }  # fmt: skip
    assert (money["value"], money["measure"], money["shown"]) == (980_000, "元", "98万元")


def test_hostile_words_stay_words(desk: Desk) -> None:
    report = desk.report("</script><script>alert(1)</script><b>支部</b>")
    report.title = '<img src=x onerror="alert(1)">'
    page = page_of(edition.of_draft(report))
    assert page.count("<script") == 1
    assert "<img" not in page
    assert "<b>" not in page
    assert facts(page)["title"] == report.title


def test_a_draft_says_that_it_is_one(desk: Desk, report: Report) -> None:
    assert "草稿，未定稿" in page_of(edition.of_draft(report))
