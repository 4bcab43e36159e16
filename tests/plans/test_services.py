"""Writing plans: states, two editors, amendments that keep the original, links, the next year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.plans.planned_book import TASKS, draft_plan, drafts, issued_plan, item_of
from tests.worlds import World, small_world
from yibenzhang.audit.models import AuditEntry
from yibenzhang.kernel.errors import BookError
from yibenzhang.plans.matching import match_records
from yibenzhang.plans.models import PlanAmendment, PlanFulfilment
from yibenzhang.plans.rows import row_of
from yibenzhang.plans.services import (
    PlanConflictError,
    PlanStateError,
    add_item,
    amend_item,
    cancel_item,
    create_plan,
    discard_plan,
    issue_plan,
    link_voucher,
    note_progress,
    roll_forward,
    save_plan,
    unlink_voucher,
)
from yibenzhang.plans.standing import CANCELLED, standings

CHANGED = [{"text": "组织联合主题党日", "lead": "第一党支部", "due": "12月", "kind": "主题党日"}]


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def how(world: World, revision: int, **changes: Any) -> dict[str, Any]:
    """What every amendment says."""
    return {
        "reason": "上级有新部署",
        "day": date(2023, 10, 9),
        "revision": revision,
        "actor": world.reviewer,
    } | changes


def test_an_issued_plan_is_not_edited_as_a_whole(world: World) -> None:
    plan = issued_plan(world)
    with pytest.raises(PlanStateError):
        save_plan(plan, drafts=[], revision=plan.revision, actor=world.clerk)
    with pytest.raises(PlanStateError):
        discard_plan(plan, actor=world.clerk)


def test_who_saves_second_overwrites_nothing(world: World) -> None:
    plan = draft_plan(world)
    save_plan(plan, drafts=drafts(CHANGED, unit=world.committee), revision=plan.revision, actor=world.clerk)
    with pytest.raises(PlanConflictError) as caught:
        save_plan(plan, drafts=[], revision=plan.revision, actor=world.reviewer)
    assert caught.value.theirs.saved_by == world.clerk
    assert [item.text for item in plan.items.all()] == ["组织联合主题党日"]


@pytest.mark.parametrize(
    ("rows", "on", "says"), [([], None, "还没有事项"), (TASKS, date(2023, 12, 28), "晚于今天")]
)
def test_what_cannot_be_issued_yet(world: World, rows: list[Any], on: date | None, says: str) -> None:
    plan = draft_plan(world, rows)
    with pytest.raises(BookError, match=says):
        issue_plan(plan, revision=plan.revision, actor=world.reviewer, on=on)
    plan.refresh_from_db()
    assert plan.is_draft


@pytest.mark.parametrize("text", ["各支部每周打卡签到", "按点赞数通报各支部", "每次活动上传照片不少于10张"])
def test_a_plan_does_not_ask_for_what_is_barred(world: World, text: str) -> None:
    plan = draft_plan(world)
    row = {"text": text, "due": "3月"}
    with pytest.raises(BookError, match="不能要"):
        save_plan(plan, drafts=drafts([row], unit=world.committee), revision=plan.revision, actor=world.clerk)
    assert plan.items.count() == 3, "the draft is as it was"


def test_an_amendment_keeps_what_the_item_said(world: World) -> None:
    plan = issued_plan(world)
    item = item_of(plan)
    original = row_of(item)
    new = drafts(CHANGED, unit=world.committee)[0]
    amend_item(item, draft=new, **how(world, plan.revision))
    plan.refresh_from_db()
    amend_item(
        item, draft=drafts([{**CHANGED[0], "due": "12-20"}], unit=world.committee)[0],
        **how(world, plan.revision, day=date(2023, 11, 2), reason="改期"),
    )  # fmt: skip
    first, second = PlanAmendment.objects.all()
    assert first.before == original
    assert (first.after["text"], first.after["due"]) == ("组织联合主题党日", "12月")
    assert (second.before, second.after["due"]) == (first.after, "2023-12-20")
    item.refresh_from_db()
    assert (item.text, item.deadline) == ("组织联合主题党日", date(2023, 12, 20))
    assert AuditEntry.objects.filter(verb="plan.changed").count() == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": "  "}, "写明理由"),
        ({"day": date(2023, 12, 28)}, "晚于今天"),
        ({"day": date(2023, 1, 14)}, "早于计划印发"),
        ({"revision": 1}, "刚改过"),
    ],
)
def test_an_amendment_needs_a_reason_a_day_and_the_newest_version(
    world: World, changes: dict[str, Any], says: str
) -> None:
    plan = issued_plan(world)
    draft = drafts(CHANGED, unit=world.committee)[0]
    with pytest.raises(BookError, match=says):
        amend_item(item_of(plan), draft=draft, **(how(world, plan.revision) | changes))
    assert item_of(plan).text == "组织主题党日"
    assert not PlanAmendment.objects.exists()


def test_an_amendment_that_changes_nothing_is_none(world: World) -> None:
    plan = issued_plan(world)
    with pytest.raises(BookError, match="没有变化"):
        amend_item(item_of(plan), draft=drafts(TASKS, unit=world.committee)[0], **how(world, plan.revision))


def test_a_cancelled_item_stays_visible_and_is_not_amended_again(world: World) -> None:
    plan = issued_plan(world)
    cancel_item(item_of(plan), **how(world, plan.revision))
    item = item_of(plan)
    assert standings([item], date(2023, 12, 27))[0].state == CANCELLED
    with pytest.raises(PlanStateError, match="已取消"):
        cancel_item(item, **how(world, plan.revision + 1))
    with pytest.raises(BookError, match="已取消"):
        link_voucher(item, world.posted(), actor=world.clerk)


def test_an_item_added_later_says_so(world: World) -> None:
    plan = issued_plan(world)
    added = add_item(plan, draft=drafts(CHANGED, unit=world.committee)[0], **how(world, plan.revision))
    assert (added.item.number, added.act, added.before) == (4, "added", {})
    assert standings([added.item], date(2023, 12, 27))[0].adjusted == "后增"


def test_a_milestone_is_reached_in_words_and_decides_nothing(world: World) -> None:
    item = item_of(issued_plan(world))
    milestone = item.milestones.get(text="定方案")
    note_progress(item, unit=world.branch, text="", actor=world.secretary, milestone=milestone)
    milestone.refresh_from_db()
    assert milestone.done_on == date(2023, 12, 27)
    assert item.progress.get().text == "完成节点：定方案"
    with pytest.raises(BookError, match="写一句进展"):
        note_progress(item, unit=world.branch, text=" ", actor=world.secretary)


def test_linking_twice_is_once_and_can_be_taken_back(world: World) -> None:
    item = item_of(issued_plan(world))
    voucher = world.posted(world.entry(date(2023, 11, 7)))
    for _ in range(2):
        link_voucher(item, voucher, actor=world.clerk)
    assert PlanFulfilment.objects.count() == 1
    unlink_voucher(item, voucher, actor=world.clerk)
    with pytest.raises(BookError, match="没有关联"):
        unlink_voucher(item, voucher, actor=world.clerk)


@pytest.mark.parametrize(
    ("number", "day", "says"),
    [(1, date(2022, 11, 7), "不是 2023 年的"), (2, date(2023, 11, 7), "不是牵头或配合单位的")],
)
def test_a_voucher_that_does_not_belong_is_refused(world: World, number: int, day: date, says: str) -> None:
    item = item_of(issued_plan(world), number)
    with pytest.raises(BookError, match=says):
        link_voucher(item, world.posted(world.entry(day)), actor=world.clerk)


def test_a_voucher_of_another_kind_is_refused(world: World) -> None:
    rows = [{"text": "讲党课", "lead": "第一党支部", "due": "3月", "kind": "党课"}]
    with pytest.raises(BookError, match="由“党课”办结"):
        link_voucher(item_of(issued_plan(world, rows)), world.posted(), actor=world.clerk)


def test_matching_links_by_name_and_never_by_date_alone(world: World) -> None:
    rows = [
        {"text": "重温入党誓词", "lead": "第一党支部", "due": "11月", "kind": "主题党日"},
        {"text": "参观展览", "lead": "第一党支部", "due": "11月", "kind": "主题党日"},
    ]
    plan = issued_plan(world, rows)
    voucher = world.posted(world.entry(date(2023, 11, 7), title="主题党日：重温入党誓词"))
    world.posted(world.entry(date(2023, 11, 21), title="义务植树"))
    assert match_records(plan, actor=world.clerk) == 1
    assert PlanFulfilment.objects.get().voucher == voucher
    assert match_records(plan, actor=world.clerk) == 0


def test_next_year_begins_from_what_was_not_cancelled(world: World) -> None:
    plan = issued_plan(world)
    cancel_item(item_of(plan, 2), **how(world, plan.revision))
    new = roll_forward(plan, actor=world.clerk)
    assert (new.year, new.follows, new.is_draft) == (2024, plan, True)
    first, second = new.items.order_by("number")
    assert (first.text, first.month, first.lead) == ("组织主题党日", 11, world.branch)
    assert [m.due for m in first.milestones.all()] == [date(2024, 10, 31), date(2024, 11, 20)]
    assert (second.text, second.deadline) == ("开展结对共建", date(2024, 12, 31))


@pytest.mark.parametrize(("sort", "year"), [("weekly", 2023), ("training", 23)])
def test_only_known_sorts_and_years_begin(world: World, sort: str, year: int) -> None:
    with pytest.raises(BookError):
        create_plan(unit=world.committee, year=year, sort=sort, actor=world.clerk)
