"""Pages of lists, plans and the relief account cost the same queries however much they show."""

from __future__ import annotations

from datetime import date

import pytest

from tests.notices.sent import issued_notice, wording
from tests.plans.planned_book import issued_plan
from tests.responsibility.listed_book import ISSUED_ON, issued_lists, worded
from tests.web.signed_in import client_of, queries
from tests.worlds import World, small_world
from yibenzhang.organisation.models import Unit
from yibenzhang.responsibility.issuing import issue_list
from yibenzhang.responsibility.models import ResponsibilityList
from yibenzhang.responsibility.queries import items_of
from yibenzhang.responsibility.splitting import split_items
from yibenzhang.responsibility.stating import state_progress

ITEMS = [
    worded("每月开展主题党日", shown_by="requirement", requirement="ZB-06"),
    worded("召开组织生活会", shown_by="requirement", requirement="ZB-07"),
    worded("主题党日", shown_by="indicator", indicator="life.theme_party_days", needed=1),
    worded(
        "主题党日，带下级", shown_by="indicator", indicator="life.theme_party_days", needed=9, covers="all"
    ),
    worded("走访"),
]


@pytest.fixture
def world(db: None) -> World:
    world = small_world()
    for unit in (world.branch, world.other_branch):
        world.posted(world.entry(date(2023, 11, 7), unit=unit))
        world.submitted(world.entry(date(2023, 12, 5), unit=unit))
    return world


def lists(world: World, title: str, units: list[Unit], items: int = 1) -> list[ResponsibilityList]:
    """Lists of the committee with each item so many times, each with something said of it."""
    made = issued_lists(world, title=title, units=units, items=ITEMS * items)
    for item in items_of(made):
        state_progress(item, text="已部署", actor=world.clerk)
    return made


@pytest.mark.parametrize("url", ["/responsibility/?box=given&year=2023", "/responsibility/tiers/?year=2023"])
def test_further_lists_to_further_units_cost_nothing_more(world: World, url: str) -> None:
    clerk = client_of(world, "clerk")
    lists(world, "一", [world.branch])
    few = queries(clerk, url)
    for title in ("二", "三", "四"):
        lists(world, title, [world.branch, world.other_branch])
    assert queries(clerk, url) <= few


def test_further_items_of_a_list_cost_nothing_more(world: World) -> None:
    clerk = client_of(world, "clerk")
    short, long = lists(world, "短", [world.branch])[0], lists(world, "长", [world.branch], items=4)[0]
    few, many = (queries(clerk, f"/responsibility/{each.pk}/") for each in (short, long))
    assert many <= few


def test_an_item_split_to_two_units_costs_no_more_than_one_split_to_one(world: World) -> None:
    clerk = client_of(world, "clerk")
    counts = []
    for units in ([world.branch], [world.branch, world.other_branch]):
        own = issued_lists(world, title=f"本级{len(units)}", units=[world.committee])
        origin = items_of(own)[0]
        split = split_items([origin], units=units, title=f"拆{len(units)}", actor=world.clerk)
        issue_list(split, revision=split.revision, actor=world.reviewer, on=ISSUED_ON)
        counts.append(queries(clerk, f"/responsibility/items/{origin.pk}/"))
    assert counts[1] <= counts[0]


def test_further_open_tasks_of_a_plan_cost_its_recorder_nothing_more(world: World) -> None:
    rows = [
        {"text": f"任务{n}", "lead": ("第一党支部", "第二党支部")[n % 2], "due": "11月", "kind": "主题党日"}
        for n in range(12)
    ]
    clerk = client_of(world, "clerk")
    short = issued_plan(world, rows[:2])
    few = queries(clerk, f"/plans/{short.pk}/")
    short.delete()
    long = issued_plan(world, rows)
    assert queries(clerk, f"/plans/{long.pk}/") <= few


def test_further_asks_cost_the_relief_account_nothing_more(world: World) -> None:
    clerk = client_of(world, "clerk")
    issued_notice(world)
    few = queries(clerk, "/relief/")
    for number in range(5):
        issued_notice(world, wording(title=f"第{number}号通知"))
    lists(world, "清单", [world.branch, world.other_branch])
    assert queries(clerk, "/relief/") <= few + 1  # the wordings of items are read once there are any
