"""How a value is written in a document: exact, 余, 近 or in Chinese numerals, by GB/T 15835 (regulations §15)."""

from fractions import Fraction

from yibenzhang.catalogue.schema import Indicator
from yibenzhang.kernel.quantities import percentage
from yibenzhang.reports.tokens import FigureToken

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def written(token: FigureToken, indicator: Indicator, value: Fraction) -> str:
    """The number with its counting word: 185次, 98万元, 100余篇, 九届, 零."""
    if indicator.aggregation == "ratio":
        return percentage(value)
    amount = value / indicator.divisor
    measure = "" if token.measure == "-" else token.measure or indicator.display_measure or indicator.measure
    return f"{_amount(token.display, amount)}{measure}"


def _amount(display: str, amount: Fraction) -> str:
    if display == "chinese" and amount.denominator == 1 and 0 <= amount < 10**8:
        return chinese(int(amount))
    if display == "at_least" and (base := _below(amount)) and base < amount:
        return f"{decimal(base)}余"
    if display == "nearly" and (base := _above(amount)) and base > amount:
        return f"近{decimal(base)}"
    return decimal(amount)


def decimal(amount: Fraction) -> str:
    """Arabic digits; groups of three only from five digits on (四位以内的整数可以不分节)."""
    if amount.denominator == 1:
        return f"{int(amount):,}" if abs(amount) >= 10_000 else str(int(amount))
    return f"{float(amount):.4f}".rstrip("0").rstrip(".")


def _below(amount: Fraction) -> Fraction | None:
    """The round number that 余 goes with: the leading digit, 107 → 100, 348 → 300; None below ten."""
    return _leading(amount, up=False)


def _above(amount: Fraction) -> Fraction | None:
    """The round number that 近 goes with, never more than a tenth above: 192 → 200, 342 → 350; else None."""
    found = _leading(amount, up=True)
    if found is not None and found * 9 / 10 > amount:
        step = _step(amount) / 10
        found = -(-amount // step) * step
    return found if found is not None and found * 9 / 10 <= amount else None


def _leading(amount: Fraction, *, up: bool) -> Fraction | None:
    if amount < 10:
        return None
    step = _step(amount)
    return Fraction(-(-amount // step) * step if up else amount // step * step)


def _step(amount: Fraction) -> Fraction:
    return Fraction(10 ** (len(str(int(amount))) - 1))


def chinese(number: int) -> str:
    """Chinese numerals of a number below 10⁸: 九, 十二, 一百零五, 二万三千, 三万零一十."""
    words = _numerals(number)
    return words[1:] if words.startswith("一十") else words


def _numerals(number: int) -> str:
    """With 一十 written out, as it must be anywhere but at the beginning."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1000 else ""
        return f"{_numerals(number // 10_000)}万{gap}{_numerals(rest) if rest else ''}"
    words, pending = "", False
    left = number
    for size, name in _PLACES:
        digit, left = divmod(left, size)
        if digit:
            words += ("零" if pending else "") + _DIGITS[digit] + name
        pending = bool(words) and not digit and left > 0
    if left or not words:
        words += ("零" if pending else "") + _DIGITS[left]
    return words
