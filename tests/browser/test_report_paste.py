"""Pasting from Word into a report, and writing on while the server is away or the sign-in has ended."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import SIZES, Desk
from tests.worlds import PASSWORD, World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.periods import parse_period
from yibenzhang.reports.models import Report
from yibenzhang.reports.services import create_report

PARAGRAPH = (
    "<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span lang=EN-US "
    "style='mso-ansi-language:EN-US'>第{}段</span>开展主题党日，写了几句话。<o:p></o:p></p>"
)
DOCUMENT = (
    "<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]-->"
    + "".join(PARAGRAPH.format(n) for n in range(1, 301))
    + '<img src="x" onerror="window.hacked = 1"><a href="javascript:window.hacked = 1">链接</a><script>window.hacked = 1'
    "</script><p>&lt;script&gt;window.hacked = 1&lt;/script&gt;收尾</p><!-- 没有收口"
)


@pytest.fixture
def report(live_server: LiveServer) -> tuple[World, Report]:
    world = small_world()
    world.posted(world.entry(date(2023, 3, 8)))
    report = create_report(
        structure=current_catalogue().report_structure("branch-summary"), unit=world.branch,
        period=parse_period("2023"), actor=world.clerk, text="一、组织生活\n原来的话。",
    )  # fmt: skip
    return world, report


def copied(page: Page) -> None:
    """Put the document into the clipboard as somebody would: shown as rich text, all selected, copied."""
    page.set_content(f"<div contenteditable id=word>{DOCUMENT}</div>")
    page.locator("#word").focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("ControlOrMeta+C")


@pytest.mark.parametrize("size", SIZES)
def test_a_paste_from_word_leaves_its_words_and_nothing_else(
    browser: Browser, live_server: LiveServer, report: tuple[World, Report], size: str
) -> None:
    desk = Desk(browser, live_server, size, "clerk")
    other = desk.page.context.new_page()
    copied(other)
    other.close()
    page = desk.open(f"/reports/{report[1].pk}/edit/")
    text = page.get_by_label("正文")
    text.focus()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.press("ControlOrMeta+V")
    expect(text).to_have_value(re.compile("第300段开展主题党日"))
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("article")).to_contain_text("<script>window.hacked = 1</script>收尾")
    desk.check()
    assert page.evaluate("window.hacked") is None
    kept = Report.objects.get().text
    assert kept.count("写了几句话。") == 300
    assert not re.search(r"mso|Mso|onerror|javascript|<p|<o:p", kept)
    page.context.close()


def test_what_is_typed_while_the_server_is_away_is_saved_when_it_is_back(
    browser: Browser, live_server: LiveServer, report: tuple[World, Report]
) -> None:
    desk = Desk(browser, live_server, "desk", "clerk")
    page = desk.open(f"/reports/{report[1].pk}/edit/")
    status = page.get_by_role("status")
    page.route("**/edit/", lambda route: route.abort())
    page.get_by_label("正文").fill("一、组织生活\n断网时写的话。")
    expect(status).to_contain_text("没有连上服务器，还没有保存", timeout=9000)
    page.unroute("**/edit/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(status).to_contain_text("已自动保存", timeout=9000)
    assert Report.objects.get().text.endswith("断网时写的话。")
    page.context.close()


def test_what_is_typed_after_the_sign_in_ended_is_saved_after_signing_in_again(
    browser: Browser, live_server: LiveServer, report: tuple[World, Report]
) -> None:
    desk = Desk(browser, live_server, "desk", "clerk")
    page = desk.open(f"/reports/{report[1].pk}/edit/")
    status = page.get_by_role("status")
    page.context.clear_cookies()
    page.get_by_label("正文").fill("一、组织生活\n登录过期后写的话。")
    expect(status).to_contain_text("登录已过期，还没有保存", timeout=9000)
    again = page.context.new_page()
    again.goto(f"{live_server.url}/account/sign-in/")
    again.get_by_label("账号").fill("clerk")
    again.get_by_label("密码").fill(PASSWORD)
    again.get_by_role("button", name="登录").click()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(status).to_contain_text("已自动保存", timeout=9000)
    assert Report.objects.get().text.endswith("登录过期后写的话。")
    page.context.close()
