"""Filling the superior's form in a real browser, on both screens: upload, accept, search, declare, issue, download."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import SIZES, Desk
from tests.superior_forms.sheets import opened, plain
from tests.worlds import World, small_world
from yibenzhang.superior_forms.models import SuperiorForm


@pytest.fixture
def world(live_server: LiveServer) -> World:
    world = small_world()
    for month in (3, 4, 5):
        world.posted(world.entry(date(2023, month, 8)))
    return world


@pytest.mark.parametrize("size", SIZES)
def test_a_form_from_upload_to_download(
    browser: Browser, live_server: LiveServer, world: World, size: str, tmp_path: Path
) -> None:
    file = tmp_path / "统计表.xlsx"
    file.write_bytes(plain(("主题党日", "次"), ("支部月度活动次数", "次"), ("制作电视片", "部")))
    desk = Desk(browser, live_server, size, "secretary")
    page = desk.open("/forms/new/")
    desk.check()
    page.get_by_label("上级发来的表").set_input_files(file)
    page.get_by_role("button", name="上传并填数").click()
    page.get_by_role("button", name="采用 1 个有把握的").click()
    desk.check()
    expect(page.get_by_role("link", name="主题党日 / 数量，已填，3")).to_be_visible()

    page.get_by_role("link", name="支部月度活动次数 / 数量，").first.click()
    page.wait_for_url("**cell=2**")  # the panel of the page itself already showed this cell
    expect(page.get_by_role("heading", name="支部月度活动次数 / 数量")).to_be_visible()
    page.get_by_role("searchbox", name="找指标").fill("ztdr")
    page.get_by_role("button", name="主题党日 3", exact=True).click()
    expect(page.get_by_role("heading", name="制作电视片 / 数量")).to_be_visible()
    desk.check()
    page.get_by_text("人工核定", exact=True).last.click()
    page.get_by_label("数值").fill("2")
    page.get_by_label("理由").fill("办公室统计")
    page.get_by_label("出处").fill("台历")
    page.get_by_role("button", name="写明核定").click()
    expect(page.get_by_text("3 格填了 3 格")).to_be_visible()
    desk.check()

    page.get_by_text("下载", exact=True).click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="填好的表").click()
    sheet = opened(Path(waiting.value.path()).read_bytes())
    assert [sheet[f"D{row}"].value for row in (3, 4, 5)] == [3, 3, 2]

    reviewer = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open(f"/forms/{SuperiorForm.objects.get().pk}/")
    page.get_by_role("link", name="定稿").click()
    reviewer.check()
    page.get_by_role("button", name="定稿").click()
    expect(page.get_by_role("region", name="报表操作")).to_contain_text("已定稿")
    page.context.close()
    desk.page.context.close()


def test_arrow_keys_move_between_cells(
    browser: Browser, live_server: LiveServer, world: World, tmp_path: Path
) -> None:
    file = tmp_path / "统计表.xlsx"
    file.write_bytes(plain(("主题党日", "次"), ("党课", "次")))
    desk = Desk(browser, live_server, "desk", "secretary")
    page = desk.open("/forms/new/")
    page.get_by_label("上级发来的表").set_input_files(file)
    page.get_by_role("button", name="上传并填数").click()
    page.locator("#c1").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#c2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="党课 / 数量")).to_be_visible()
    expect(page.locator("#c2")).to_have_attribute("aria-current", "true")
    page.context.close()
