"""Which rules a book has switched on or off (启用、停用), and since when."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.requirements.models import RequirementChoice


class Choice(NamedTuple):
    """One rule switched on or off on the days [start, stop)."""

    requirement: str
    start: date
    stop: date | None
    is_on: bool
    reason: str


Choices = tuple[Choice, ...]


def choices_by_book() -> dict[int, Choices]:
    """All choices by book, in order of their beginning; in one query."""
    found: dict[int, list[Choice]] = defaultdict(list)
    for row in RequirementChoice.objects.order_by("valid_from", "id"):
        chosen = Choice(row.requirement, row.valid_from, row.valid_to, row.is_on, row.reason)
        found[row.book_id].append(chosen)
    return {book: tuple(made) for book, made in found.items()}


def about(rule: Requirement, choices: Choices) -> Choices:
    """The choices that concern one rule."""
    return tuple(choice for choice in choices if choice.requirement == rule.code)


def on_since(rule: Requirement, own: Choices, day: date) -> date | None:
    """Since which day the rule has been on without a break as of the day; None when it is off then.

    `own` are the choices about this rule in order of their beginning. What was never chosen is on since ever.
    """
    is_on, since = rule.is_on, date.min
    for choice in own:
        if choice.start > day:
            break
        if choice.is_on != is_on:
            is_on, since = choice.is_on, choice.start
        if choice.stop is not None and choice.stop <= day and rule.is_on != is_on:
            is_on, since = rule.is_on, choice.stop
    return since if is_on else None


def why_off(rule: Requirement, own: Choices, day: date) -> str:
    """Why a rule that is off on the day is off, in words."""
    begun = [choice for choice in own if choice.start <= day]
    if not begun:
        return f"本单位{_day(own[0].start)}才启用" if own else rule.silent
    last = begun[-1]
    if not last.is_on:
        return f"本单位自{_day(last.start)}起停用：{last.reason}"
    return f"本单位启用到{_day(last.stop)}为止" if last.stop else rule.silent


def as_chosen(rule: Requirement) -> Requirement:
    """The rule as it may be asked: one that nobody verified is at most a reminder (提醒), whatever its text says."""
    return rule if rule.verified else rule.model_copy(update={"strength": "general"})


def may_be_on(rule: Requirement) -> bool:
    """True when something can be counted at all."""
    return rule.measure is not None and not rule.needs_facts


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
