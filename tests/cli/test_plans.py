"""`plans` at the terminal: the shape other programs rely on, the table for people, and wrong usage."""

from __future__ import annotations

from datetime import date

import pytest

from tests.cli.conftest import Cli
from tests.plans.planned_book import issued_plan, item_of
from tests.worlds import World
from yibenzhang.plans.services import link_voucher


def test_items_with_states_and_vouchers(world: World, cli: Cli) -> None:
    plan = issued_plan(world)
    voucher = world.posted(world.entry(date(2023, 11, 8)))
    link_voucher(item_of(plan), voucher, actor=world.clerk)
    (found,) = cli("plans", "--unit", world.committee.code, "--year", "2023", "--json").data
    assert (found["title"], found["document_number"], found["state"]) == (
        plan.title,
        "澜地党〔2023〕3号",
        "issued",
    )
    assert found["items"][0] == {
        "number": 1,
        "text": "组织主题党日",
        "lead": world.branch.code,
        "supporting": [world.other_branch.code],
        "month": 11,
        "deadline": None,
        "kind": "theme_party_day",
        "state": "done",
        "vouchers": [voucher.number],
        "contributions": [],
        "amended": "",
    }
    assert [item["state"] for item in found["items"]] == ["done", "overdue", "open"]
    table = cli("plans", "--unit", world.committee.code).out
    assert "逾期未记" in table


@pytest.mark.parametrize(
    ("arguments", "says"),
    [(("--unit", "nowhere"), "没有代码为 nowhere 的单位"), (("--unit", "geo", "--year", "23"), "四位数字")],
)
def test_wrong_usage_is_told(world: World, cli: Cli, arguments: tuple[str, ...], says: str) -> None:
    ran = cli("plans", *arguments)
    assert (ran.code, says in ran.err) == (2, True)


def test_a_unit_without_plans_says_so(world: World, cli: Cli) -> None:
    assert "没有 2023 年的计划" in cli("plans", "--unit", "geo").out
