"""The seven verdicts, fixed words of the glossary, and when a stated number is true of a value.

Approximate numbers are read as GB/T 15835 uses them: 100余 is more than 100 and still called by that round number, 近200 a
little less than 200, 约 close by, and a rounded number is true of what rounds to it.
"""

from dataclasses import dataclass
from fractions import Fraction

from yibenzhang.indicators.matching.measures import MONEY

AGREES, APPROXIMATE, DIFFERS = "agrees", "agrees_approximately", "differs"
OTHER, NO_RECORD = "other_definition", "no_record"
NOT_CHECKABLE, NEEDS_PERSON = "not_checkable", "needs_person"
PERCENT = frozenset({"%", "个百分点"})
WORDS = {
    AGREES: "一致",
    APPROXIMATE: "约数可接受",
    DIFFERS: "不一致",
    OTHER: "口径不同",
    NO_RECORD: "无记录",
    NOT_CHECKABLE: "不可核",
    NEEDS_PERSON: "需人工",
}


@dataclass(frozen=True)
class Stated:
    """A number as a text states it: value in the base unit, upper end of a range, qualifier, digits as written.

    `step` is the worth of the last digit written; `rounded` says that the text may have rounded to it (万, 亿, percent).
    """

    value: Fraction
    upper: Fraction | None
    approx: str | None
    step: Fraction
    rounded: bool = False

    @staticmethod
    def of(value: float, upper: float | None, approx: str | None, unit: str, text: str) -> "Stated":
        """From a claim; money becomes yuan. `step` is the worth of the last digit written."""
        scale = Fraction(MONEY.get(unit, 1))
        number = Fraction(str(value)) * scale
        top = Fraction(str(upper)) * scale if upper is not None else None
        step = _last_digit(number, text, scale)
        percent = unit in PERCENT and 0 < number < 100  # 100% and 0% mean what they say
        return Stated(number, top, approx, step, rounded=step > 1 or percent)


def holds(stated: Stated, actual: Fraction) -> str | None:
    """AGREES or APPROXIMATE when the stated number is true of the actual value, else None."""
    if stated.upper is not None:
        return AGREES if stated.value <= actual <= stated.upper else None
    if stated.approx is None:
        if actual == stated.value:
            return AGREES
        return APPROXIMATE if stated.rounded and abs(actual - stated.value) * 2 <= stated.step else None
    return APPROXIMATE if _roughly(stated, actual) else None


def _roughly(stated: Stated, actual: Fraction) -> bool:
    value, room = stated.value, _round_step(stated.value)
    if stated.approx == "at_least":
        return value <= actual < value + room
    if stated.approx == "more_than":
        return value < actual < value + room
    if stated.approx == "nearly":
        return value * 9 / 10 <= actual < value
    if stated.approx == "less_than":
        return value * 9 / 10 <= actual < value
    if stated.approx == "at_most":
        return actual <= value
    return abs(actual - value) * 20 <= value or abs(actual - value) * 2 <= stated.step


def _round_step(value: Fraction) -> Fraction:
    """The worth of the last digit of a round number that is not nought: 100 → 100, 120 → 10, 115 → 1."""
    number, step = int(value), 1
    while number and number % 10 == 0:
        number //= 10
        step *= 10
    return Fraction(step)


def _last_digit(number: Fraction, text: str, scale: Fraction) -> Fraction:
    """What the last written digit is worth: 98万 → 10000, 1.2万 → 1000, 348 → 1, 100 → 1.

    Only 万 and 亿 in the text are rounding; noughts written out are taken at their word.
    """
    unit = Fraction(100_000_000) if "亿" in text else Fraction(10_000) if "万" in text else scale
    if unit == 1 and number.denominator == 1:
        return Fraction(1)
    in_unit = number / unit
    decimals = 0
    while in_unit.denominator != 1 and decimals < 8:
        in_unit *= 10
        decimals += 1
    return unit / int(10**decimals)
