"""Writing a report in a real browser, on both screens: begin, insert by pinyin, autosave, resolve, issue, print."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import SIZES, Desk
from tests.worlds import World, small_world
from yibenzhang.reports.models import IssuedReport, Report
from yibenzhang.reports.queries import composed


@pytest.fixture
def world(live_server: LiveServer) -> World:
    world = small_world()
    for month in (3, 4, 5):
        world.posted(world.entry(date(2023, month, 8)))
    return world


@pytest.mark.parametrize("size", SIZES)
def test_a_report_from_the_first_word_to_the_issue(
    browser: Browser, live_server: LiveServer, world: World, size: str
) -> None:
    desk = Desk(browser, live_server, size, "clerk")
    page = desk.open("/reports/new/")
    desk.check()
    page.get_by_label("单位", exact=True).select_option(world.branch.code)
    page.get_by_label("报告结构").select_option("branch-summary")
    page.get_by_role("button", name="开始写").click()
    expect(page.get_by_role("article")).to_contain_text("开展主题党日3次")
    desk.check()

    page.get_by_role("link", name="改文字").click()
    text = page.get_by_label("正文")
    text.fill("一、组织生活\n全年开展主题党日，用时11天。")
    text.evaluate("box => box.setSelectionRange(15, 15)")
    page.get_by_role("searchbox", name="找数字").fill("ztdr")
    page.get_by_role("button", name="主题党日 3次", exact=True).click()
    assert text.input_value() == "一、组织生活\n全年开展主题党日〔主题党日〕，用时11天。"
    desk.check()
    expect(page.get_by_role("status")).to_contain_text("已自动保存", timeout=9000)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("article")).to_contain_text("全年开展主题党日3次")
    assert [mark.state for mark in composed(Report.objects.get()).marks] == ["matched", "unmatched"]

    page.get_by_text("人工核定", exact=True).last.click()
    page.get_by_label("理由").fill("按台历清点")
    page.get_by_label("出处").fill("支部台历")
    page.get_by_role("button", name="写明核定").click()
    desk.check()
    page.get_by_role("button", name="送审").click()

    reviewer = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open(f"/reports/{Report.objects.get().pk}/")
    page.get_by_role("link", name="定稿").click()
    reviewer.check()
    page.get_by_role("button", name="定稿").click()
    expect(page.get_by_role("article")).to_contain_text("（第1版）")
    reviewer.check()
    assert IssuedReport.objects.get().figures.count() == 2
    page.emulate_media(media="print")
    expect(page.get_by_role("complementary").first).to_be_hidden()
    page.context.close()
    desk.page.context.close()


def test_without_scripts_a_report_is_written_all_the_same(
    browser: Browser, live_server: LiveServer, world: World
) -> None:
    desk = Desk(browser, live_server, "desk", "clerk")
    cookies = desk.page.context.cookies()
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"{live_server.url}/reports/new/")
    page.get_by_label("单位", exact=True).select_option(world.branch.code)
    page.get_by_label("报告结构").select_option("branch-summary")
    page.get_by_role("button", name="开始写").click()
    page.get_by_role("link", name="改文字").click()
    page.get_by_label("正文").fill("主题党日〔ztdr〕〔主题党日〕。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("alert")).to_contain_text("请写全")
    page.get_by_label("正文").fill("主题党日〔主题党日〕。")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("article")).to_contain_text("主题党日3次。")
    context.close()
    desk.page.context.close()
