"""Statistical periods (统计期): `2024`, `2024H1`, `2024Q3`, `2024-08`, `2024-01-01..2024-08-31`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from yibenzhang.kernel.errors import BookError

_YEAR = re.compile(r"(\d{4})$")
_HALF = re.compile(r"(\d{4})H([12])$")
_QUARTER = re.compile(r"(\d{4})Q([1-4])$")
_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$")


class PeriodError(BookError):
    """A period code that cannot be read."""


@dataclass(frozen=True)
class Period:
    """Half-open span of days [start, stop) with the code it was asked by."""

    code: str
    start: date
    stop: date

    @property
    def last_day(self) -> date:
        """The last day inside the period."""
        return self.stop - timedelta(days=1)

    @property
    def first_month(self) -> int:
        """First month touched, as yyyymm."""
        return month_of(self.start)

    @property
    def last_month(self) -> int:
        """Last month touched, as yyyymm."""
        return month_of(self.last_day)

    @property
    def whole_months(self) -> bool:
        """True when the period begins and ends at month borders, so the month column alone selects it."""
        return self.start.day == 1 and self.stop.day == 1

    @property
    def label(self) -> str:
        """Chinese name for screens: 2024年, 2024年上半年, 2024年第三季度, 2024年8月, or both days."""
        if _YEAR.match(self.code):
            return f"{self.start.year}年"
        if found := _HALF.match(self.code):
            return f"{found[1]}年{'上' if found[2] == '1' else '下'}半年"
        if found := _QUARTER.match(self.code):
            return f"{found[1]}年第{'一二三四'[int(found[2]) - 1]}季度"
        if _MONTH.match(self.code):
            return f"{self.start.year}年{self.start.month}月"
        end = self.last_day
        return (
            f"{self.start.year}年{self.start.month}月{self.start.day}日至{end.year}年{end.month}月{end.day}日"
        )

    def months(self) -> Iterator["Period"]:
        """The calendar months touched, in order (a range's first and last month are given whole)."""
        number = self.first_month
        while number <= self.last_month:
            yield month_period(number)
            number = next_month(number)

    def contains(self, day: date) -> bool:
        """True when the day lies in the period."""
        return self.start <= day < self.stop


def month_of(day: date) -> int:
    """The month of a day as yyyymm."""
    return day.year * 100 + day.month


def next_month(number: int) -> int:
    """The yyyymm after this one."""
    return number + 89 if number % 100 == 12 else number + 1


def month_period(number: int) -> Period:
    """The period of a yyyymm number."""
    after = next_month(number)
    return Period(
        f"{number // 100:04d}-{number % 100:02d}",
        date(number // 100, number % 100, 1),
        date(after // 100, after % 100, 1),
    )


def parse_period(code: str) -> Period:
    """Read a period code.

    Raises PeriodError naming the accepted forms when the code fits none or its days are impossible.
    """
    text = code.strip()
    try:
        return _parse(text)
    except (ValueError, OverflowError):
        raise PeriodError(
            f"看不懂期间“{text}”。请写成 2024、2024H1、2024Q3、2024-08 或 2024-01-01..2024-08-31。",
            field="period",
        ) from None


def _parse(text: str) -> Period:
    if found := _YEAR.match(text):
        year = int(found[1])
        return Period(text, date(year, 1, 1), date(year + 1, 1, 1))
    if found := _HALF.match(text):
        return _months(text, int(found[1]), int(found[2]) * 6 - 5, 6)
    if found := _QUARTER.match(text):
        return _months(text, int(found[1]), int(found[2]) * 3 - 2, 3)
    if found := _MONTH.match(text):
        return _months(text, int(found[1]), int(found[2]), 1)
    if found := _RANGE.match(text):
        start, last = date.fromisoformat(found[1]), date.fromisoformat(found[2])
        if last >= start:
            return Period(text, start, last + timedelta(days=1))
    raise ValueError(text)


def _months(code: str, year: int, month: int, length: int) -> Period:
    start = date(year, month, 1)
    after = month + length
    return Period(code, start, date(year + (after > 12), after - 12 if after > 12 else after, 1))


def year_before(period: Period, *, until: date | None = None) -> Period:
    """The same period a year earlier (上年同期).

    With `until` inside the period, only as far as the same day a year earlier, so that a year under way is compared with
    the equal part of the last one. 29 February becomes 28 February.
    """
    start = _a_year_before(period.start)
    if until is not None and period.contains(until) and until < period.last_day:
        last = _a_year_before(until)
        return Period(f"{start}..{last}", start, last + timedelta(days=1))
    if found := re.match(r"(\d{4})(?=$|H|Q|-\d{2}$)", period.code):
        return parse_period(f"{int(found[1]) - 1:04d}{period.code[4:]}")
    return Period(
        f"{start}..{_a_year_before(period.last_day)}",
        start,
        _a_year_before(period.last_day) + timedelta(days=1),
    )


def _a_year_before(day: date) -> date:
    return date(day.year - 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
