"""A figure as a chart: the points of a trend or a breakdown, the same for every page and document that draws them.

Sub-units stand in organisational order, never by size, and a figure that must stay out of any evaluation is not compared
between units at all (regulations, AF-07): a chart is no league table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.breakdown import by_child, by_month, own_part
from yibenzhang.indicators.figures import NONE, NOT_APPLICABLE, VALUE, WORDS, Figure, figure
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period, parse_period

WAYS = {"month": "各月", "unit": "各单位", "year": "各年"}
YEARS = 5
MOST_POINTS = {"month": 24, "unit": 40, "year": 10}


@dataclass(frozen=True)
class Point:
    """One bar: `label` stands at its foot, `name` is written out, `code` is the period or the unit.

    `value` is None without one; `state` then tells no record from not applicable. `is_partial` marks a span still running.
    """

    code: str
    label: str
    name: str
    value: Fraction | None
    shown: str
    state: str
    is_partial: bool = False
    is_future: bool = False

    @property
    def words(self) -> str:
        """What stands above the bar: the value, 未记, or a dash for not applicable."""
        return "" if self.is_future else "—" if self.state == NOT_APPLICABLE else self.shown


@dataclass(frozen=True)
class Chart:
    """Points in order with what they count. Values are in the account's unit: `divisor` of them make one `measure`."""

    by: str
    points: tuple[Point, ...]
    measure: str
    divisor: int = 1
    is_ratio: bool = False

    @property
    def is_empty(self) -> bool:
        """No point has a value."""
        return all(point.value is None for point in self.points)

    @property
    def top(self) -> Fraction:
        """The largest value, 0 without any."""
        return max((point.value for point in self.points if point.value is not None), default=Fraction(0))

    @property
    def description(self) -> str:
        """The values in words for those who do not see the drawing."""
        points = (point for point in self.points if not point.is_future)
        return "，".join(
            f"{point.label}{point.shown}{self.measure if point.value is not None else ''}" for point in points
        )


def chart_of(indicator: Indicator, by: str, points: Sequence[Point]) -> Chart:
    """The points with the indicator's counting word."""
    is_ratio = indicator.aggregation == "ratio"
    measure = "" if is_ratio else indicator.display_measure or indicator.measure
    return Chart(by, tuple(points), measure, indicator.divisor, is_ratio)


def points_of(indicator: Indicator, question: Question, by: str, today: date) -> list[Point]:
    """The points of a chart `by` month, unit or year.

    Raises BookError where units may not be compared, there is nothing below, or the chart would have too many bars.
    """
    if by == "unit":
        found = _units(indicator, question)
    elif by == "year":
        found = _years(indicator, question, today)
    else:
        found = month_points(by_month(indicator, question), today)
    if len(found) > MOST_POINTS[by]:
        raise BookError(f"{len(found)} 根柱子太多，一张图最多 {MOST_POINTS[by]} 根。请缩短期间或换一个单位。")
    return found


def month_points(figures: Sequence[Figure], today: date) -> list[Point]:
    """Points of the months' figures; months that have not begun stay empty."""
    is_short = len(figures) <= 12
    return [
        _in_time(each, f"{start.month}月" if is_short else f"{start:%y}.{start.month}", today)
        for each in figures
        for start in [each.question.period.start]
    ]


def is_barred(indicator: Indicator) -> bool:
    """True when some account behind it must stay out of any evaluation (AF-07)."""
    accounts = current_catalogue().accounts
    return any(accounts[code].no_assessment for code in indicator.all_accounts())


def _units(indicator: Indicator, question: Question) -> list[Point]:
    if is_barred(indicator):
        raise BookError(f"“{indicator.name}”不进考核，不能按单位比较。请改成按月（by=month）。")
    children = by_child(indicator, replace(question, scope="subtree"))
    if not children:
        raise BookError(f"{question.unit}没有下级单位，请改成按月（by=month）。")
    own = own_part(indicator, question)
    rows = [_point(own, question.unit.code, "本级", f"{question.unit.name}本级")] if own.value else []
    asked = [(unit, each) for unit, each in children if each.state != NOT_APPLICABLE]
    return rows + [_point(each, unit.code, str(unit), unit.name) for unit, each in asked]


def _years(indicator: Indicator, question: Question, today: date) -> list[Point]:
    """The years of the period; a period inside one year is the last of five. Years before the first record go."""
    period = question.period
    last, first = period.last_day.year, period.start.year
    years = range(first if first < last else last - YEARS + 1, last + 1)
    asked = [replace(question, period=_year(year, period)) for year in years]
    found = [_in_time(figure(indicator, each), f"{each.period.start.year}年", today) for each in asked]
    while len(found) > 1 and found[0].state != VALUE:
        found.pop(0)
    return found


def _year(year: int, period: Period) -> Period:
    """The year, or as much of the last one as the period takes."""
    if year < period.last_day.year or (period.stop.month, period.stop.day) == (1, 1):
        return parse_period(str(year))
    return parse_period(f"{year}-01-01..{period.last_day}")


def _in_time(found: Figure, label: str, today: date) -> Point:
    period = found.question.period
    is_partial = period.contains(today) and today < period.last_day
    point = _point(found, period.code, label, period.label)
    if period.start > today:  # what stands today says nothing about a month to come
        return replace(point, value=None, shown=WORDS[NONE], state=NONE, is_future=True)
    return replace(point, is_partial=is_partial)


def _point(found: Figure, code: str, label: str, name: str) -> Point:
    state = found.state if found.state in {VALUE, NONE} else NOT_APPLICABLE
    return Point(code, label, name, found.value, found.shown, state)
