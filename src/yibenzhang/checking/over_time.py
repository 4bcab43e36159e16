"""Claims about time: how often something happens (每月1次), and how much it rose or fell (比上年增加5个)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from yibenzhang.checking.case import Case, CheckedClaim
from yibenzhang.checking.comparison import comparable, plain, worded
from yibenzhang.checking.verdicts import AGREES, DIFFERS, NEEDS_PERSON, NO_RECORD, holds
from yibenzhang.indicators.figures import VALUE, figure
from yibenzhang.kernel.periods import year_before
from yibenzhang.reading.model import Claim


def is_monthly(claim: Claim) -> bool:
    """True for a claim of how often a month."""
    return claim.kind == "cadence" and "月" in (claim.period or claim.text)


def cadence(case: Case, today: date) -> CheckedClaim:
    """每月 n 次: true when every complete month of the period reaches n; months that do not are listed.

    The unit's own records are meant where it has some (a Party group's own study), else those of all units below.
    """
    own = figure(case.asked.indicator, replace(case.asked.question, scope="own"))
    case = replace(case, asked=own) if own.state == VALUE else case
    question, indicator = case.asked.question, case.asked.indicator
    months = [month for month in question.period.months() if month.last_day < today]
    counted = [
        (month, figure(indicator, replace(question, period=month)).value or Fraction(0)) for month in months
    ]
    if not counted:
        return case.found(NO_RECORD, "期间内还没有满月。")
    if case.asked.state != VALUE:
        return case.found(NO_RECORD, "账上没有这类记录。")
    summed = question.scope == "subtree" and indicator.aggregation == "sum"
    notes = ("按本级和下级合计，不等于每个单位都做到",) if summed else ()
    least = int(min(value for _, value in counted))
    short = [month.label for month, value in counted if value < case.stated.value]
    if short:
        return case.found(DIFFERS, *notes, f"没有达到的月份：{'、'.join(short)}", monthly=least)
    reason = f"{len(counted)} 个满月每月都达到 {plain(case.stated.value)} {case.claim.unit}"
    return case.found(AGREES, *notes, reason, monthly=least)


def change(case: Case, sign: int, today: date) -> CheckedClaim:
    """比上年增加 n: true when the figure differs by so much from that of the year before (`sign` -1: fell)."""
    asked = case.asked
    earlier = year_before(asked.question.period, until=today)
    before = figure(asked.indicator, replace(asked.question, period=earlier))
    if asked.value is None or before.value is None:
        missing = earlier if before.value is None else asked.question.period
        return case.found(NEEDS_PERSON, f"说的是比上年的增减，{missing.label}账上没有记录，无从比较。")
    numbers = [f"{each.question.period.label} {worded(each, comparable(each))}" for each in (before, asked)]
    verdict = holds(case.stated, (comparable(asked) - comparable(before)) * sign) or DIFFERS
    return case.found(verdict, f"说的是比上年的增减：{'，'.join(numbers)}")
