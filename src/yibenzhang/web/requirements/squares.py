"""The squares of a month's calendar: what is due on each day, and which days are off or worked instead."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, timedelta

from yibenzhang.catalogue.workdays import Workdays
from yibenzhang.requirements.duties import Duty
from yibenzhang.requirements.windows import add_months

Due = list[tuple[Duty, str]]


@dataclass(frozen=True)
class Square:
    """A day: whether it lies in the month, is worked, why it differs from the usual week, and what is due."""

    date: date
    is_inside: bool
    is_workday: bool
    what: str
    found: Due


def weeks_of(first: date, by_day: dict[date, Due], workdays: Workdays) -> list[list[Square]]:
    """The weeks of the month of `first`, from Monday."""
    return [
        [
            Square(
                day,
                day.month == first.month,
                workdays.is_workday(day),
                workdays.what(day),
                by_day.get(day, []),
            )
            for day in week
        ]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


def special_days(first: date, workdays: Workdays) -> list[tuple[date, date, str]]:
    """Spans of the month's days that differ alike, for narrow screens: each holiday, each make-up workday."""
    found: list[tuple[date, date, str]] = []
    days = (add_months(first, 1) - first).days
    for day in (first + timedelta(days=number) for number in range(days)):
        what = workdays.what(day)
        if found and found[-1][2] == what and found[-1][1] + timedelta(days=1) == day:
            found[-1] = (found[-1][0], day, what)
        elif what:
            found.append((day, day, what))
    return found
