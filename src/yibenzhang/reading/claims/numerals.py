"""Numbers as Chinese texts write them: 1,340 · 1.2万余 · 四十余 · 十三亿六千万 · 壹万贰仟 · 二〇二四.

GB/T 15835 allows Arabic and Chinese figures, and mixtures such as 3百余. Every pattern here works on folded text
(half-width, one character for one), so that positions hold in the original.
"""

import re
from dataclasses import dataclass

from yibenzhang.reading.model import Number

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
DIGITS |= {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")} | {"两": 2, "俩": 2, "仨": 3, "○": 0}
POWERS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
SCALES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
TENS = {"廿": 20, "卅": 30}

CHINESE_CHARS = "".join(DIGITS) + "".join(POWERS) + "".join(SCALES) + "".join(TENS)
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
# 千 in 千米, 千瓦, 千克 … belongs to the unit; 万 in 万历 or 百 in 百分 is no scale.
SCALE = r"(?:[百千]?(?:万亿|[万亿])|[百十](?!分|余分)|千(?![瓦克米卡赫伏兆字帕安焦升]))"
MORE = "[余多几]"
ARABIC_NUMBER = re.compile(rf"(?P<figure>{ARABIC})(?P<more>{MORE})?(?P<scale>{SCALE})?(?P<more2>{MORE})?")
_PLAIN = "零〇○一二两三四五六七八九十百千万亿廿卅"
# 壹贰叁 … are numerals only among themselves (壹万贰仟); alone they are parts of words: 队伍, 大陆.
_FORMAL = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"
CHINESE_NUMBER = re.compile(
    rf"(?<![队大])[{_FORMAL}]*[壹贰叁肆伍陆柒捌玖拾佰仟][{_FORMAL}]+"
    rf"|[几数]?[{_PLAIN}]+(?:点[{_PLAIN}]+)?(?:{MORE}[万亿]?)?(?:[万亿]{MORE}?)?"
)
# Two neighbouring small digits make a range: 两三个, 七八十人, 三四百.
NEIGHBOURS = re.compile(
    r"(?P<head>十?)(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<scale>[十百千万]*)"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read: its value, whether 余, 多 or 几 makes it a lower bound, the scale written last (万, 亿 or none)."""

    value: Number
    more: bool = False
    scale: str = ""
    high: Number | None = None


def tidy(value: float) -> Number:
    """The number without the dust of binary fractions, whole numbers as int."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def scale_value(scale: str) -> int:
    """万 → 10000, 百万 → 1000000, the empty scale → 1."""
    value = 1
    for char in scale:
        value *= SCALES.get(char) or POWERS.get(char, 1)
    return value


def read_arabic(match: re.Match[str]) -> Numeral:
    """The number of an ``ARABIC_NUMBER`` match; the scale stays apart in ``scale``, unmultiplied."""
    figure = float(match["figure"].replace(",", ""))
    return Numeral(tidy(figure), bool(match["more"] or match["more2"]), match["scale"] or "")


def read_chinese(text: str) -> Numeral | None:
    """The number of a Chinese numeral, scales multiplied in; None when the characters make no number."""
    neighbours = NEIGHBOURS.fullmatch(text)
    if neighbours and DIGITS[neighbours["high"]] == DIGITS[neighbours["low"]] + 1:
        factor = scale_value(neighbours["scale"])
        ten = 10 if neighbours["head"] else 0
        low, high = ((ten + DIGITS[neighbours[key]]) * factor for key in ("low", "high"))
        return Numeral(low, high=high)
    more = any(char in text for char in "余多几数")
    bare = re.sub("[余多几数]", "", text)
    whole, _, fraction = bare.partition("点")
    value = _digit_by_digit(whole) if len(whole) > 1 else None
    if value is None:
        value = _positional(whole)
    if value is None:
        return None
    if fraction:
        return _with_fraction(value, fraction, more)
    last = max(whole.rfind("万"), whole.rfind("亿"))
    return Numeral(value, more, whole[last] if last >= 0 else "")


def _with_fraction(value: int, fraction: str, more: bool) -> Numeral | None:
    scale = fraction[-1] if fraction[-1] in SCALES else ""
    places = fraction.rstrip("万亿")
    if not places or any(char not in DIGITS for char in places):
        return None
    figure = float(f"{value}.{''.join(str(DIGITS[char]) for char in places)}")
    return Numeral(tidy(figure * scale_value(scale)), more, scale)


def _digit_by_digit(text: str) -> int | None:
    if any(char not in DIGITS for char in text):
        return None
    return int("".join(str(DIGITS[char]) for char in text))


def _positional(text: str) -> int | None:
    """Sum of digit × power, grouped by 万 and 亿; 两百五 reads 250 as spoken."""
    total = section = 0
    digit: int | None = None
    power_before = 1
    for char in text:
        if char in DIGITS:
            if digit:
                return None
            digit = DIGITS[char]
            if digit == 0:
                power_before = 1
        elif char in TENS:
            section, digit = section + TENS[char], None
            power_before = 10
        elif char in POWERS:
            section += (1 if digit is None else digit) * POWERS[char]
            digit, power_before = None, POWERS[char]
        else:
            unit = SCALES.get(char)
            if unit is None:
                return None
            section += digit or 0
            if unit > 10_000 and total:
                total = (total + section) * unit  # 一万二千亿
            else:
                total += (section or 1) * unit
            section, digit, power_before = 0, None, unit
    if digit is not None:
        section += digit * (power_before // 10 if power_before >= 100 else 1)
    return total + section
