"""Words around a number that make it inexact (约数, GB/T 15835): 近, 约, 超, 余, 以上, 不足 …"""

import re

from yibenzhang.reading.model import Approx

# Before the number. The look-behinds keep 附近, 节约, 突破 and their like whole words.
BEFORE: tuple[tuple[str, Approx | None], ...] = (
    (r"不少于|不低于|不小于|至少|最少|不下于?|起码|多于等于|上(?=[百千万])", "at_least"),
    (r"不超过|不多于|不高于|至多|最多|最高", "at_most"),
    (
        r"(?<!不)超过了?|超出|超(?:越|额)?|突破了?|(?<![突打侦爆攻告戳])破|(?<![不])高于|(?<!不)大于|逾|多达",
        "more_than",
    ),
    (r"不足|不到|(?<!不)低于|(?<!不)少于|小于", "less_than"),
    (r"将近|接近|(?<![附最邻亲靠临远])近", "nearly"),
    (r"大约|大概|约为|约计?|(?<![节预公契合条违制集特相])约", "about"),
)
# Behind the unit (or between number and unit).
AFTER: tuple[tuple[str, Approx | None], ...] = (
    (r"(?:及|或)?以上|之上|开外|起步", "at_least"),
    (r"(?:及|或)?以下|之下", "at_most"),
    (r"左右|上下|前后|许(?![多可])", "about"),
    (r"有余|余|多(?![个名项次种家条样元])|之多|\+", "at_least"),
    # 压缩至0.5个工作日以内 states the limit that was set: the figure itself is exact.
    (r"以内|之内", None),
)
_FILLER = r"(?:达到?|共计?|为|有|合计|总计|累计)?"
_BEFORE = [(re.compile(rf"(?:{words}){_FILLER}$"), approx) for words, approx in BEFORE]
_AFTER = [(re.compile(words), approx) for words, approx in AFTER]


def qualifier_before(folded: str, start: int) -> tuple[int, Approx | None]:
    """Where the qualifier in front of a number begins and what it means; (start, None) without one."""
    window = folded[max(0, start - 6) : start]
    for pattern, approx in _BEFORE:
        # 上百, 上千 look ahead at the number itself.
        match = pattern.search(window) or (_over_hundred(folded, start) if approx == "at_least" else None)
        if match:
            return (start - 1, approx) if match.re is _OVER else (start - len(window) + match.start(), approx)
    return start, "at_least" if _NORM.search(folded[max(0, start - 10) : start]) else None


# 至少走访1次: the norm stands before the verb.
_NORM = re.compile(r"(?:至少|不少于|最少)[一-鿿]{1,4}$")
_OVER = re.compile(r"(?<![以晚早线网路车船街山桌身手])上(?=[百千万])")


def _over_hundred(folded: str, start: int) -> re.Match[str] | None:
    return _OVER.match(folded, start - 1) if start else None


def qualifier_after(folded: str, end: int) -> tuple[int, Approx | None]:
    """Where the qualifier behind a unit ends and what it means; (end, None) without one."""
    for pattern, approx in _AFTER:
        match = pattern.match(folded, end)
        if match:
            return match.end(), approx
    return end, None
