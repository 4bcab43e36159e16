"""Facts that hold from one day up to, not including, another."""

from datetime import date
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q

M = TypeVar("M", bound=models.Model)


class Dated(models.Model):
    """A fact with a half-open span of days; an empty `valid_to` means it still holds."""

    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """True when the fact holds on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def on_day(day: date, prefix: str = "") -> Q:
    """Condition for dated rows that hold on a day; `prefix` is a lookup path ending in `__`."""
    return Q(**{f"{prefix}valid_from__lte": day}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": day})
    )


def during(start: date, stop: date, prefix: str = "") -> Q:
    """Condition for dated rows that hold on some day of [start, stop)."""
    lookup: dict[str, Any] = {f"{prefix}valid_from__lt": stop}
    return Q(**lookup) & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": start}))
