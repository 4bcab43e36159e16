"""Working hours: when a unit may be reminded and a digest sent (工作日 8:30–17:30)."""

from datetime import date, datetime, time

from django.utils import timezone

from yibenzhang.catalogue.workdays import current_workdays

OPENS, CLOSES = time(8, 30), time(17, 30)


def in_hours(at: datetime) -> bool:
    """True on a working day between half past eight and half past five, local time."""
    local = timezone.localtime(at)
    return current_workdays().is_workday(local.date()) and OPENS <= local.time() <= CLOSES


def day_words(day: date) -> str:
    """11月25日."""
    return f"{day.month}月{day.day}日"


def rest_words(day: date) -> str:
    """Why a day is no working day: 国庆节放假, 周末."""
    return current_workdays().what(day) or "周末"
