"""Drafts, issuing, splitting from one origin, amendments, review, the next year; and what is refused in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.responsibility.listed_book import DEADLINE, draft_list, issued_item, issued_lists, standing, worded
from tests.worlds import FOUNDED, World
from yibenzhang.access.scope import actor_for
from yibenzhang.audit.models import AuditEntry
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Guidance, Unit
from yibenzhang.organisation.services import found_unit, guide
from yibenzhang.responsibility.issuing import amend_item, issue_list, review_list
from yibenzhang.responsibility.models import Review
from yibenzhang.responsibility.queries import descendants_of, items_of, origins_of, visible_lists
from yibenzhang.responsibility.rollup import rollup
from yibenzhang.responsibility.services import (
    ListConflictError,
    ListStateError,
    add_item,
    create_draft,
    discard_draft,
    remove_item,
    save_head,
    save_item,
)
from yibenzhang.responsibility.splitting import roll_forward, split_items
from yibenzhang.responsibility.stating import state_progress
from yibenzhang.responsibility.tiers import TIERS, receivers_of, sphere_of, tiers_of
from yibenzhang.responsibility.wording import Milestone, ShownBy, Wording
from yibenzhang.vouchers.entry import Entry


def test_issuing_gives_each_unit_a_list_of_its_own(world: World) -> None:
    first, second = issued_lists(
        world, units=[world.other_branch, world.branch], items=[worded(), worded("讲党课")]
    )
    assert [first.unit, second.unit] == [world.branch, world.other_branch], "in organisational order"
    assert second.issued_with == first and not first.recipients.exists()
    assert [item.current.text for item in items_of([second])] == ["每季度研究一次支部工作", "讲党课"]
    assert all(item.current.valid_from == date(2023, 2, 20) for item in items_of([first, second]))
    assert AuditEntry.objects.filter(verb="responsibility.issue").count() == 2


def test_an_issued_list_no_longer_takes_drafts_changes(world: World) -> None:
    item = issued_item(world)
    for act in (
        lambda: add_item(item.list, worded(), actor=world.clerk),
        lambda: save_item(item, worded(), revision=item.revision, actor=world.clerk),
        lambda: remove_item(item, revision=item.revision, actor=world.clerk),
        lambda: discard_draft(item.list, revision=item.list.revision, actor=world.clerk),
    ):
        with pytest.raises(ListStateError, match="已印发"):
            act()


def test_an_amendment_keeps_the_old_wording_and_its_reason(world: World) -> None:
    item = issued_item(world)
    later = replace(worded(), deadline=date(2023, 12, 15))
    with pytest.raises(BookError, match="理由"):
        amend_item(item, later, reason=" ", revision=item.revision, actor=world.reviewer)
    amend_item(
        item, later, reason="汛期延长", revision=item.revision, actor=world.reviewer, on=date(2023, 9, 1)
    )
    item = items_of([item.list])[0]
    assert [each.deadline for each in item.versions.all()] == [DEADLINE, date(2023, 12, 15)]
    assert item.version_on(date(2023, 8, 31)).deadline == DEADLINE
    assert item.version_on(date(2023, 9, 1)).reason == "汛期延长"
    with pytest.raises(ListConflictError):
        amend_item(item, later, reason="再改", revision=1, actor=world.reviewer)


def test_two_editors_do_not_overwrite_each_other(world: World) -> None:
    draft = draft_list(world)
    item = items_of([draft])[0]
    save_item(item, worded("甲改的"), revision=item.revision, actor=world.clerk)
    with pytest.raises(ListConflictError):
        save_item(item, worded("乙改的"), revision=item.revision, actor=world.reviewer)
    assert items_of([draft])[0].current.text == "甲改的"
    head = {
        "title": "新名称",
        "document_number": "",
        "post": "",
        "recipients": [world.branch],
        "actor": world.clerk,
    }
    with pytest.raises(ListConflictError):
        save_head(draft, revision=draft.revision, **head)
    with pytest.raises(ListConflictError):
        issue_list(draft, revision=draft.revision, actor=world.reviewer)  # not the draft that was read
    draft.refresh_from_db()
    issue_list(draft, revision=draft.revision, actor=world.reviewer, on=date(2023, 3, 1))


def test_removing_an_item_closes_the_gap(world: World) -> None:
    draft = draft_list(world, items=[worded("一"), worded("二"), worded("三")])
    middle = items_of([draft])[1]
    remove_item(middle, revision=middle.revision, actor=world.clerk)
    assert [(item.number, item.current.text) for item in items_of([draft])] == [(1, "一"), (2, "三")]


@pytest.mark.parametrize(
    ("wording", "field", "said"),
    [
        (worded(deadline=None), "deadline", "请写期限"),
        (worded(deadline=date(2024, 1, 1)), "deadline", "不在 2023 年内"),
        (worded(" "), "text", "请写明要做的事"),
        (worded("字" * 301), "text", "300"),
        (worded("党员学习强国积分排名前十"), "text", "不能要"),
        (worded("每次活动上传照片不少于3张"), "text", "不能要"),
        (worded(shown_by=ShownBy.REQUIREMENT, requirement="XX-99"), "requirement", "没有这条"),
        (worded(shown_by=ShownBy.REQUIREMENT, requirement="DZ-05"), "requirement", "没有启用"),
        (worded(shown_by=ShownBy.REQUIREMENT, requirement="JG-08"), "requirement", "不约束第一党支部"),
        (worded(shown_by=ShownBy.INDICATOR, indicator="no.such"), "indicator", "没有这个指标"),
        (
            worded(shown_by=ShownBy.INDICATOR, indicator="publicity.briefs", needed=20),
            "indicator",
            "只作存档",
        ),
        (
            worded(shown_by=ShownBy.INDICATOR, indicator="training.subject_coverage", needed=1),
            "indicator",
            "比率",
        ),
        (worded(shown_by=ShownBy.INDICATOR, indicator="life.theme_party_days"), "needed", "至少是 1"),
        (worded(shown_by=ShownBy.MATTER), "matter", "请选看哪一件事项"),
        (worded(milestones=(Milestone("验收", date(2023, 11, 1)),)), "milestones", "不晚于期限"),
        (worded(milestones=(Milestone("验收", DEADLINE), Milestone("验收", DEADLINE))), "milestones", "两次"),
    ],
)
def test_what_cannot_stand_is_refused_in_words(world: World, wording: Wording, field: str, said: str) -> None:
    draft = draft_list(world)
    with pytest.raises(BookError) as caught:
        add_item(draft, wording, actor=world.clerk)
    assert caught.value.field == field and said in caught.value.message


def test_a_list_goes_only_to_those_who_answer_to_its_issuer(world: World) -> None:
    asked = {"year": 2023, "title": "清单", "actor": world.clerk}
    with pytest.raises(BookError, match="不归机关党委领导或指导"):
        create_draft(issued_by=world.committee, recipients=[world.foreign_branch], **asked)
    with pytest.raises(BookError, match="不归"):
        create_draft(issued_by=world.branch, recipients=[world.committee], **asked)
    with pytest.raises(BookError, match="下达给谁"):
        create_draft(issued_by=world.committee, recipients=[], **asked)
    with pytest.raises(BookError, match="年度"):
        create_draft(issued_by=world.committee, recipients=[world.branch], **asked | {"year": 2031})


def test_issuing_is_refused_when_the_draft_cannot_stand(world: World) -> None:
    empty = create_draft(
        issued_by=world.committee, year=2023, title="空", recipients=[world.branch], actor=world.clerk
    )
    with pytest.raises(BookError, match="还没有事项"):
        issue_list(empty, revision=empty.revision, actor=world.reviewer)
    draft = draft_list(world)
    for day, said in (
        (date(2023, 11, 1), "早于印发日期"),
        (date(2024, 1, 5), "晚于今天"),
        (date(2020, 1, 1), "太远"),
    ):
        draft.refresh_from_db()
        with pytest.raises(BookError, match=said):
            issue_list(draft, revision=draft.revision, actor=world.reviewer, on=day)
    draft.refresh_from_db()
    issue_list(draft, revision=draft.revision, actor=world.reviewer, on=DEADLINE)  # the boundary day
    with pytest.raises(BookError, match="已有同名"):
        issued_lists(world)


def four_tiers(world: World) -> tuple[Unit, Unit]:
    """A 党组 and its leading group above the committee; only the 党组 leads the group, nobody leads the committee."""
    group = found_unit(
        code="group", name="党组", unit_type="leading_party_group", parent=world.bureau, on=FOUNDED
    )
    leading = found_unit(
        code="leading",
        name="领导小组",
        unit_type="party_building_leading_group",
        parent=world.bureau,
        on=FOUNDED,
    )
    guide(superior=group, subordinate=leading, kind=Guidance.LEADS, on=FOUNDED)
    return group, leading


def test_the_chain_runs_through_four_tiers(world: World) -> None:
    group, leading = four_tiers(world)
    day = date(2023, 3, 1)
    assert set(receivers_of(group, day)) == {leading, world.committee}
    assert receivers_of(leading, day) == [world.committee]
    assert receivers_of(world.committee, day) == [world.branch, world.other_branch]
    assert receivers_of(world.branch, day) == []
    names = tiers_of([group, leading, world.committee, world.branch], day)
    assert [names[unit.pk] for unit in (group, leading, world.committee, world.branch)] == list(TIERS)
    assert sphere_of(group, day) == world.bureau and sphere_of(world.committee, day) == world.committee


def test_items_keep_one_origin_down_to_the_branches(world: World) -> None:
    group, leading = four_tiers(world)
    top = issued_item(world, issuer=group, units=[leading])
    second = split_items([top], units=[world.committee], title="二", actor=world.clerk)
    with pytest.raises(ListStateError, match="还没有印发"):
        split_items(items_of([second]), units=[world.branch], title="早了", actor=world.clerk)
    second = issue_list(second, revision=second.revision, actor=world.reviewer, on=date(2023, 3, 1))[0]
    third = split_items(
        items_of([second]), units=[world.branch, world.other_branch], title="三", actor=world.clerk
    )
    given = issue_list(third, revision=third.revision, actor=world.reviewer, on=date(2023, 3, 2))
    lowest = items_of([given[1]])[0]
    assert [each.list.unit for each in origins_of(lowest)] == [leading, world.committee]
    below = descendants_of([top])
    assert [each.list.unit for each in below[items_of([second])[0].pk]] == [world.branch, world.other_branch]


def test_what_is_split_may_not_end_later_than_its_origin(world: World) -> None:
    group, leading = four_tiers(world)
    top = issued_item(world, issuer=group, units=[leading])
    draft = split_items([top], units=[world.committee], title="二", actor=world.clerk)
    item = items_of([draft])[0]
    with pytest.raises(BookError, match="不能更晚"):
        save_item(item, worded(deadline=date(2023, 11, 1)), revision=item.revision, actor=world.clerk)
    save_item(item, worded(deadline=DEADLINE), revision=item.revision, actor=world.clerk)


def test_an_origin_must_be_an_item_the_issuer_received(world: World) -> None:
    foreign = issued_item(world)  # given to branch one, not to the committee
    with pytest.raises(BookError, match="来源事项"):
        add_item(draft_list(world, title="另一份"), worded(), actor=world.clerk, origin=foreign)


def test_splitting_keeps_a_duty_only_where_it_binds(world: World) -> None:
    duty = worded(shown_by=ShownBy.REQUIREMENT, requirement="JG-08", deadline=date(2023, 12, 31))
    own = issued_lists(world, units=[world.committee], items=[duty], title="机关党委清单")[0]
    draft = split_items(items_of([own]), units=[world.branch], title="支部清单", actor=world.clerk)
    assert items_of([draft])[0].current.shown_by == ShownBy.STATED


def test_what_came_back_is_told_in_numbers_and_names(world: World) -> None:
    own = issued_lists(world, units=[world.committee], title="机关党委清单")[0]
    draft = split_items(
        items_of([own]), units=[world.branch, world.other_branch], title="支部", actor=world.clerk
    )
    given = issue_list(draft, revision=draft.revision, actor=world.reviewer, on=date(2023, 3, 1))
    said = items_of([given[0]])[0]
    state_progress(said, text="已完成", is_done=True, actor=world.secretary, on=date(2023, 10, 1))
    children = items_of(given)
    from yibenzhang.responsibility.progress import assess

    told = rollup(children, assess(children))
    assert told is not None and told.sentence == "2个支部，1个自述，1个逾期未记（第二党支部）"
    assert rollup([], {}) is None


def test_the_half_year_review_is_recorded_once(world: World) -> None:
    shown = issued_lists(world, items=[worded(deadline=date(2023, 6, 20)), worded("讲党课")])[0]
    late, open_one = items_of([shown])
    with pytest.raises(BookError, match="6 月起"):
        review_list(shown, {}, actor=world.reviewer, on=date(2023, 5, 31))
    with pytest.raises(BookError, match="第1项逾期未记"):
        review_list(shown, {}, actor=world.reviewer, on=date(2023, 7, 3))
    assert not Review.objects.exists(), "all or nothing"
    review_list(shown, {late.pk: "三季度补上"}, actor=world.reviewer, on=date(2023, 7, 3))
    assert [(each.item_id, each.seen, each.note) for each in Review.objects.order_by("id")] == [
        (late.pk, "逾期未记", "三季度补上"),
        (open_one.pk, "期内未记", "无意见"),
    ]
    with pytest.raises(ListStateError):
        review_list(shown, {late.pk: "再来一次"}, actor=world.reviewer, on=date(2023, 7, 4))


def test_next_year_begins_with_the_same_items_a_year_later(world: World) -> None:
    leap = worded("二月底前办", deadline=date(2023, 2, 28), milestones=(Milestone("一", date(2023, 2, 1)),))
    first, _ = issued_lists(
        world, units=[world.branch, world.other_branch], items=[leap, worded("不做了")], on=date(2023, 1, 9)
    )
    dropped = items_of([first])[1]
    amend_item(
        dropped,
        worded("不做了"),
        reason="取消",
        revision=1,
        actor=world.reviewer,
        is_dropped=True,
        on=date(2023, 5, 1),
    )
    draft = roll_forward(first, actor=world.clerk)
    assert (draft.year, draft.title, draft.follows) == (2024, "2024年责任清单", first)
    assert [each.unit for each in draft.recipients.all()] == [world.branch, world.other_branch]
    (item,) = items_of([draft])
    assert item.current.deadline == date(2024, 2, 28) and item.current.milestones[0]["due"] == "2024-02-01"
    assert item.follows == items_of([first])[0]
    with pytest.raises(BookError, match="已经从这份顺延"):
        roll_forward(first, actor=world.clerk)


def test_lists_are_seen_by_those_who_answer_or_gave_them(world: World) -> None:
    given = issued_lists(world)[0]
    draft = draft_list(world, title="草稿")
    sees = {
        name: set(visible_lists(actor_for(user)).values_list("pk", flat=True))
        for name, user in world.users.items()
    }
    assert sees["secretary"] == {given.pk}
    assert sees["clerk"] == sees["reviewer"] == {given.pk, draft.pk}
    assert sees["leader"] == sees["administrator"] == {given.pk}, "a draft is nobody's business yet"
    assert sees["outsider"] == set()


def test_a_dropped_item_is_not_asked_for(world: World) -> None:
    item = issued_item(world)
    amend_item(
        item,
        worded(),
        reason="并入别项",
        revision=1,
        actor=world.reviewer,
        is_dropped=True,
        on=date(2023, 9, 1),
    )
    assert standing(item, date(2023, 11, 1)).state == "not_applicable"
    assert standing(item, date(2023, 8, 31)).state == "open", "before the amendment it was"


def test_a_voucher_that_is_only_a_draft_proves_nothing(world: World) -> None:
    item = issued_item(world)
    kind = current_catalogue().kind("research_topic")
    draft = world.draft(Entry(unit=world.branch, kind=kind, title="调研", event_date=date(2023, 5, 4)))
    with pytest.raises(BookError, match="还没有提交"):
        state_progress(item, text="做了", actor=world.secretary, is_done=True, voucher=draft)
