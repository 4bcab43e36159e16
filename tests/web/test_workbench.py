"""The workbench: one computed sentence for each role, no duty that is not there."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.signed_in import client_of, page, queries
from tests.worlds import World, small_world
from yibenzhang.organisation.models import Term
from yibenzhang.vouchers.services import return_voucher


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def lead(html: str) -> str:
    """The sentence on top, tags taken out."""
    import re

    return re.sub(r"<[^>]+>", "", html.split('<p class="lead')[1].split(">", 1)[1].split("</p>")[0])


def test_a_secretary_reads_what_came_back_waits_and_was_posted(world: World) -> None:
    world.posted()
    world.submitted(world.entry(date(2023, 12, 6)))
    world.draft(world.entry(date(2023, 12, 7), title="还没写完"))
    return_voucher(world.submitted(world.entry(date(2023, 12, 8))), actor=world.reviewer, reason="缺主题")
    html = page(client_of(world, "secretary"), "/")
    assert lead(html) == "12 月已入账1 笔。1 笔退回待补正，1 笔待审，1 份草稿。"
    assert "还没写完" in html
    assert "主题党日" in html.split('id="h-k"')[1]


def test_a_reviewer_reads_what_waits_and_which_branches_have_recorded(world: World) -> None:
    world.posted()
    world.submitted(world.entry(date(2023, 12, 6), title="等审核的"))
    html = page(client_of(world, "reviewer"), "/")
    assert "待您审核1 笔" in lead(html)
    assert "2 个支部中1 个记了主题党日" in lead(html)
    assert "等审核的" in html
    assert "1/2" in html.split('id="h-mon"')[1]


def test_a_leader_reads_one_sentence_and_is_offered_no_recording(world: World) -> None:
    world.posted()
    Term.objects.create(unit=world.branch, number=2, elected_on=date(2021, 1, 10), ends_on=date(2024, 1, 10))
    html = page(client_of(world, "leader"), "/")
    assert "2023年已入账1 笔，2 个支部中1 个已有记录；12 月1 笔。" in lead(html)
    assert "剩 14 天" in html
    assert "记一笔" not in html


def test_an_empty_book_has_a_workbench_for_everyone(world: World) -> None:
    for username in ("secretary", "clerk", "reviewer", "leader", "administrator", "outsider"):
        assert "%" not in lead(page(client_of(world, username), "/"))


def test_a_stranger_reads_nothing_of_this_bureau(world: World) -> None:
    world.posted(world.entry(title="三月活动"))
    html = page(client_of(world, "outsider"), "/")
    assert "三月活动" not in html
    assert "2 个支部" not in html


def test_the_workbench_costs_the_same_with_few_and_many_records(world: World) -> None:
    clients = [client_of(world, name) for name in ("secretary", "reviewer", "leader")]
    for day in range(1, 4):
        world.posted(world.entry(date(2023, 12, day)))
        world.submitted(world.entry(date(2023, 12, day)))
    few = [queries(client, "/") for client in clients]
    for day in range(4, 26):
        world.posted(world.entry(date(2023, 12, day)))
        world.submitted(world.entry(date(2023, 12, day)))
    assert [queries(client, "/") for client in clients] == few
