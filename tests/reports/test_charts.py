"""Charts of a report: one set of points for page, document and issued version; no league tables."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from docx import Document
from lxml import etree

from tests.reports.conftest import Desk
from tests.reports.evidence import picture, recorded
from tests.reports.ooxml_order import WP, C, faults
from yibenzhang.indicators.bars import drawn
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.ooxml import check_ooxml
from yibenzhang.organisation.models import Book
from yibenzhang.reading import read_page
from yibenzhang.reports import edition, services
from yibenzhang.reports.blocks import Block
from yibenzhang.reports.blocks_used import blocks_reversed, blocks_using
from yibenzhang.reports.charts import from_data
from yibenzhang.reports.digest import is_intact
from yibenzhang.reports.docx.document import document_of
from yibenzhang.reports.models import IssuedBlock
from yibenzhang.reports.moved_charts import charts_moved
from yibenzhang.reports.page import page_of
from yibenzhang.reports.queries import composed, rerun
from yibenzhang.reports.tokens import PictureToken
from yibenzhang.vouchers.models import Voucher

MONTHS = "{{chart:study.centre_group|by=month}}"
TEXT = f"一、学习\n中心组学习{{{{study.centre_group}}}}，各月如下。\n{MONTHS}\n二、投入\n投入资金{{{{village.funds_invested}}}}。"


def only(report: Any) -> Block:
    (block,) = composed(report).blocks
    return block


def bars(block: Block) -> list[tuple[str, str]]:
    assert block.chart is not None, block.problem
    return [(point.label, point.words) for point in block.chart.chart.points]


def test_a_trend_has_every_month_and_tells_no_record_from_zero(desk: Desk) -> None:
    block = only(desk.report(MONTHS))
    assert bars(block)[2:7] == [("3月", "未记"), ("4月", "1"), ("5月", "1"), ("6月", "1"), ("7月", "未记")]
    assert block.chart is not None
    assert block.chart.title == "2023年各月中心组理论学习（次）"
    source, left = block.chart.notes
    assert source.startswith("数据截至2023年12月27日；口径：")
    assert left.startswith("未记：1月、2月、3月、7月")
    assert left.endswith("12月未满")


def test_months_to_come_have_no_bar_and_no_word(desk: Desk) -> None:
    Book.objects.update(fixed_date=date(2023, 10, 9))
    assert bars(only(desk.report(MONTHS)))[10:] == [("11月", ""), ("12月", "")]
    desk.bureau.post(
        "liaison_assignment", "committee", date(2023, 5, 1), target_type="county", matters={"point": "青岭县"}
    )
    standing = bars(only(desk.report("{{chart:liaison.counties|by=month}}")))
    assert standing[3:6] == [("4月", "未记"), ("5月", "1"), ("6月", "1")]
    assert standing[9:] == [("10月", "1"), ("11月", ""), ("12月", "")], (
        "what stands today says nothing of November"
    )


def test_units_stand_in_organisational_order_whatever_their_size(desk: Desk) -> None:
    for unit, times in (("a", 1), ("b", 3), ("c", 2)):
        for month in range(1, times + 1):
            desk.bureau.post(
                "theme_party_day", unit, date(2023, month, 5), people={"attendees": [f"{unit}0"]}
            )
    block = only(desk.report("{{chart:life.theme_party_days|by=unit|unit=agency}}"))
    assert bars(block) == [("甲支部", "1"), ("乙支部", "3"), ("丙支部", "2")]


def test_years_end_with_that_of_the_report_and_begin_with_the_first_record(desk: Desk) -> None:
    desk.bureau.post("centre_group_study", "committee", date(2021, 5, 8))
    block = only(desk.report("{{chart:study.centre_group|by=year}}"))
    assert bars(block) == [("2021年", "1"), ("2022年", "未记"), ("2023年", "3")]
    assert block.words == "2021—2023年中心组理论学习（次）"


@pytest.mark.parametrize(
    ("token", "why"),
    [
        ("{{chart:publicity.media_provincial|by=unit}}", "不进考核，不能按单位比较"),
        ("{{chart:study.centre_group|by=unit|unit=a}}", "没有下级单位"),
        ("{{chart:study.centre_group|period=2019}}", "画不出图"),
        ("{{chart:no.such|by=month}}", "目录里没有指标"),
        ("{{chart:study.centre_group|programme=gone}}", "专题“gone”已不在目录里"),
        ("{{chart:study.centre_group|title=学习185次}}", "“185次”没有对应台账"),
        ("{{chart:study.centre_group|period=2019-01-01..2023-12-31}}", "最多 24 根"),
        ("{{picture:" + "0" * 64 + "}}", "没有这张照片"),
    ],
)
def test_what_cannot_be_drawn_says_why_and_keeps_the_report_from_being_issued(
    desk: Desk, token: str, why: str
) -> None:
    report = desk.report(f"开头。\n{token}")
    assert why in only(report).problem
    services.submit_report(report, actor=desk.bureau.recorder)
    with pytest.raises(BookError, match="1 处图或照片要处理"):
        services.issue_report(report, actor=desk.bureau.reviewer)
    assert why in page_of(edition.of_draft(report))
    assert why in "".join(
        p.text for p in Document(io.BytesIO(document_of(edition.of_draft(report)))).paragraphs
    )


def test_a_chart_inside_a_line_parts_it_and_costs_no_word(desk: Desk) -> None:
    report = desk.report(f"学习{{{{study.centre_group}}}}。{MONTHS}接着写。")
    assert composed(report).text == "学习3次。\n\n接着写。"
    assert desk.save(report, report.text).text == report.text


def test_an_issued_chart_is_frozen_re_run_the_same_and_guarded(desk: Desk) -> None:
    issued = desk.issued(TEXT)
    before = [block.chart for block in edition.of_issued(issued).text.blocks]
    assert [block.chart for block in rerun(issued).blocks] == before
    desk.study(7)
    assert [block.chart for block in edition.of_issued(issued).text.blocks] == before
    assert [block.chart for block in rerun(issued).blocks] == before
    assert is_intact(issued)
    row = IssuedBlock.objects.get()
    assert from_data(row.content) == before[0]
    for act in (
        lambda: IssuedBlock.objects.filter(pk=row.pk).update(position=1),
        lambda: IssuedBlock.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_what_moved_in_a_chart_is_told_bar_by_bar_with_its_vouchers(desk: Desk) -> None:
    issued = desk.issued(TEXT)
    assert charts_moved(issued) == []
    desk.study(7)
    (change,) = charts_moved(issued)
    assert change.bars == (("2023年7月", "未记", "1"),)
    assert [line.word for line in change.lines] == ["新入账"]
    assert change.as_data()["bars"] == [{"name": "2023年7月", "issued": "未记", "now": "1"}]


def chart_part(document: bytes) -> Any:
    parts = Document(io.BytesIO(document)).part.package.iter_parts()
    (blob,) = [part.blob for part in parts if part.partname.startswith("/word/charts/")]
    return etree.fromstring(blob)


def test_document_and_page_draw_the_same_bars(desk: Desk) -> None:
    ready = edition.of_issued(desk.issued(TEXT))
    chart = ready.text.blocks[0].chart
    assert chart is not None
    root = chart_part(document_of(ready))
    names = [pt.findtext(f"{{{C}}}v") for pt in root.find(f".//{{{C}}}cat").iter(f"{{{C}}}pt")]
    values = {
        int(pt.get("idx")): pt.findtext(f"{{{C}}}v") for pt in root.find(f".//{{{C}}}val").iter(f"{{{C}}}pt")
    }
    assert names == [point.label for point in chart.chart.points]
    assert values == {
        place: str(point.value) for place, point in enumerate(chart.chart.points) if point.value is not None
    }
    page = page_of(ready)
    assert page.count('<rect class="b"') == len(values)
    assert [bar.point for bar in drawn(chart.chart).bars] == list(chart.chart.points)
    assert "图1　2023年各月中心组理论学习（次）" in page
    assert "style=" not in page


def test_the_document_with_a_chart_is_sound_and_says_it_in_words(desk: Desk) -> None:
    ready = edition.of_issued(desk.issued(TEXT))
    for annotated in (False, True):
        document = document_of(ready, annotated=annotated)
        check_ooxml(document)
        assert faults(document) == []
    rows = [row.cells[0].text for row in Document(io.BytesIO(document)).tables[-1].rows]
    assert rows == ["序号", "1", "2", "图1"]
    (frame,) = Document(io.BytesIO(document_of(ready))).element.iter(f"{{{WP}}}docPr")
    assert frame.get("descr").startswith("2023年各月中心组理论学习（次）：1月未记，")
    assert "4月1次" in frame.get("descr")


def test_charts_add_no_figure_to_what_is_read_back(desk: Desk) -> None:
    ready = edition.of_issued(desk.issued(TEXT))
    for data in (page_of(ready).encode(), document_of(ready)):
        assert [claim.text for claim in read_page(data).claims] == ["3次", "98万元"]


def test_a_reversal_marks_the_charts_and_photographs_that_used_the_voucher(desk: Desk) -> None:
    (row,) = recorded(desk, picture())
    issued = desk.issued(f"{TEXT}\n{{{{chart:study.centre_group|by=year}}}}\n{PictureToken(row.sha256)}")
    study = Voucher.objects.get(kind="centre_group_study", event_date=date(2023, 4, 8))
    assert [str(block) for block in blocks_using(study)] == [
        "2023年各月中心组理论学习（次）", "2023年中心组理论学习（次）",
    ]  # fmt: skip
    assert [block.name for block in blocks_using(row.voucher)] == ["照片"]
    assert blocks_reversed(issued) == []
    desk.bureau.reverse(study)
    desk.study(4)
    assert [block.number for block in blocks_reversed(issued)] == [1, 2], "the same number, other records"
    assert charts_moved(issued) == []
    desk.bureau.reverse(row.voucher)
    assert [block.number for block in blocks_reversed(issued)] == [1, 2, 3]


def test_next_year_draws_its_own_chart_and_leaves_the_photographs_behind(desk: Desk) -> None:
    (row,) = recorded(desk, picture())
    desk.period = "2022"
    report = desk.report(
        f"{{{{chart:study.centre_group|by=month|title=2022年的节奏}}}}\n{PictureToken(row.sha256)}\n完。"
    )
    new = services.roll_forward(report, actor=desk.bureau.recorder)
    assert new.text == "{{chart:study.centre_group|by=month|title=2023年的节奏}}\n完。"
    assert bars(only(new))[3] == ("4月", "1")
