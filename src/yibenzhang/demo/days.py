"""Working days of a demo year, and how a number of events spreads over them."""

from datetime import date, timedelta
from random import Random

# 法定节假日 that fall on weekdays; weekends are left out anyway.
HOLIDAYS = {
    2023: ["01-02", "01-23", "01-24", "01-25", "01-26", "01-27", "04-05", "05-01", "05-02", "05-03", "06-22", "06-23",
           "09-29", "10-02", "10-03", "10-04", "10-05", "10-06"],
    2024: ["01-01", "02-12", "02-13", "02-14", "02-15", "02-16", "04-04", "04-05", "05-01", "05-02", "05-03", "06-10",
           "09-16", "09-17", "10-01", "10-02", "10-03", "10-04", "10-07"],
}  # fmt: skip


def is_working_day(day: date) -> bool:
    """True from Monday to Friday outside the public holidays."""
    return day.weekday() < 5 and f"{day:%m-%d}" not in HOLIDAYS.get(day.year, [])


def working_days(start: date, last: date) -> list[date]:
    """Working days from `start` to `last`, both included."""
    return [day for n in range((last - start).days + 1) if is_working_day(day := start + timedelta(days=n))]


def spread(count: int, start: date, last: date, rng: Random) -> list[date]:
    """`count` working days spread evenly over the span with a little disorder, in order; days may repeat when full."""
    days = working_days(start, last)
    step = len(days) / count
    return [days[min(len(days) - 1, int((n + rng.random()) * step))] for n in range(count)]


def month_days(year: int, month: int, last: date) -> list[date]:
    """Working days of a month, up to the book's last day."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return working_days(date(year, month, 1), min(after - timedelta(days=1), last))


def later(day: date, days: int, limit: date) -> date:
    """The working day this many working days later, never after `limit`."""
    found = day
    while days > 0 and found < limit:
        found += timedelta(days=1)
        days -= is_working_day(found)
    return min(found, limit)
