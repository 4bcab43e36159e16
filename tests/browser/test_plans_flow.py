"""From a task of a plan to the state it gets, in a real browser on both screens: open, 记一笔, submit, 待审."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_record_flow import SIZES, Desk
from tests.plans.planned_book import issued_plan
from tests.worlds import World, small_world
from yibenzhang.plans.models import Plan, PlanFulfilment


@pytest.fixture
def world(live_server: LiveServer) -> World:
    return small_world()


@pytest.mark.parametrize("size", SIZES)
def test_from_a_task_to_waiting_for_review(
    browser: Browser, live_server: LiveServer, world: World, size: str
) -> None:
    plan = issued_plan(world, unit=world.branch)
    desk = Desk(browser, live_server, size, "secretary")
    page = desk.open(f"/plans/{plan.pk}/")
    desk.check()
    page.get_by_role("link", name="组织主题党日", exact=True).click()
    desk.check()
    page.get_by_role("main").get_by_role("link", name="记一笔").click()
    expect(page.get_by_label("标题")).to_have_value("组织主题党日")
    expect(page.get_by_text("来自计划")).to_be_visible()
    desk.check()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status").first).to_contain_text("已提交审核")
    assert PlanFulfilment.objects.count() == 1
    page = desk.open(f"/plans/{plan.pk}/")
    expect(page.get_by_role("row", name="组织主题党日")).to_contain_text("待审")
    desk.check()
    page.context.close()


@pytest.mark.parametrize("size", SIZES)
def test_writing_and_issuing_a_plan(
    browser: Browser, live_server: LiveServer, world: World, size: str
) -> None:
    desk = Desk(browser, live_server, size, "clerk")
    page = desk.open("/plans/new/")
    desk.check()
    page.get_by_label("单位", exact=True).select_option(world.committee.code)
    page.get_by_label("种类").select_option("key_points")
    page.get_by_role("button", name="开始写").click()
    row = page.get_by_role("group", name="第 1 行")
    row.get_by_label("任务").fill("组织主题党日")
    row.get_by_label("完成时限").fill("某天")
    page.get_by_role("button", name="保存").last.click()
    expect(page.get_by_role("alert")).to_contain_text("第 1 行“完成时限”")
    desk.check(expected=("422",))
    row.get_by_label("完成时限").fill("11月")
    page.get_by_role("button", name="保存").last.click()
    expect(page.get_by_text("草稿，共 1 项")).to_be_visible()
    plan = Plan.objects.get()

    reviewer = Desk(browser, live_server, size, "reviewer")
    page = reviewer.open(f"/plans/{plan.pk}/")
    page.get_by_role("link", name="印发").click()
    reviewer.check()
    page.get_by_role("button", name="印发").click()
    expect(page.get_by_text("2023年12月27日印发")).to_be_visible()
    page.get_by_role("link", name="组织主题党日").click()
    page.get_by_role("link", name="调整").click()
    reviewer.check()
    page.get_by_label("理由").fill("合并到下月")
    page.get_by_role("button", name="取消这一项").click()
    expect(page.get_by_text("已取消").first).to_be_visible()
    reviewer.check()
    page.context.close()
    desk.page.context.close()
