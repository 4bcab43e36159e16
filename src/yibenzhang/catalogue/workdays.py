"""Working days (工作日): Monday to Friday, less public holidays, plus make-up workdays.

Shipped years lie in `workday_files/`; an agency adds or replaces a year with `workdays/<year>.yaml` in its home folder, at
once and without a restart. Where a year is missing, Monday to Friday is assumed and said in words.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from yibenzhang.catalogue.source import PackError, Problem
from yibenzhang.catalogue.workday_file import SATURDAY, WorkdayYear, read_year

SHIPPED = Path(__file__).resolve().parent / "workday_files"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Workdays:
    """The years at hand. `problems` are faults of files in the home folder, which are then left out."""

    years: dict[int, WorkdayYear]
    problems: tuple[Problem, ...] = ()
    _off: dict[date, str] = field(init=False, default_factory=dict)
    _on: dict[date, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for year in self.years.values():
            self._off.update(year.off)
            self._on.update(year.on)

    def is_workday(self, day: date) -> bool:
        """True on a working day; by the day of the week where the year is missing."""
        if day in self._on:
            return True
        return day.weekday() < SATURDAY and day not in self._off

    def what(self, day: date) -> str:
        """Why a day differs, for a calendar: 春节放假, 春节调休上班; empty on ordinary days."""
        if day in self._on:
            return f"{self._on[day]}调休上班"
        return f"{self._off[day]}放假" if day in self._off else ""

    def add(self, day: date, count: int) -> date:
        """The working day `count` working days after the day (0: the day itself or the next working day)."""
        if count == 0:
            while not self.is_workday(day):
                day += ONE_DAY
        for _ in range(count):
            day += ONE_DAY
            while not self.is_workday(day):
                day += ONE_DAY
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after the first day up to and including the last; 0 when it is not later."""
        span = range((last - first).days)
        return sum(self.is_workday(first + timedelta(days=number + 1)) for number in span)

    def missing(self, days: Iterable[date]) -> str:
        """A sentence when the data of some of these days' years are not at hand; empty otherwise."""
        years = sorted({day.year for day in days} - set(self.years))
        if not years:
            return ""
        names = "、".join(f"{year}" for year in years)
        files = "、".join(f"workdays/{year}.yaml" for year in years)
        return f"缺{names}年节假日数据，按周一至周五推算；请管理员在账本目录放入 {files}。"


def current_workdays() -> Workdays:
    """The working days in force: shipped years, and those of the home folder as they are now."""
    home = os.environ.get("YIBENZHANG_HOME")
    folder = Path(home) / "workdays" if home else None
    paths = sorted(folder.glob("*.yaml")) if folder and folder.is_dir() else []
    return _read(tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=4)
def _read(own: tuple[tuple[Path, int], ...]) -> Workdays:
    years = dict(_shipped())
    problems: list[Problem] = []
    for path, _ in own:
        try:
            year = read_year(path, f"workdays/{path.name}")
        except PackError as error:
            problems += error.problems
        else:
            years[year.year] = year
    return Workdays(dict(sorted(years.items())), tuple(problems))


@lru_cache(maxsize=1)
def _shipped() -> dict[int, WorkdayYear]:
    found = [read_year(path, path.name) for path in sorted(SHIPPED.glob("*.yaml"))]
    return {year.year: year for year in found}
