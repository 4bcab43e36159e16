"""Pasted lines: deadlines as people write them, headings, numbers, and what is said of lines that cannot be read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibenzhang.responsibility.lines import day_of, read_milestones, read_text


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-06-30", date(2024, 6, 30)),
        ("2024年6月30日前", date(2024, 6, 30)),
        ("2023/12/1", date(2023, 12, 1)),
        ("6月30日", date(2024, 6, 30)),
        ("6.30", date(2024, 6, 30)),
        ("2月底", date(2024, 2, 29)),
        ("9月", date(2024, 9, 30)),
        ("二季度", date(2024, 6, 30)),
        ("第4季度末", date(2024, 12, 31)),
        ("上半年", date(2024, 6, 30)),
        ("年底前", date(2024, 12, 31)),
        ("2月30日", None),
        ("13月底", None),
        ("5季度", None),
        ("12", None),
        ("尽快", None),
        ("", None),
    ],
)
def test_deadlines_are_read_as_people_write_them(written: str, day: date | None) -> None:
    assert day_of(written, 2024) == day


def test_a_table_pasted_from_word_becomes_items() -> None:
    pasted = read_text(
        "序号\t事项\t依据\t期限\t责任人\n1\t每季度讲一次党课\t《支部工作条例》\t12月31日\t书记\n\n"
        "2\t2. 走访困难党员\t\t6月底\t\n开好组织生活会\t2024-03-31",
        2024,
    )
    assert pasted.faults == []
    assert [(each.text, each.basis, each.deadline, each.lead) for each in pasted.lines] == [
        ("每季度讲一次党课", "《支部工作条例》", date(2024, 12, 31), "书记"),
        ("走访困难党员", "", date(2024, 6, 30), ""),
        ("开好组织生活会", "", date(2024, 3, 31), ""),
    ]


def test_a_line_without_deadline_or_with_an_unreadable_one_is_named() -> None:
    pasted = read_text("走访困难党员\n讲党课\t《条例》\t尽快\n\t《条例》\t6月底", 2024)
    assert len(pasted.faults) == 3 and pasted.lines == []
    assert "第1行" in pasted.faults[0] and "没有写期限" in pasted.faults[0]
    assert "第2行" in pasted.faults[1] and "尽快" in pasted.faults[1]


def test_too_many_lines_are_refused_as_a_whole() -> None:
    pasted = read_text("\n".join(f"第{n}件事\t\t6月底" for n in range(201)), 2024)
    assert pasted.lines == [] and "200" in pasted.faults[0]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    for pasted in (read_text(text, 2024), read_text(text.replace(" ", "\t"), 2024)):
        assert all(each.text and isinstance(each.deadline, date) for each in pasted.lines)
    read_milestones(text, 2024)


def test_milestones_carry_a_name_a_day_and_perhaps_a_state() -> None:
    found, faults = read_milestones("1. 出台办法，9月30日\n验收\t12月底\t已完成\n只有名称", 2024)
    assert found == [("出台办法", date(2024, 9, 30), ""), ("验收", date(2024, 12, 31), "已完成")]
    assert len(faults) == 1 and "第3个节点" in faults[0]
