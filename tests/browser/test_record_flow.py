"""From the kind to the figure in a real browser: record, preview, submit, review, posted, counted; on both screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from tests.worlds import PASSWORD, World, small_world
from yibenzhang.vouchers.models import Voucher

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def world(live_server: LiveServer) -> World:
    return small_world()


class Desk:
    """A signed-in browser that notes every request that leaves the server and every complaint of the console."""

    def __init__(self, browser: Browser, server: LiveServer, size: str, username: str) -> None:
        self.server = server
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.size = SIZES[size]
        context = browser.new_context(viewport=self.size, locale="zh-CN", timezone_id="Asia/Shanghai")
        self.page: Page = context.new_page()
        self.page.on("request", self._note)
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.goto(f"{server.url}/account/sign-in/")
        self.page.get_by_label("账号").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()

    def _note(self, request: Request) -> None:
        if not request.url.startswith(self.server.url):
            self.foreign.append(request.url)

    def open(self, path: str) -> Page:
        """Open a page of the server."""
        self.page.goto(self.server.url + path)
        return self.page

    def check(self, *, expected: tuple[str, ...] = ()) -> None:
        """The page is accessible, does not scroll sideways, and everything came from the server."""
        assert [v["id"] for v in Axe().run(self.page).response["violations"]] == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.size["width"]
        assert self.foreign == []
        assert [text for text in self.complaints if not any(part in text for part in expected)] == []


@pytest.fixture
def desks(browser: Browser, live_server: LiveServer, world: World) -> Iterator[dict[str, Desk]]:
    made: dict[str, Desk] = {}
    yield made
    for desk in made.values():
        desk.page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_from_a_kind_to_a_figure(
    browser: Browser, live_server: LiveServer, world: World, desks: dict[str, Desk], size: str
) -> None:
    desk = desks["secretary"] = Desk(browser, live_server, size, "secretary")
    page = desk.open("/record/")
    desk.check()
    page.get_by_role("searchbox", name="找种类").fill("ztdr")
    page.get_by_role("link", name="主题党日", exact=True).first.click()

    page.get_by_label("标题").fill("重温入党誓词")
    page.get_by_label("日期", exact=True).fill("2023-12-05")
    page.locator("label.p", has_text="钱同志").click()
    page.locator("label.p", has_text="孙同志").click()
    page.locator("label.e", has_text="孙同志").click()
    expect(page.locator("[data-tally]")).to_contain_text("实到 8")
    expect(page.locator("[data-sentence]")).to_have_text("主题党日 +1 次，参加 8 人次")
    desk.check()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status").first).to_contain_text("已提交审核")
    desk.check()

    voucher = Voucher.objects.get()
    states = dict(voucher.people.values_list("person__name", "attendance"))
    assert (states["钱同志"], states["孙同志"], states["赵同志"]) == ("excused", "absent", "present")

    reviewer = desks["reviewer"] = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open("/review/")
    reviewer.check()
    page.get_by_role("link", name="重温入党誓词").click()
    reviewer.check()
    page.get_by_role("button", name="审核入账").click()
    expect(page.locator(".stamp")).to_contain_text("已入账")
    reviewer.check()

    page = reviewer.open(f"/figures/life.theme_party_day_attendance/?unit={world.branch.code}&period=2023")
    expect(page.locator("main")).to_contain_text("8")

    page = reviewer.open(f"/vouchers/{voucher.pk}/reverse/")
    reviewer.check()
    page.get_by_label("原因").fill("人数记错")
    page.get_by_role("button", name="红字冲销").click()
    expect(page.get_by_text("冲销改变了这些数字")).to_be_visible()
    reviewer.check()

    page = desk.open(f"/vouchers/{voucher.pk}/")
    page.get_by_role("button", name="更正重记").click()
    expect(page.get_by_text(f"更正已冲销的 {voucher.number}")).to_be_visible()
    desk.check()


def test_the_keyboard_alone_records(
    browser: Browser, live_server: LiveServer, world: World, desks: dict[str, Desk]
) -> None:
    desk = desks["secretary"] = Desk(browser, live_server, "desk", "secretary")
    page = desk.open("/record/")
    page.keyboard.type("dxk")
    expect(page.locator("#kinds")).not_to_contain_text("主题党日")
    page.get_by_role("searchbox", name="找种类").fill("dk")
    expect(page.locator("#kinds").get_by_role("link", name="党课", exact=True)).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "党课":
            break
    page.keyboard.press("Enter")

    expect(page.get_by_label("标题")).to_be_focused()
    page.keyboard.type("学习党章")
    lecturer = page.get_by_label("主讲人")
    lecturer.focus()
    page.keyboard.type("ztz")
    expect(page.locator("[data-suggest] button").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator('input[name="f-lecturer"]')).to_be_checked()
    page.get_by_label("实到").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-tally]")).to_contain_text("请假 1")
    page.get_by_role("button", name="提交审核").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("已提交审核")
    assert Voucher.objects.get().people.get(field="lecturer").person == world.members[0]


def test_nothing_typed_is_lost_without_scripts(
    browser: Browser, live_server: LiveServer, world: World
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=SIZES["phone"], locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/account/sign-in/")
    page.get_by_label("账号").fill("secretary")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.goto(f"{live_server.url}/record/?q=ztdr")
    page.get_by_role("link", name="主题党日", exact=True).first.click()
    page.locator("label.p", has_text="钱同志").click()
    page.get_by_label("列席的人").fill("查无此人")
    page.get_by_label("佐证材料").set_input_files(
        {"name": "纪要.txt", "mimeType": "text/plain", "buffer": b"minutes"}
    )
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("alert").first).to_contain_text("请写标题")
    expect(page.get_by_text("纪要.txt").first).to_be_visible()
    expect(page.get_by_label("列席的人")).to_have_value("查无此人")
    expect(page.locator("label.e", has_text="钱同志")).to_be_visible()
    page.get_by_label("标题").fill("重温入党誓词")
    page.get_by_label("列席的人").fill("")
    page.get_by_role("button", name="预览").click()
    expect(page.locator("[data-sentence]")).to_have_text("主题党日 +1 次，参加 9 人次")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交审核")).to_be_visible()
    assert Voucher.objects.get().attachments.count() == 1
    context.close()


def test_the_draft_is_kept_while_typing(
    browser: Browser, live_server: LiveServer, world: World, desks: dict[str, Desk]
) -> None:
    desk = desks["secretary"] = Desk(browser, live_server, "phone", "secretary")
    desk.page.clock.install()
    page = desk.open("/record/new/theme_party_day/")
    page.get_by_label("标题").fill("写到一半")
    page.clock.run_for(16_000)
    expect(page.locator("#kept")).to_contain_text("已自动存为草稿")
    voucher = Voucher.objects.get()
    assert voucher.title == "写到一半"
    assert page.url.endswith(f"/record/{voucher.pk}/edit/")
    page.get_by_label("标题").fill("写完了")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status").first).to_contain_text("已提交审核")
    assert Voucher.objects.get().title == "写完了"


@pytest.mark.parametrize("size", SIZES)
def test_an_invalid_form_leads_to_its_faults(
    browser: Browser, live_server: LiveServer, world: World, desks: dict[str, Desk], size: str
) -> None:
    desk = desks["clerk"] = Desk(browser, live_server, size, "clerk")
    page = desk.open("/record/new/agency_committee_meeting/")
    page.get_by_label("参加的人").fill("赵同志")
    page.get_by_role("button", name="提交审核").click()
    summary = page.locator("[data-errsum]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("“赵同志”有 2 人同名")
    desk.check(expected=("422",))
    page.get_by_role("link", name="请写标题").click()
    expect(page.get_by_label("标题")).to_be_focused()
