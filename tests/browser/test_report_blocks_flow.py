"""A chart and a photograph placed by clicks, seen, printed on the sheet of the standard, and a build that is stopped."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import SIZES, Desk
from tests.worlds import World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.services import post_voucher
from yibenzhang.reports.models import Report
from yibenzhang.reports.services import create_report
from yibenzhang.vouchers.evidence import attach
from yibenzhang.vouchers.services import submit_voucher


@pytest.fixture
def report(live_server: LiveServer) -> Report:
    world: World = small_world()
    world.posted(world.entry(date(2023, 3, 8)))
    entry = world.entry(date(2023, 5, 8), title="进村讲地质")
    voucher, picture = world.draft(entry), io.BytesIO()
    Image.new("RGB", (900, 600), "steelblue").save(picture, "PNG")
    attach(voucher, "现场.png", picture.getvalue(), world.secretary)
    submit_voucher(entry, voucher, actor=world.secretary)
    post_voucher(voucher, actor=world.reviewer)
    return create_report(
        structure=current_catalogue().report_structure("branch-summary"), unit=world.branch,
        period=parse_period("2023"), actor=world.clerk, text="一、组织生活\n全年一月一次。\n二、下一步\n接着做。",
    )  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_a_chart_and_a_photograph_are_placed_by_clicks_below_the_line_of_the_cursor(
    browser: Browser, live_server: LiveServer, report: Report, size: str
) -> None:
    desk = Desk(browser, live_server, size, "clerk")
    page = desk.open(f"/reports/{report.pk}/edit/")
    text = page.get_by_label("正文")
    text.evaluate("box => box.setSelectionRange(9, 9)")
    page.get_by_role("searchbox", name="找数字").fill("ztdr")
    page.locator("#found li").filter(has_text="主题党日").first.get_by_role("button", name="各月").click()
    page.get_by_role("link", name="看材料").first.click()
    page.get_by_role("button", name="放照片").click()
    lines = text.input_value().split("\n")
    assert lines[:3] == ["一、组织生活", "全年一月一次。", "〔图·主题党日·各月〕"]
    assert lines[3].startswith("〔照片·")
    assert lines[4:] == ["二、下一步", "接着做。"]
    desk.check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("img", name="2023年各月主题党日（次）")).to_be_visible()
    expect(page.get_by_role("img", name="进村讲地质（第一党支部，2023年5月8日）")).to_be_visible()
    desk.check()
    if size == "desk":
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        sheet = printed.pages[0].mediabox
        assert (round(float(sheet.width)), round(float(sheet.height))) == (595, 842)
        assert "图1" in printed.pages[0].extract_text()
    page.context.close()


def test_a_build_goes_on_by_itself_and_can_be_stopped(
    browser: Browser, live_server: LiveServer, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yibenzhang.reports.builds.MANY_QUESTIONS", -1)
    desk = Desk(browser, live_server, "phone", "clerk")
    page = desk.open(f"/reports/{report.pk}/download/docx/")
    expect(page.get_by_text("已生成")).to_be_visible(timeout=20_000)
    desk.check()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename.endswith("（草稿）.docx")
    page.context.close()
