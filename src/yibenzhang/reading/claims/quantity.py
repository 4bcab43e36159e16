"""A number with its unit, and the spans of a text in which there can be none."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from yibenzhang.reading.claims.units import MONEY_UNITS
from yibenzhang.reading.model import Number


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
