"""Where a number that does not agree as stated would be right: another scope, programme, period or measure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.checking.verdicts import AGREES, Stated, holds
from yibenzhang.indicators.figures import Figure, figure
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.periods import Period, parse_period


def other_readings(asked: Figure, stated: Stated, today: date) -> Iterator[tuple[Figure, str]]:
    """Figures near the one asked that have exactly the stated value, with what is different about them.

    Small numbers prove little: 0 and 1 occur everywhere, so they are never called 口径不同; nor are rates, of which
    many are 100%.
    """
    if stated.approx is not None or stated.value <= 1 or asked.indicator.aggregation == "ratio":
        return
    for other, why in _neighbours(asked, today):
        if other.value is not None and holds(stated, other.value) == AGREES:
            yield other, why


def _neighbours(asked: Figure, today: date) -> Iterator[tuple[Figure, str]]:
    question, indicator = asked.question, asked.indicator
    for programme, why in _other_programmes(question):
        yield figure(indicator, replace(question, programme=programme)), why
    scope = "own" if question.scope == "subtree" else "subtree"
    word = "只算本级" if scope == "own" else "连同下级"
    yield figure(indicator, replace(question, scope=scope)), word
    for period in _other_periods(question.period, today):
        yield figure(indicator, replace(question, period=period)), f"按{period.label}"
    accounts = set(indicator.all_accounts())
    for rival in current_catalogue().indicators.values():
        if rival.code != indicator.code and accounts & set(rival.all_accounts()):
            yield figure(rival, question), f"按“{rival.name}”（{rival.measure}）"


def _other_programmes(question: Question) -> Iterator[tuple[str, str]]:
    if question.programme:
        yield "", "不限专题"
    for code, programme in current_catalogue().programmes.items():
        if code != question.programme:
            yield code, f"只算“{programme.name}”"


def _other_periods(period: Period, today: date) -> Iterator[Period]:
    year = period.start.year
    codes = [f"{year - 1}", f"{year}", f"{year}H1", f"{year}H2"]
    codes += [
        f"{year}-01-01..{year}-{month:02d}-{last}" for month, last in ((8, 31), (9, 30), (10, 31), (11, 30))
    ]
    for code in codes:
        other = parse_period(code)
        if other.start != period.start or other.stop != period.stop:
            yield other
