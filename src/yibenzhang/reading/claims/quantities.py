"""Numbers with their units: where they stand in folded text."""

import re
from collections.abc import Iterator

from yibenzhang.reading.claims import numerals
from yibenzhang.reading.claims.quantity import Masks, Quantity
from yibenzhang.reading.claims.runs import fill_elided, join_ranges
from yibenzhang.reading.claims.units import CANONICAL, MONEY_UNITS, unit_at
from yibenzhang.reading.model import Number

_PERCENT = re.compile(
    rf"百分之(?:(?P<cn>[{numerals.CHINESE_CHARS}]+(?:点[{numerals.CHINESE_CHARS}]+)?)|(?P<ar>\d+(?:\.\d+)?))|百分(?P<full>百)(?![之里])"
)
_FRACTION = re.compile(rf"[{numerals.CHINESE_CHARS}\d]+分之[{numerals.CHINESE_CHARS}\d]+")
_NUMBER = re.compile(
    rf"(?P<percent>{_PERCENT.pattern})|(?P<fraction>{_FRACTION.pattern})"
    rf"|(?P<arabic>{numerals.ARABIC_NUMBER.pattern})|(?P<chinese>{numerals.CHINESE_NUMBER.pattern})"
)
_LONGEST_NUMBER = 24  # characters; longer runs of digits are codes or rubbish
_KILO = re.compile(r"千(?:克(?![服难])|瓦|伏)|百分点")  # 三千克 is three kilograms
_HALF = re.compile(r"个半(小时|学期|工作日|月)")
_MONEY_NOUN = re.compile(
    r"(?:资金|投资|投入|产值|收入|经费|贷款|税收|金额|款|营收|利润|预算|节支)[^,，。;；]{0,6}$"
)


def find_quantities(folded: str, masks: Masks) -> list[Quantity]:
    """Every number of a line outside the masks, ranges joined, list units inherited."""
    found = list(_scan(folded, masks))
    return fill_elided(folded, join_ranges(folded, found))


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
    if match["full"]:
        return Quantity(match.start(), match.end(), 100, "%", number_end=match.end())
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
