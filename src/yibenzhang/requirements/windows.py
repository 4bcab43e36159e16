"""Windows in which a duty falls: the months, quarters, halves and years that touch a period."""

from dataclasses import dataclass
from datetime import date, timedelta

from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.periods import Period, month_of

LENGTH = {"month": 1, "quarter": 3, "half": 6, "year": 12, "occasion": 1}


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open days [start, stop) with their period code.

    Before `opens` nothing is expected yet; `deadline` is the last day on which a record is still in time, grace included.
    """

    code: str
    start: date
    stop: date
    opens: date
    deadline: date

    @property
    def last_day(self) -> date:
        """The last day inside the window."""
        return self.stop - timedelta(days=1)


def calendar_windows(requirement: Requirement, period: Period) -> list[Window]:
    """The windows of a monthly, quarterly, half-yearly, yearly or per-occasion rule that touch the period, in order.

    Windows in which the rule was not in force on any day are left out.
    """
    length = LENGTH[requirement.cadence]
    found = []
    first = _first_month(period.start, length)
    while first < period.stop:
        after = add_months(first, length)
        in_force = requirement.valid_from < after and (
            requirement.valid_to is None or requirement.valid_to > first
        )
        if in_force:
            found.append(_window(requirement, first, after, length))
        first = after
    return found


def whole_period(requirement: Requirement, period: Period) -> list[Window]:
    """The period itself as the one window of a rule about how a unit is set up; none while the rule is not in force."""
    if requirement.valid_from >= period.stop or (
        requirement.valid_to is not None and requirement.valid_to <= period.start
    ):
        return []
    return [Window(period.code, period.start, period.stop, period.start, period.last_day)]


def _window(requirement: Requirement, start: date, stop: date, length: int) -> Window:
    grace = timedelta(days=requirement.grace_days)
    end = add_months(start, requirement.due_by) if requirement.due_by else stop
    opens = add_months(start, requirement.due_from - 1) if requirement.due_from else start
    return Window(_code(start, length), start, stop, opens, end - timedelta(days=1) + grace)


def _code(start: date, length: int) -> str:
    number = (start.month - 1) // length + 1
    return {
        1: f"{start:%Y-%m}",
        3: f"{start.year}Q{number}",
        6: f"{start.year}H{number}",
        12: f"{start.year}",
    }[length]


def _first_month(day: date, length: int) -> date:
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where it has no such day (31 August + 6 → 28 February)."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (after - timedelta(days=1)).day))


def months_between(first: date, last: date) -> int:
    """Calendar months that lie wholly within [first, last]."""
    start = first if first.day == 1 else add_months(date(first.year, first.month, 1), 1)
    after = last + timedelta(days=1)
    months = (month_of(after) // 100 - start.year) * 12 + after.month - start.month
    return max(0, months)
