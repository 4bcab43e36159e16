"""Numbers with their units: where they stand in folded text, ranges joined, elided units of lists filled in."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yibenzhang.reading.claims import numerals
from yibenzhang.reading.claims.units import CANONICAL, MONEY_UNITS, unit_at
from yibenzhang.reading.model import Number

_PERCENT = re.compile(
    rf"百分之(?:(?P<cn>[{numerals.CHINESE_CHARS}]+(?:点[{numerals.CHINESE_CHARS}]+)?)|(?P<ar>\d+(?:\.\d+)?))"
)
_FRACTION = re.compile(rf"[{numerals.CHINESE_CHARS}\d]+分之[{numerals.CHINESE_CHARS}\d]+")
_NUMBER = re.compile(
    rf"(?P<percent>{_PERCENT.pattern})|(?P<fraction>{_FRACTION.pattern})"
    rf"|(?P<arabic>{numerals.ARABIC_NUMBER.pattern})|(?P<chinese>{numerals.CHINESE_NUMBER.pattern})"
)
_RANGE = re.compile(r"\s*(?:至|到|—+|–|-|~|～)\s*$")
_LIST = re.compile(r"(?:[、,，]|和|及|与|以及|或)(?:约|近|超)?$")
_LONGEST_NUMBER = 24  # characters; longer runs of digits are codes or rubbish
_KILO = re.compile(r"千(?:克(?![服难])|瓦|伏)|百分点")  # 三千克 is three kilograms
_HALF = re.compile(r"个半(小时|学期|工作日|月)")
_MONEY_NOUN = re.compile(
    r"(?:资金|投资|投入|产值|收入|经费|贷款|税收|金额|款|营收|利润|预算|节支)[^,，。;；]{0,6}$"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit in folded text; ``unit`` is None while it is unknown (elided or absent)."""

    start: int
    end: int
    value: Number
    unit: str | None
    high: Number | None = None
    more: bool = False
    scale: str = ""
    chinese: bool = False
    number_end: int = 0

    def unit_is_money(self) -> bool:
        """Money shows its 万 or 亿 in the unit, so the value needs no scaling."""
        return self.unit is not None and self.unit.lstrip("万亿") in MONEY_UNITS

    @property
    def is_small_chinese(self) -> bool:
        """一 … 十 written in Chinese: the numbers that ordinary words are full of."""
        return self.chinese and self.value <= 10 and self.high is None and not self.more


class Masks:
    """Spans that hold no quantity; answers whether a span touches one."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def end_of(self, start: int, end: int) -> int | None:
        """End of the mask that overlaps the span, None when the span is free."""
        index = bisect_right(self._starts, end - 1) - 1
        return self._ends[index] if index >= 0 and self._ends[index] > start else None


def find_quantities(folded: str, masks: Masks) -> list[Quantity]:
    """Every number of a line outside the masks, ranges joined, list units inherited."""
    found = list(_scan(folded, masks))
    return _fill_elided(folded, _join_ranges(folded, found))


def _scan(folded: str, masks: Masks) -> Iterator[Quantity]:
    position = 0
    while match := _NUMBER.search(folded, position):
        position = match.end()
        masked = masks.end_of(*match.span())
        if masked is not None:
            position = max(masked, match.start() + 1)
            continue
        quantity = _quantity(folded, match)
        if quantity is not None:
            yield quantity
            position = max(quantity.end, position)


def _quantity(folded: str, match: re.Match[str]) -> Quantity | None:
    if len(match[0]) > _LONGEST_NUMBER or (match["fraction"] and not match["percent"]):
        return None
    if match["percent"]:
        written = match["cn"] and numerals.read_chinese(match["cn"])
        if match["cn"] and not written:
            return None
        value = written.value if written else numerals.tidy(float(match["ar"]))
        return Quantity(
            match.start(), match.end(), value, "%", chinese=bool(match["cn"]), number_end=match.end()
        )
    if match["arabic"]:
        read = numerals.ARABIC_NUMBER.match(folded, match.start())
        assert read is not None  # noqa: S101 - the same pattern has just matched here
        return _with_unit(folded, read.start(), read.end(), numerals.read_arabic(read), chinese=False)
    return _chinese(folded, match.start(), match.end())


def _chinese(folded: str, start: int, end: int) -> Quantity | None:
    """A Chinese numeral; trailing characters that belong to the next word (百分, 万分) are given back."""
    if end - start > 1 and _KILO.match(folded, end - 1):
        end -= 1
    while end > start:
        numeral = numerals.read_chinese(folded[start:end])
        if numeral is not None:
            return _with_unit(folded, start, end, numeral, chinese=True)
        end -= 1
    return None


def _with_unit(folded: str, start: int, end: int, numeral: numerals.Numeral, *, chinese: bool) -> Quantity:
    half = _HALF.match(folded, end)
    if half:
        return Quantity(start, half.end(), numeral.value + 0.5, half[1], chinese=chinese, number_end=end)
    unit = unit_at(folded, end, chinese=chinese)
    value, high, scale = numeral.value, numeral.high, numeral.scale
    unit_end = end + len(unit or "")
    if unit in MONEY_UNITS:
        value, high, unit = _money(value, high, scale, unit, chinese)
    elif unit is None and scale[-1:] in ("万", "亿") and not chinese and _MONEY_NOUN.search(folded[:start]):
        value, high, unit = _money(value, high, scale, "元", chinese)
    elif not chinese:
        value = numerals.tidy(value * numerals.scale_value(scale))
    unit = CANONICAL.get(unit, unit) if unit else None
    if unit == "元" and folded[unit_end : unit_end + 1] == "整":
        unit_end += 1
    return Quantity(start, unit_end, value, unit, high, numeral.more, scale, chinese, end)


def _money(
    value: Number, high: Number | None, scale: str, unit: str, chinese: bool
) -> tuple[Number, Number | None, str]:
    """Money keeps 万 or 亿 in its unit: 538.6万元 → 538.6 万元, 十三亿六千万元 → 13.6 亿元, 两万七千元 → 27000 元."""
    unit = CANONICAL.get(unit, unit)
    if not chinese:
        if not scale or scale[-1] not in "万亿":
            return numerals.tidy(value * numerals.scale_value(scale)), high, unit
        return numerals.tidy(value * numerals.scale_value(scale[:-1])), high, scale[-1] + unit
    shown = "亿" if value >= numerals.SCALES["亿"] else scale
    divisor = numerals.scale_value(shown)
    if not shown or (shown == "万" and value % divisor):
        return value, high, unit
    return numerals.tidy(value / divisor), high and numerals.tidy(high / divisor), shown + unit


def _join_ranges(folded: str, found: list[Quantity]) -> list[Quantity]:
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


def _fill_elided(folded: str, found: list[Quantity]) -> list[Quantity]:
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
