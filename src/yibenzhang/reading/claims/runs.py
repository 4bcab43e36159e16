"""Numbers that belong together: the two ends of a range, and lists that write their unit once."""

import re
from dataclasses import replace

from yibenzhang.reading.claims import numerals
from yibenzhang.reading.claims.quantity import Quantity
from yibenzhang.reading.model import Number

_RANGE = re.compile(r"\s*(?:至|到|—+|–|-|~|～)\s*$")
_LIST = re.compile(r"(?:[、,，]|和|及|与|以及|或)(?:约|近|超)?$")


def join_ranges(folded: str, found: list[Quantity]) -> list[Quantity]:
    """3至5名, 6—8万元, 2%至3% are one quantity; 由86人增加到231人 and 从2%至3% are two."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if last and _is_range(folded, last, quantity):
            joined[-1] = _range(last, quantity)
        else:
            joined.append(quantity)
    return joined


def _is_range(folded: str, low: Quantity, high: Quantity) -> bool:
    if low.high is not None or high.high is not None or high.unit is None:
        return False
    if not _RANGE.fullmatch(folded[low.end : high.start]):
        return False
    if low.unit is None:
        return low.value < high.value or bool(high.scale)
    moved = re.search(r"[由从自][^,，。;；、]{0,12}$", folded[: low.start])
    return low.unit == high.unit and low.value < high.value and not moved


def _range(low: Quantity, high: Quantity) -> Quantity:
    value = _aligned(low, high) if low.unit is None else low.value
    return replace(high, start=low.start, value=value, high=high.value, more=low.more or high.more)


def _aligned(left: Quantity, right: Quantity) -> Number:
    """The value of a number without unit on the scale of its neighbour: 6—8万元, 1.2、3.4万人次, 100万至200万元."""
    if right.unit_is_money():
        shown = (right.unit or "")[0]
        if left.scale[-1:] == shown:
            return numerals.tidy(left.value / numerals.scale_value(shown))
        return left.value
    if right.scale and not left.scale and not right.chinese and left.value < 100:
        return numerals.tidy(left.value * numerals.scale_value(right.scale))
    return left.value


def fill_elided(folded: str, found: list[Quantity]) -> list[Quantity]:
    """分别为7、15和9名: a number without a unit takes that of its right neighbour in the list."""
    filled = list(found)
    for index in range(len(filled) - 2, -1, -1):
        left, right = filled[index], filled[index + 1]
        between = folded[left.end : right.start]
        if left.unit is not None or right.unit is None or not _LIST.fullmatch(between):
            continue
        listed = "分别" in folded[max(0, left.start - 60) : left.start]
        if (left.chinese or between[0] in ",，") and not listed:
            continue
        filled[index] = replace(left, unit=right.unit, value=_aligned(left, right), scale=right.scale)
    return filled
