"""Duties in a real browser on both screens: the matrix leads to why, the due list to the record; accessible throughout."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import Desk
from tests.worlds import small_world


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_the_matrix_to_why_and_from_due_to_the_record(
    browser: Browser, live_server: LiveServer, size: str
) -> None:
    world = small_world()
    world.submitted(world.entry(date(2023, 12, 5)))

    reviewer = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open("/duties/?rule=ZB-06")
    expect(page.get_by_role("heading", name="规定动作", exact=True)).to_be_visible()
    reviewer.check()
    page.get_by_role("link", name="第一党支部12月：待审").click()
    expect(page.get_by_text("待审的入账后即满足")).to_be_visible()
    reviewer.check()
    reviewer.open("/duties/calendar/?month=2024-01")
    reviewer.check()

    secretary = Desk(browser, live_server, size, "secretary")
    page = secretary.open("/")
    page.get_by_role("link", name="我的待办").first.click()
    expect(page.get_by_role("heading", name="期内要办")).to_be_visible()
    secretary.check()
    page.get_by_role("link", name="谈心谈话：党员之间").click()
    page.get_by_role("main").get_by_role("link", name="记一笔").click()
    expect(page.get_by_role("heading", name="谈心谈话")).to_be_visible()
    for desk in (reviewer, secretary):
        desk.page.context.close()
