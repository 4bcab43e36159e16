"""Coverage and rules in a real browser on both screens: numbers lead to names, a switched rule binds; accessible throughout."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import Desk
from tests.web.test_coverage_pages import found, opened, visited
from tests.worlds import small_world


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_numbers_to_names_and_a_rule_switched_on(
    browser: Browser, live_server: LiveServer, size: str
) -> None:
    world = small_world()
    entry = world.entry(date(2023, 12, 5))
    entry.people["attendees"][3] = (world.members[3], "excused")
    world.posted(entry)
    round_ = opened(world, covers=["branch"])
    visited(world, round_, world.branch.code, date(2023, 11, 7))
    found(world, round_, "补齐记录", "2023-12-20")

    reviewer = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open("/duties/")
    page.get_by_role("link", name="教育覆盖").click()
    page.get_by_role("row", name="主题党日").get_by_role("link").last.click()
    expect(page.get_by_role("cell", name=world.members[3].name, exact=True)).to_be_visible()
    reviewer.check()
    page.get_by_role("link", name="调研指导").click()
    expect(page.get_by_text("还有1个没有到")).to_be_visible()
    reviewer.check()
    page.get_by_role("link", name="督办", exact=True).last.click()
    expect(page.get_by_role("heading", name="督办").first).to_be_visible()

    administrator = Desk(browser, live_server, size, "administrator")
    page = administrator.open("/duties/rules/")
    administrator.check()
    page.locator("#ZB-04").get_by_role("link", name="启用").click()
    page.get_by_label("理由").fill("机关党委会定的")
    administrator.check()
    page.get_by_role("button", name="启用").click()
    expect(page.locator("#ZB-04")).to_contain_text("起启用")

    secretary = Desk(browser, live_server, size, "secretary")
    page = secretary.open("/duties/calendar/")
    page.get_by_role("link", name="订阅").click()
    page.get_by_role("button", name="生成地址").click()
    expect(page.get_by_label("您的订阅地址")).to_be_visible()
    secretary.check()
    for desk in (reviewer, administrator, secretary):
        desk.page.context.close()
