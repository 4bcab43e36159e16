"""Claims grouped by sentence, with the wording between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from yibenzhang.reading.claims.units import PERCENT_UNITS
from yibenzhang.reading.model import Claim, Number
from yibenzhang.reading.script import fold

_END = re.compile(r"[。！？!?\n]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its folded text, where it begins in the clean text, its claims and the paragraph it stands in."""

    text: str
    start: int
    claims: tuple[Claim, ...]
    paragraph: int

    def before(self, index: int) -> str:
        """The wording between the previous claim of the sentence (or its beginning) and this one."""
        begin = self.claims[index - 1].end if index else self.start
        return self.text[begin - self.start : self.claims[index].start - self.start]

    def after(self, index: int) -> str:
        """The wording from the end of a claim to the next claim or the end of the sentence."""
        end = self.claims[index + 1].start if index + 1 < len(self.claims) else self.start + len(self.text)
        return self.text[self.claims[index].end - self.start : end - self.start]


def sentences(claims: Sequence[Claim], clean_text: str) -> list[Sentence]:
    """Sentences of a clean text that hold claims, in order."""
    folded = fold(clean_text)
    found: list[Sentence] = []
    begin = paragraph = 0
    position = 0
    ends = [match.end() for match in _END.finditer(folded)] + [len(folded)]
    for end in ends:
        inside = []
        while position < len(claims) and claims[position].start < end:
            inside.append(claims[position])
            position += 1
        if inside:
            found.append(Sentence(folded[begin:end], begin, tuple(inside), paragraph))
        paragraph += folded[end - 1 : end] == "\n"
        begin = end
    return found


_SCALES = {"万元": 10_000, "亿元": 100_000_000, "元": 1}


def amount(claim: Claim) -> float:
    """The value on one scale for all money."""
    return claim.value * _SCALES.get(claim.unit, 1)


def same_unit(one: Claim, other: Claim) -> bool:
    """True when two claims count in one unit; 名 and 人 count alike, and so do 元 and 万元."""

    def norm(unit: str) -> str:
        return "元" if unit in _SCALES else "人" if unit in ("名", "人", "位") else unit

    return norm(one.unit) == norm(other.unit)


def is_exact(claim: Claim) -> bool:
    """A count that can be added up: no qualifier, no range, no percentage, no cadence."""
    return (
        claim.approx is None
        and claim.value_max is None
        and claim.unit not in PERCENT_UNITS
        and claim.kind != "cadence"
    )


def written(value: Number | float) -> str:
    """A value as it is written in a reason."""
    return f"{round(value, 4):g}" if abs(value) < 1e6 else f"{round(value, 2):.10g}"
