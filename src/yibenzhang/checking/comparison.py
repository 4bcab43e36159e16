"""A text's number beside the ledger's: put on one scale and into words."""

from fractions import Fraction

from yibenzhang.checking.verdicts import Stated
from yibenzhang.indicators.figures import Figure
from yibenzhang.kernel.quantities import in_display_unit


def against(asked: Figure, stated: Stated) -> str:
    """Both numbers and by how much the text is off."""
    if asked.value is None:
        return "按文中口径账上没有数字"
    difference = stated.value - comparable(asked)
    more = "多" if difference > 0 else "少"
    words = [worded(asked, number) for number in (stated.value, comparable(asked), abs(difference))]
    return f"文中 {words[0]}，账上 {words[1]}，文中{more} {words[2]}"


def comparable(asked: Figure) -> Fraction:
    """A figure's value as texts state it: a ratio in percent, everything else in its base unit."""
    value = asked.value or Fraction(0)
    return value * 100 if asked.indicator.aggregation == "ratio" else value


def worded(asked: Figure, number: Fraction) -> str:
    """A number of the figure's kind in words: 84万元, 95.5%, 348个."""
    indicator = asked.indicator
    if indicator.aggregation == "ratio":
        return f"{float(number):g}%"
    if number.denominator != 1:
        return plain(number)
    return (
        f"{in_display_unit(int(number), indicator.divisor)}{indicator.display_measure or indicator.measure}"
    )


def plain(value: Fraction) -> str:
    """A number without its measure."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
