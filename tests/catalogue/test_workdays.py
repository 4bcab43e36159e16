"""Working days: the shipped years, files of the home folder, faults named, missing years said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibenzhang.catalogue.source import PackError
from yibenzhang.catalogue.workday_file import read_year
from yibenzhang.catalogue.workdays import Workdays, current_workdays

SHIPPED = current_workdays()
SOUND = """\
year: 2027
source: 本单位测试用的安排（未发布）
holidays:
  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}
  - {name: 春节, from: 2027-02-05, to: 2027-02-11, workdays: [2027-01-31, 2027-02-13]}
"""


@pytest.mark.parametrize(
    ("day", "is_workday", "what"),
    [
        (date(2024, 2, 4), True, "春节调休上班"),
        (date(2024, 2, 9), True, ""),  # the eve is no holiday in 2024, only recommended leave
        (date(2024, 2, 10), False, "春节放假"),
        (date(2024, 2, 17), False, "春节放假"),
        (date(2024, 2, 18), True, "春节调休上班"),
        (date(2024, 9, 29), True, "国庆节调休上班"),
        (date(2024, 10, 7), False, "国庆节放假"),
        (date(2024, 10, 12), True, "国庆节调休上班"),
        (date(2024, 10, 13), False, ""),
        (date(2023, 1, 2), False, "元旦放假"),
        (date(2023, 10, 8), True, "中秋节、国庆节调休上班"),
        (date(2025, 1, 28), False, "春节放假"),
        (date(2026, 1, 4), True, "元旦调休上班"),
        (date(2026, 2, 28), True, "春节调休上班"),
        (date(2026, 11, 23), True, ""),
    ],
)
def test_the_published_days(day: date, is_workday: bool, what: str) -> None:
    assert (SHIPPED.is_workday(day), SHIPPED.what(day)) == (is_workday, what)


@pytest.mark.parametrize(("year", "workdays"), [(2023, 249), (2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_published(year: int, workdays: int) -> None:
    assert SHIPPED.between(date(year - 1, 12, 31), date(year, 12, 31)) == workdays


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2024, 9, 30), 1, date(2024, 10, 8)),
        (date(2024, 9, 30), 5, date(2024, 10, 12)),
        (date(2024, 2, 8), 5, date(2024, 2, 21)),
        (date(2024, 10, 5), 0, date(2024, 10, 8)),
        (date(2024, 11, 18), 5, date(2024, 11, 25)),
    ],
)
def test_adding_working_days_jumps_over_holidays(start: date, count: int, end: date) -> None:
    assert SHIPPED.add(start, count) == end


@given(st.dates(date(2022, 6, 1), date(2027, 6, 1)), st.integers(1, 60))
def test_adding_and_counting_agree(day: date, count: int) -> None:
    end = SHIPPED.add(day, count)
    assert SHIPPED.is_workday(end)
    assert SHIPPED.between(day, end) == count
    assert SHIPPED.between(day, end - timedelta(days=1)) == count - 1


def test_a_missing_year_is_said_and_goes_by_the_week() -> None:
    assert SHIPPED.is_workday(date(2027, 1, 1)), "a Friday; nobody has published 2027 yet"
    assert "缺2027年节假日数据，按周一至周五推算" in SHIPPED.missing([date(2026, 12, 30), date(2027, 1, 1)])
    assert SHIPPED.missing([date(2026, 12, 30)]) == ""


def test_a_file_of_the_home_folder_counts_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIBENZHANG_HOME", str(tmp_path))
    assert current_workdays().is_workday(date(2027, 1, 1))
    (tmp_path / "workdays").mkdir()
    (tmp_path / "workdays" / "2027.yaml").write_text(SOUND, encoding="utf-8")
    own = current_workdays()
    assert not own.is_workday(date(2027, 1, 1))
    assert own.is_workday(date(2027, 1, 31)), "a Sunday worked instead"
    assert not own.is_workday(date(2024, 10, 1)), "the shipped years stay"
    assert own.missing([date(2027, 5, 1)]) == ""


def test_a_broken_file_is_left_out_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIBENZHANG_HOME", str(tmp_path))
    (tmp_path / "workdays").mkdir()
    (tmp_path / "workdays" / "2026.yaml").write_text("year: 2026\n", encoding="utf-8")
    own = current_workdays()
    assert not own.is_workday(date(2026, 10, 1)), "the shipped year is used instead"
    assert {problem.field for problem in own.problems} == {"source", "holidays"}
    assert all(problem.file == "workdays/2026.yaml" for problem in own.problems)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "field", "remedy"),
    [
        ("year: 2027", "year: 2028", 1, "year", "文件名是 2027.yaml"),
        ("year: 2027", "yaer: 2027", 1, "yaer", "没有这一项"),
        ("to: 2027-01-03", "to: 2026-12-03", 4, "holidays.1.to", "请核对起止日"),
        ("to: 2027-01-03", "to: 2027-02-30", 4, "to", "日期不存在"),
        ("from: 2027-01-01", "from: 1月1日", 4, "holidays.1.from", "应是日期"),
        ("2027-02-13]", "2027-02-12]", 5, "holidays.2.workdays.2", "是星期五，本来就上班"),
        ("2027-02-13]", "2027-02-07]", 5, "holidays.2.workdays.2", "同时写成放假"),
        ("2027-02-13]", "2027-12-12]", 5, "holidays.2.workdays.2", "离春节太远"),
        ("from: 2027-02-05", "from: 2027-01-03", 5, "holidays.2.to", "请核对起止日"),
        ("2027-01-01, to: 2027-01-03", "2027-02-11, to: 2027-02-12", 5, "holidays.2.from", "重叠"),
        ("2027-01-01, to: 2027-01-03", "2026-01-01, to: 2026-01-03", 4, "holidays.1.from", "不在2027年"),
    ],
)  # fmt: skip
def test_faults_name_line_field_and_remedy(
    tmp_path: Path, right: str, wrong: str, line: int, field: str, remedy: str
) -> None:
    path = tmp_path / "2027.yaml"
    path.write_text(SOUND.replace(right, wrong), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_year(path, path.name)
    assert any(
        (problem.line, problem.field) == (line, field) and remedy in problem.message
        for problem in caught.value.problems
    ), caught.value.message


def test_a_day_of_two_years_belongs_to_the_arrangement_that_names_it() -> None:
    assert SHIPPED.what(date(2022, 12, 31)) == "元旦放假"
    assert Workdays({}).what(date(2022, 12, 31)) == ""
