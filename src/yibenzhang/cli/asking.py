"""From command-line options to the question that a figure answers."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period

if TYPE_CHECKING:
    from yibenzhang.catalogue.schema import Indicator
    from yibenzhang.indicators.figures import Figure
    from yibenzhang.indicators.selection import Question
    from yibenzhang.organisation.models import Unit

EMPTY_LEDGER = -1  # before the first entry; a question's position 0 would mean the newest


def unit_of(code: str) -> Unit:
    """The unit of that code; raises BookError naming similar codes."""
    from yibenzhang.organisation.models import Unit

    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        near = "、".join(Unit.objects.filter(code__icontains=code[:4]).values_list("code", flat=True)[:5])
        advice = f"相近的有 {near}。" if near else "单位代码见“组织”页。"
        raise BookError(f"账本里没有代码为 {code} 的单位。{advice}", field="unit")
    return unit


def position_of(text: str, unit: Unit) -> int:
    """The ledger position a day or number stands for, the newest when empty; raises BookError when it is neither."""
    from yibenzhang.ledger.queries import position, position_on
    from yibenzhang.organisation.queries import book_of

    if not text:
        return position()
    if text.isdigit() and int(text) < 10**18:
        return min(int(text), position())
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BookError(f"--as-of 应是日期（2024-06-30）或入账序号（1278），现为 {text}。") from None
    return position_on(day, book_of(unit))


def ask(options: Namespace, indicator: Indicator, unit: Unit, position: int) -> Question:
    """The question about one indicator; its own scope holds unless `--scope` was given."""
    from yibenzhang.indicators.selection import Question

    return Question(
        unit=unit,
        period=parse_period(options.period),
        programme=options.programme,
        scope=options.scope or indicator.scope,
        position=position or EMPTY_LEDGER,
    )


def check_programme(code: str) -> None:
    """Raise UnknownCodeError for a programme that the catalogue does not have."""
    from yibenzhang.catalogue.loading import current_catalogue

    if code:
        current_catalogue().programme(code)


def plain_value(figure: Figure) -> int | float | None:
    """The value in full precision and in the account's own measure (yuan for money); None unless it is a value."""
    if figure.value is None:
        return None
    return int(figure.value) if figure.value.denominator == 1 else float(figure.value)
