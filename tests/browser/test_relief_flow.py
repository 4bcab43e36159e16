"""Notice to receipt and suggestion to answer in a real browser, on both screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import SIZES, Desk
from tests.worlds import small_world


@pytest.mark.parametrize("size", SIZES)
def test_from_a_notice_to_its_receipt(browser: Browser, live_server: LiveServer, size: str) -> None:
    small_world()
    clerk = Desk(browser, live_server, size, "clerk")
    page = clerk.open("/notices/new/")
    page.get_by_label("标题").fill("关于十二月主题党日的通知")
    page.get_by_label("做什么用").fill("布置主题党日")
    page.get_by_label("正文").fill("请本月开展主题党日，收到请回复，并报送主题党日次数。")
    page.get_by_label("全部党支部").check()
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("heading", name="这些不能要")).to_be_visible()
    clerk.check(expected=("422",))
    page.get_by_label("正文").fill("请本月开展主题党日，按平常方式记账。")
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="送签").click()
    expect(page.get_by_text("待签发")).to_be_visible()
    clerk.check(expected=("422",))

    reviewer = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open("/notices/?box=open")
    page.get_by_role("link", name="关于十二月主题党日的通知").click()
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_role("heading", name="发给 2 个单位，0 个已收到")).to_be_visible()

    secretary = Desk(browser, live_server, size, "secretary")
    page = secretary.open("/")
    expect(page.get_by_text("1 件通知未读")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="关于十二月主题党日的通知").click()
    secretary.check()
    page.get_by_role("button", name="收到").click()
    expect(page.get_by_text("已收到")).to_be_visible()
    page = reviewer.open("/notices/")
    reviewer.check()
    for desk in (clerk, reviewer, secretary):
        desk.page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_from_a_suggestion_to_its_answer(browser: Browser, live_server: LiveServer, size: str) -> None:
    small_world()
    secretary = Desk(browser, live_server, size, "secretary")
    page = secretary.open("/relief/")
    secretary.check()
    page = secretary.open("/relief/suggestions/new/")
    page.get_by_label("重复填报").check()
    page.get_by_label("意见", exact=True).fill("季度末还要另填一张汇总表。")
    secretary.check()
    page.get_by_role("button", name="匿名投递").click()
    code = page.locator(".code").inner_text()
    secretary.check()

    reviewer = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open("/relief/suggestions/")
    reviewer.check()
    page.get_by_role("link", name="季度末还要另填一张汇总表。").click()
    page.get_by_role("button", name="开始办理").click()
    page.get_by_label("办了什么，或为什么不办").fill("汇总表停用，直接取数。")
    page.get_by_role("button", name="答复").click()
    expect(page.get_by_role("heading", name="改答复")).to_be_visible()
    reviewer.check()

    page = secretary.open("/relief/suggestions/")
    secretary.check()
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.get_by_text("汇总表停用，直接取数。")).to_be_visible()
    page = secretary.open("/relief/screen/")
    page.get_by_label("要发的文字").fill("每日打卡，按学习时长排名。")
    page.get_by_role("button", name="审一审").click()
    expect(page.get_by_role("heading", name="这些不能要")).to_be_visible()
    secretary.check()
    for desk in (secretary, reviewer):
        desk.page.context.close()
