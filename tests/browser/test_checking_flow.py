"""核稿 in a real browser on both screens: paste, pick a figure, decide, keys, without scripts; accessible throughout."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import Desk
from tests.checking.checked import checked
from tests.worlds import PASSWORD, World, small_world

TEXT = (
    "第一党支部2023年总结\n\n一、组织生活。一年来，开展主题党日3次，讲党课4次。\n\n"
    "二、服务群众。安装路灯12盏。表彰先进20名，其中党员12名、干部9名。"
)


@pytest.fixture
def world(live_server: LiveServer) -> World:
    world = small_world()
    world.posted()
    world.posted(world.entry(date(2023, 11, 5)))
    return world


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_from_a_text_to_decided_figures(
    browser: Browser, live_server: LiveServer, world: World, size: str
) -> None:
    desk = Desk(browser, live_server, size, "secretary")
    page = desk.open("/checking/")
    desk.check()
    page.get_by_label("粘贴文稿").fill(TEXT)
    page.locator("#id_unit").select_option(world.branch.code)
    page.get_by_label("期间").fill("2023")
    page.get_by_role("button", name="开始核对").click()

    expect(page.get_by_role("heading", name="共 6 处数字，1 处不一致")).to_be_visible()
    expect(page.get_by_text("文内前后不一致 1 处")).to_be_visible()
    desk.check()

    page.locator("#a1").click()
    expect(page.locator("#k1")).to_have_attribute("aria-current", "true")
    expect(page.locator("#k1")).to_contain_text("文中 3次，账上 2次，文中多 1次")
    expect(page.locator("#k1").get_by_role("link", name="看全部 2 笔")).to_be_visible()
    expect(page.locator("#k1")).to_be_in_viewport()
    desk.check()

    page.get_by_label("说明").fill("稿件已退回修改")
    page.get_by_role("button", name="确认这个匹配").click()
    expect(page.locator("#k1")).to_contain_text("稿件已退回修改")
    desk.check()

    page.get_by_role("link", name="不可核 4").click()
    expect(page.locator("#k3")).to_be_visible()
    expect(page.locator("#k1")).to_have_count(0)
    page.locator("#k3 .hd a").click()
    page.get_by_role("button", name="不核").click()
    expect(page.get_by_role("alert")).to_contain_text("写明理由")
    desk.check(expected=("422",))
    desk.page.context.close()


def test_keys_move_from_figure_to_figure(browser: Browser, live_server: LiveServer, world: World) -> None:
    article = checked(world, TEXT)
    desk = Desk(browser, live_server, "desk", "secretary")
    page = desk.open(f"/checking/{article.pk}/?v=all")
    page.locator("#a1").focus()
    for number in (2, 3):
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"#k{number}")).to_have_attribute("aria-current", "true")
        expect(page.locator(f"#a{number}")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#a2")).to_be_focused()
    desk.page.context.close()


def test_a_file_is_named_and_given_back(
    browser: Browser, live_server: LiveServer, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "总结.txt"
    path.write_text(TEXT, encoding="utf-8")
    desk = Desk(browser, live_server, "desk", "secretary")
    page = desk.open("/checking/")
    page.locator("#id_file").set_input_files(path)
    expect(page.get_by_text("总结.txt")).to_be_visible()
    page.locator("#id_unit").select_option(world.branch.code)
    page.get_by_role("button", name="开始核对").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="导出核稿单").click()
    kept = tmp_path / "sheet.html"
    waiting.value.save_as(kept)
    page.goto(kept.as_uri())
    expect(page.get_by_role("heading", name="逐个数字")).to_be_visible()
    desk.page.context.close()


def _sign_in(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/account/sign-in/")
    page.get_by_label("账号").fill("secretary")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


def test_everything_works_without_scripts(browser: Browser, live_server: LiveServer, world: World) -> None:
    article = checked(world, TEXT)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    _sign_in(page, live_server)
    page.goto(f"{live_server.url}/checking/{article.pk}/")
    page.locator("#a1").click()
    expect(page.locator("#k1")).to_have_attribute("aria-current", "true")
    page.get_by_label("说明").fill("已核对纪要")
    page.get_by_role("button", name="确认这个匹配").click()
    expect(page.locator("#k1")).to_contain_text("已核对纪要")
    page.get_by_role("button", name="重新核对").click()
    expect(page.get_by_role("heading", name="重新核对")).to_be_visible()
    context.close()
