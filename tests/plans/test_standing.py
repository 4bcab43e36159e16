"""The state of an item on a day, and what of it follows from vouchers."""

from __future__ import annotations

from datetime import date

import pytest

from tests.plans.planned_book import issued_plan, item_of, post
from tests.worlds import TODAY, World, small_world
from yibenzhang.ledger.services import reverse_voucher
from yibenzhang.plans.models import PlanItem
from yibenzhang.plans.services import link_voucher
from yibenzhang.plans.standing import (
    AWAITING,
    CANCELLED,
    DONE,
    NOT_YET_DUE,
    OPEN,
    OVERDUE,
    ItemStanding,
    judge,
    standings,
    unplanned,
)
from yibenzhang.vouchers.models import Voucher

MARCH, END = date(2023, 3, 1), date(2023, 3, 31)


@pytest.mark.parametrize(
    ("today", "deadline", "facts", "state"),
    [
        (date(2023, 2, 28), END, "", NOT_YET_DUE),
        (date(2023, 3, 1), END, "", OPEN),
        (END, END, "", OPEN),
        (date(2023, 4, 1), END, "", OVERDUE),
        (date(2023, 12, 31), None, "", OPEN),  # a month alone is an intention, never overdue
        (date(2024, 2, 1), None, "", OPEN),
        (date(2023, 4, 1), END, "awaiting", AWAITING),
        (date(2023, 2, 1), END, "awaiting", AWAITING),
        (date(2023, 4, 1), END, "done", DONE),
        (date(2023, 2, 1), END, "done", DONE),
        (date(2023, 4, 1), END, "done awaiting", DONE),
        (date(2023, 4, 1), END, "cancelled", CANCELLED),
        (date(2023, 4, 1), END, "cancelled done", CANCELLED),
    ],
)
def test_the_state_on_a_day(today: date, deadline: date | None, facts: str, state: str) -> None:
    found = judge(
        today,
        starts_on=MARCH,
        deadline=deadline,
        is_cancelled="cancelled" in facts,
        done="done" in facts,
        awaiting="awaiting" in facts,
    )
    assert found == state


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def standing(item: PlanItem, today: date = TODAY) -> ItemStanding:
    return standings([item], today)[0]


def test_a_task_follows_its_voucher_from_waiting_to_done_and_back(world: World) -> None:
    item = item_of(issued_plan(world))
    assert standing(item, date(2023, 10, 31)).state == NOT_YET_DUE
    assert standing(item, date(2023, 11, 1)).state == OPEN
    draft = world.draft()
    link_voucher(item, draft, actor=world.secretary)
    assert standing(item).state == OPEN, "a draft says nothing yet"
    Voucher.objects.filter(pk=draft.pk).update(state=Voucher.State.SUBMITTED)
    draft.refresh_from_db()
    assert standing(item).state == AWAITING
    post(world, draft)
    done = standing(item)
    assert (done.state, done.shift) == (DONE, "比计划晚 1 个月")
    reverse_voucher(draft, actor=world.reviewer, reason="记错了")
    assert standing(item).state == OPEN, "what was reversed fulfils nothing"


def test_a_supporting_units_voucher_contributes_and_does_not_fulfil(world: World) -> None:
    item = item_of(issued_plan(world))
    contribution = world.posted(world.entry(date(2023, 11, 8), unit=world.other_branch))
    link_voucher(item, contribution, actor=world.clerk)
    found = standing(item)
    assert (found.state, [link.by_lead for link in found.links]) == (OPEN, [False])
    link_voucher(item, world.posted(world.entry(date(2023, 11, 9))), actor=world.clerk)
    assert standing(item).state == DONE


@pytest.mark.parametrize(
    ("day", "shift"),
    [(date(2023, 9, 30), "比计划早 2 个月"), (date(2023, 11, 1), ""), (date(2023, 11, 30), "")],
)
def test_done_beside_planned(world: World, day: date, shift: str) -> None:
    item = item_of(issued_plan(world))
    link_voucher(item, world.posted(world.entry(day)), actor=world.clerk)
    assert standing(item).shift == shift


def test_done_after_the_deadline_says_by_how_many_days(world: World) -> None:
    rows = [{"text": "组织主题党日", "lead": "第一党支部", "due": "2023-11-30"}]
    item = item_of(issued_plan(world, rows))
    link_voucher(item, world.posted(world.entry(date(2023, 12, 5))), actor=world.clerk)
    assert standing(item).shift == "比时限晚 5 天"


def test_records_no_item_asked_for_stand_beside_the_plan(world: World) -> None:
    rows = [{"text": "支部书记培训班", "due": "6月", "audience": "党组织书记", "expected": "20"}]
    plan = issued_plan(world, rows, sort="training")
    planned, other = (course(world, month) for month in (6, 9))
    link_voucher(item_of(plan), planned, actor=world.clerk)
    assert unplanned(plan) == [other]
    reverse_voucher(other, actor=world.reviewer, reason="重复")
    assert unplanned(plan) == []


def course(world: World, month: int) -> Voucher:
    """A posted class of the committee."""
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.vouchers.entry import Entry
    from yibenzhang.vouchers.services import save_draft, submit_voucher

    entry = Entry(
        unit=world.committee,
        kind=current_catalogue().kind("training_course"),
        title=f"{month}月培训班",
        event_date=date(2023, month, 8),
        values={"audience": "secretary"},
        people={"trainees": [(person, "present") for person in world.members]},
    )
    voucher = save_draft(entry, preparer=world.clerk)
    return post(world, submit_voucher(entry, voucher, actor=world.clerk))
