"""Pages anyone may see, in a real browser: complete under the content policy, accessible, nothing from outside."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_sign_in_page_is_complete_and_accessible(
    live_server: LiveServer, page: Page, size: str, colours: str
) -> None:
    complaints: list[str] = []
    foreign: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def note_request(request: Request) -> None:
        if not request.url.startswith(live_server.url):
            foreign.append(request.url)

    page.on("console", note_message)
    page.on("request", note_request)
    page.set_viewport_size(SIZES[size])
    page.emulate_media(color_scheme=colours)
    page.goto(f"{live_server.url}/")

    assert page.get_by_label("账号").is_visible(), "an anonymous visitor is led to the sign-in page"
    assert page.evaluate("typeof htmx") == "object", "scripts load under the content policy"
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    assert complaints == []
    assert foreign == []
    assert [violation["id"] for violation in Axe().run(page).response["violations"]] == []


def test_a_refused_sign_in_says_so_and_keeps_the_account_name(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/")
    page.get_by_label("账号").fill("nobody")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()

    assert page.get_by_role("alert").get_by_text("没有登录成功").is_visible()
    assert page.get_by_label("账号").input_value() == "nobody"
    assert page.locator("[data-errsum]").evaluate("it => it === document.activeElement")
