"""A follow-up in a real browser on both screens: opened from the matrix, answered by the branch, closed by the superior."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import Desk
from tests.worlds import small_world


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_gap_is_followed_up_answered_and_closed(
    browser: Browser, live_server: LiveServer, size: str
) -> None:
    small_world()
    reviewer = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open("/duties/geo-branch-1/ZB-06/2023-10/")
    page.get_by_role("link", name=re.compile("督办.*第一党支部主题党日")).click()
    expect(page.get_by_role("heading", name="发起督办")).to_be_visible()
    reviewer.check()
    page.get_by_role("button", name="发起督办").click()
    expect(page.get_by_role("button", name="催办")).to_be_disabled()
    expect(page.get_by_text("1月4日起可以再催")).to_be_visible()
    reviewer.check()

    secretary = Desk(browser, live_server, size, "secretary")
    branch = secretary.open("/")
    branch.get_by_role("main").get_by_role("link", name="2023年10月主题党日").click()
    branch.get_by_label("办理情况").fill("下周补开。")
    branch.get_by_role("button", name="回复").click()
    expect(branch.get_by_text("下周补开。")).to_be_visible()
    secretary.check()

    page = reviewer.open("/follow-ups/?box=opened")
    reviewer.check()
    page.get_by_role("link", name="2023年10月主题党日").click()
    page.get_by_label("理由").first.fill("已安排补开")
    page.get_by_role("button", name="办结").click()
    expect(page.get_by_role("main").get_by_text("已办结")).to_be_visible()
    for desk in (reviewer, secretary):
        desk.page.context.close()
