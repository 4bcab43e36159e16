"""A claim of one line before it gets its number and its place in the whole text."""

from dataclasses import dataclass

from yibenzhang.reading.model import Approx, ClaimKind, Number


@dataclass(slots=True)
class Draft:
    """Positions are those of the line; the fields mean what they mean in ``Claim``."""

    start: int
    end: int
    value: Number
    unit: str
    high: Number | None = None
    approx: Approx | None = None
    kind: ClaimKind = "achievement"
    measure: str = ""
    period: str | None = None
