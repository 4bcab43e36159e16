"""Achievement, cadence or duration: what kind of figure a quantity is, and the period of a cadence."""

import re
from dataclasses import dataclass

from yibenzhang.reading.claims.quantity import Quantity
from yibenzhang.reading.claims.units import DURATIONS, PERCENT_UNITS
from yibenzhang.reading.model import ClaimKind

_PERIOD = r"(?:(?:[一两二三四五六\d]+)?个?(?:年度?|半年|季度|季|月|周|星期|天|日|学期|工作日|旬|届任期))"
# 每月1次, 每两个月至少走访1次, 每人每年不少于32学时. Between the period and the number stands a word or two at most.
_EVERY = re.compile(
    rf"每(?:隔)?(?P<period>{_PERIOD})(?:内|度)?(?P<between>[^,，。;；、:：“”\"\d每]{{0,12}})$"
)
_YEARLY = re.compile(r"(?:全年|一年|年度|年内)[^,，。;；、:：“”\"\d]{0,14}$")
_PER_PERIOD = re.compile(
    r"(?<![\d一二两三四五六七八九十])(?:一|1)(?P<period>年|季度|季|月|个月|周|天|日)(?:至少|不少于)?$"
)
# 累计驻村2700天 and 人均24小时 are achievements measured in time, not the length of one thing.
_LASTING = re.compile(r"(?:(?:累计|总)[^,，。;；、]{0,8}|人均|户均|年均|共|合计)$")
_STREAK = re.compile(r"(?:连续|蝉联|先后|已连续)$")


@dataclass(frozen=True, slots=True)
class Nature:
    """Kind of a figure, where its wording begins (每月 belongs to 每月1次) and the period of a cadence."""

    kind: ClaimKind
    start: int
    period: str | None = None


def nature(folded: str, quantity: Quantity, start: int, *, at_least: bool) -> Nature:
    """The nature of a quantity whose qualifiers begin at ``start``; ``at_least``: a norm such as 不少于 stands before."""
    before = folded[max(0, start - 28) : start]
    unit = quantity.unit or ""
    every = _EVERY.search(before) or (
        _PER_PERIOD.search(before) if unit in ("次", "场", "期", "课", "轮") else None
    )
    countable = unit not in PERCENT_UNITS and not quantity.unit_is_money()
    if every and countable:
        return Nature("cadence", start - (len(before) - every.start()), every["period"])
    if countable and at_least and _YEARLY.search(before):
        return Nature("cadence", start, "年")
    streak = _STREAK.search(before)
    if streak:
        return Nature("achievement", start - (len(before) - streak.start()))
    if unit in DURATIONS and not _LASTING.search(before):
        return Nature("duration", start)
    return Nature("achievement", start)
