"""Rows as people write them: what is understood, and what is said about what is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plans.planned_book import TASKS, drafts, issued_plan
from tests.worlds import World, small_world
from yibenzhang.access.scope import actor_for
from yibenzhang.kernel.errors import BookError
from yibenzhang.plans.due import read_due
from yibenzhang.plans.names import Names
from yibenzhang.plans.rows import RowsError, draft_of, read_rows, row_of
from yibenzhang.plans.tables import rows_in


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.mark.parametrize(
    ("text", "month", "deadline"),
    [
        ("3", 3, None), ("3月", 3, None), ("１２月", 12, None), ("2023年3月", 3, None), ("2023-03", 3, None), ("6月底", 6, None),
        ("10-31", None, date(2023, 10, 31)), ("10月31日前", None, date(2023, 10, 31)), ("2023/10/31", None, date(2023, 10, 31)),
        ("2024-03-01", None, date(2024, 3, 1)), ("年底前", None, date(2023, 12, 31)), (" 2023年底 ", None, date(2023, 12, 31)),
    ],
)  # fmt: skip
def test_a_month_or_a_day_as_people_write_it(text: str, month: int | None, deadline: date | None) -> None:
    assert read_due(text, 2023) == (month, deadline)


@pytest.mark.parametrize(
    "text", ["13月", "0", "2-30", "2022-10-31", "2025-01-01", "尽快", "第一季度", "2024年3月", "-1", ""]
)
def test_what_is_no_time_of_the_year_is_refused(text: str) -> None:
    with pytest.raises(BookError):
        read_due(text, 2023)


@given(st.text(max_size=30))
def test_any_text_is_either_a_time_or_refused(text: str) -> None:
    try:
        month, day = read_due(text, 2023)
    except BookError:
        return
    assert (month is None) != (day is None)
    assert month is None or 1 <= month <= 12


def test_a_row_says_who_what_and_when(world: World) -> None:
    first = drafts(TASKS, unit=world.committee)[0]
    assert (first.text, first.month, first.deadline, first.kind) == (
        "组织主题党日",
        11,
        None,
        "theme_party_day",
    )
    assert (first.lead, first.supporting) == (world.branch, (world.other_branch,))
    assert first.milestones == ((date(2023, 10, 31), "定方案"), (date(2023, 11, 20), "开展"))


def test_without_a_lead_the_plans_own_unit_leads(world: World) -> None:
    assert drafts(TASKS, unit=world.committee)[1].lead == world.committee


@pytest.mark.parametrize(
    ("sort", "row", "says"),
    [
        ("key_points", {"text": "", "due": "3月", "lead": "第一党支部"}, "第 1 行“任务”：请填写任务。"),
        ("key_points", {"text": "调研"}, "第 1 行“完成时限”：请填写完成时限。"),
        ("key_points", {"text": "调研", "due": "明天"}, "“明天”看不懂"),
        ("key_points", {"text": "调研", "due": "3月", "lead": "财务处"}, "没有单位“财务处”"),
        ("key_points", {"text": "调研", "due": "3月", "supporting": "第一党支部、第九党支部"}, "没有单位“第九党支部”"),
        ("key_points", {"text": "调研", "due": "3月", "kind": "打卡"}, "没有“打卡”这种凭证"),
        ("key_points", {"text": "研学", "due": "3月", "kind": "中心组学习"}, "机关党委不记“中心组学习”"),
        ("key_points", {"text": "调研", "due": "3月", "programmes": "某行动"}, "没有专题“某行动”"),
        ("key_points", {"text": "调研", "due": "3月", "milestones": "6月 定稿"}, "要写到日"),
        ("key_points", {"text": "调研", "due": "3月", "milestones": "06-30"}, "每个节点写成"),
        ("key_points", {"text": "调研", "due": "3月", "times": "几次"}, "应是大于零的整数"),
        ("key_points", {"text": "长" * 201, "due": "3月"}, "有 201 字，请缩短到 200 字以内"),
        ("training", {"text": "培训班", "due": "3月", "expected": "0"}, "应是大于零的整数"),
        ("centre_group", {"text": "学习", "due": "3月"}, "机关党委不记“中心组学习”"),
    ],
)  # fmt: skip
def test_a_fault_names_row_column_and_remedy(world: World, sort: str, row: dict[str, str], says: str) -> None:
    with pytest.raises(RowsError) as caught:
        drafts([row], unit=world.committee, sort=sort)
    assert says in caught.value.message
    assert caught.value.faults[0].row == 1


def test_every_fault_of_every_row_is_told_at_once(world: World) -> None:
    rows = [
        {"text": "甲", "due": "x"},
        {"text": "", "due": ""},
        {"text": "乙", "due": "y", "lead": "无此单位"},
    ]
    with pytest.raises(RowsError) as caught:
        drafts(rows, unit=world.committee)
    assert [(fault.row, fault.column.code) for fault in caught.value.faults] == [
        (1, "due"),
        (3, "due"),
        (3, "lead"),
    ]


def test_units_beyond_the_writers_reach_do_not_exist(world: World) -> None:
    names = Names(world.committee, actor_for(world.clerk))
    row = {"text": "调研", "due": "3月", "supporting": world.foreign_branch.name}
    with pytest.raises(RowsError, match="不在您的范围内"):
        read_rows([(1, row)], sort="key_points", year=2023, names=names)


def test_a_stored_item_is_written_back_as_it_was_read(world: World) -> None:
    plan = issued_plan(world)
    names = Names(world.committee)
    items = list(plan.items.select_related("plan", "lead").order_by("number"))
    again = read_rows(
        [(item.number, row_of(item, names)) for item in items], sort=plan.sort, year=2023, names=names
    )
    assert again == [draft_of(item) for item in items]


def test_pasted_lines_follow_their_headings_in_any_order() -> None:
    lines = [
        (2, ["序号", "责任单位", "工作任务", "时限"]),
        (3, ["1", "第一党支部", "调研", "3月"]),
        (5, ["", "", "", ""]),
    ]
    assert rows_in(lines, "key_points") == [(3, {"lead": "第一党支部", "text": "调研", "due": "3月"})]


def test_pasted_lines_without_headings_go_by_position() -> None:
    rows = rows_in([(1, ["3月", "党章", "赵同志"])], "centre_group")
    assert rows == [(1, {"due": "3月", "text": "党章", "people": "赵同志"})]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ([(1, ["任务", "完成时限", "点赞数"])], "不认识列“点赞数”"),
        ([(4, ["甲"] * 12)], "第 4 行有 12 格，多于"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_in_words(lines: list[tuple[int, list[str]]], says: str) -> None:
    with pytest.raises(BookError, match=says):
        rows_in(lines, "key_points")
