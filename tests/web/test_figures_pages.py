"""The pages of figures: three states, trend, parts, postings, exports."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.signed_in import FORMULA, cells, client_of, days, page, queries, workbook
from tests.worlds import World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.ledger.services import close_month, post_voucher, reverse_voucher
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.services import save_draft, submit_voucher

DAYS = "/figures/life.theme_party_days/"


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def record_zero(world: World) -> None:
    """A posted zero: an emergency without casualties (零伤亡)."""
    kind = current_catalogue().kind("emergency_response")
    values = {"event_type": "snow_ice", "casualties": 0}
    entry = Entry(
        unit=world.branch, kind=kind, title="抗击雨雪冰冻", event_date=date(2023, 2, 1), values=values
    )
    voucher = submit_voucher(entry, save_draft(entry, preparer=world.secretary), actor=world.secretary)
    post_voucher(voucher, actor=world.reviewer)


def test_zero_no_record_and_not_applicable_are_three_things(world: World) -> None:
    record_zero(world)
    client = client_of(world, "leader")
    group = page(client, "/figures/?group=急难担当")
    assert "0 人" in group
    assert "未记" in group
    assert "不适用" in page(client, f"/figures/life.theme_party_days/?unit={world.bureau.code}&scope=own")
    rows = cells(workbook(client, "/figures/export.xlsx")["指标"])
    states = {row[2]: (row[3], row[5]) for row in rows}
    assert states["emergency.casualties"] == (0, "有数")
    assert states["life.theme_party_days"] == (None, "未记")


def test_the_page_shows_value_definition_parts_and_the_postings_behind(world: World) -> None:
    world.posted(world.entry(title="三月活动"))
    world.posted(world.entry(date(2023, 11, 3), unit=world.other_branch, title="学习雷锋"))
    html = page(client_of(world, "leader"), DAYS)
    assert "<b>2</b>" in html
    assert current_catalogue().indicator("life.theme_party_days").definition in html
    assert "2 笔凭证" in html
    assert "三月活动" in html.split('id="rec"')[1]
    assert "2 个可记的单位中 2 个已入账" in html
    assert "机关党委" in html.split('id="h-by"')[1]


def test_the_trend_is_drawn_without_inline_style(world: World) -> None:
    world.posted()
    html = page(client_of(world, "leader"), DAYS)
    chart = html.split('class="bars"')[1].split("</svg>")[0]
    assert chart.count("<rect") == 1
    assert "period=2023-12" in chart
    assert "style=" not in html


def test_a_reversed_voucher_no_longer_counts_and_is_mentioned(world: World) -> None:
    world.posted()
    voucher = world.posted(world.entry(date(2023, 11, 3)))
    reverse_voucher(voucher, actor=world.reviewer, reason="重记")
    html = page(client_of(world, "leader"), DAYS)
    assert "<b>1</b>" in html
    assert "1 笔已红字冲销" in html


def test_a_closed_period_shows_then_and_now(world: World) -> None:
    world.posted(world.entry(date(2023, 12, 3)))
    close_month(world.book, 202312, actor=world.administrator)
    world.posted(world.entry(date(2023, 12, 4)))
    html = page(client_of(world, "leader"), f"{DAYS}?period=2023-12")
    assert "结账时" in html
    assert "结账后有补记或冲销" in html
    assert "<b>1</b>" in page(client_of(world, "leader"), f"{DAYS}?period=2023-12&as_of=1")


def test_what_must_stay_out_of_assessment_says_so(world: World) -> None:
    assert "不进考核" in page(client_of(world, "leader"), "/figures/publicity.briefs/")
    assert "不进考核" not in page(client_of(world, "leader"), DAYS)


def test_parts_come_in_organisational_order_whatever_the_figures(world: World) -> None:
    for day in days(3):
        world.posted(world.entry(day, unit=world.other_branch))
    world.posted()
    html = page(client_of(world, "leader"), f"{DAYS}?unit={world.committee.code}").split('id="h-by"')[1]
    assert html.index("第一党支部") < html.index("第二党支部")


def test_indicators_are_found_by_pinyin_initials(world: World) -> None:
    assert "主题党日" in page(client_of(world, "leader"), "/figures/?q=ztdr")
    assert "没有这个指标" in page(client_of(world, "leader"), "/figures/?q=zzzz")


def test_a_ratio_shows_its_two_parts(world: World) -> None:
    url = f"/figures/training.subject_coverage/?unit={world.foreign_bureau.code}"
    assert "分母" in page(
        client_of(world, "outsider"), f"/figures/training.subject_coverage/?unit={world.foreign_branch.code}"
    )
    page(client_of(world, "leader"), url, 404)


@pytest.mark.parametrize("query", ["period=x", "scope=x", "programme=x", "as_of=x", "page=-1", "page=x"])
def test_bad_input_is_answered_with_what_to_write(world: World, query: str) -> None:
    assert "请" in page(client_of(world, "leader"), f"{DAYS}?{query}", 400)


def test_an_unknown_indicator_or_a_foreign_unit_is_not_there(world: World) -> None:
    page(client_of(world, "leader"), "/figures/no.such/", 404)
    page(client_of(world, "outsider"), f"{DAYS}?unit={world.branch.code}", 404)
    assert client_of(world, "leader").get("/figures/no.such/export.xlsx").status_code == 404


def test_pages_cost_the_same_with_few_and_many_records(world: World) -> None:
    client = client_of(world, "leader")
    for day in days(5):
        world.posted(world.entry(day))
    few = [queries(client, url) for url in (DAYS, "/figures/")]
    for day in days(45):
        world.posted(world.entry(day, unit=world.other_branch))
    assert [queries(client, url) for url in (DAYS, "/figures/")] == few


def test_the_export_of_a_figure_holds_its_postings_as_text(world: World) -> None:
    world.posted(world.entry(title=FORMULA))
    sheets = workbook(client_of(world, "leader"), f"{DAYS}export.xlsx")
    assert ["全部", 1, "次", "有数"] in [row[:4] for row in cells(sheets["数值"])]
    assert all(cell.data_type != "f" for row in sheets["构成"].iter_rows() for cell in row)
    assert [row[2] for row in cells(sheets["构成"])[1:]] == [FORMULA]
    assert ["2023年1月", None, "次", "未记"] in [row[:4] for row in cells(sheets["数值"])]
