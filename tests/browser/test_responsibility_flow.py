"""A list in a real browser on both screens: issue, split, and the branch sees from whose item its own came."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import Desk
from tests.responsibility.listed_book import draft_list, worded
from tests.worlds import small_world


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_the_committee_s_item_to_the_branch_s(
    browser: Browser, live_server: LiveServer, size: str
) -> None:
    world = small_world()
    draft = draft_list(world, units=[world.committee], title="机关党委清单", items=[worded("帮助薄弱支部")])

    reviewer = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open(f"/responsibility/{draft.pk}/")
    reviewer.check()
    page.get_by_role("link", name="加一项").first.click()
    reviewer.check()
    page.get_by_label("事项", exact=True).fill("讲一次党课")
    page.get_by_label("期限").fill("2023-12-31")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="印发").click()
    page.get_by_label("印发日期").fill("2023-03-01")
    page.get_by_role("button", name="印发").click()
    expect(page.get_by_text("2 项：")).to_be_visible()
    reviewer.check()

    page.get_by_role("link", name="拆给下级").click()
    page.get_by_label("帮助薄弱支部").check()
    page.get_by_label("第一党支部", exact=True).check()
    page.get_by_label("清单名称").fill("支部清单")
    reviewer.check()
    page.get_by_role("button", name="拆成草稿").click()
    page.get_by_role("link", name="印发").click()
    page.get_by_label("印发日期").fill("2023-03-02")
    page.get_by_role("button", name="印发").click()
    reviewer.open("/responsibility/tiers/?year=2023")
    page.locator("summary", has_text="帮助薄弱支部").click()
    expect(page.get_by_text("第一党支部 1", exact=True)).to_be_visible()
    reviewer.check()

    secretary = Desk(browser, live_server, size, "secretary")
    page = secretary.open("/responsibility/?year=2023")
    secretary.check()
    page.get_by_role("link", name="支部清单").click()
    page.get_by_role("link", name="帮助薄弱支部").click()
    expect(page.get_by_role("heading", name="从哪里来")).to_be_visible()
    expect(page.get_by_text("机关党委第1项")).to_be_visible()
    page.get_by_role("textbox", name="进展").fill("已结对帮扶。")
    page.get_by_label("这一项已完成").check()
    page.get_by_role("button", name="写进展").click()
    expect(page.locator(".lead")).to_contain_text("自述")
    secretary.check()
    for desk in (reviewer, secretary):
        desk.page.context.close()
