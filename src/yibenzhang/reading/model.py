"""What reading (读稿) hands on: a clean text, its metadata, the figures it states and what contradicts itself."""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from yibenzhang.kernel.errors import BookError

Number = int | float
Approx = Literal["at_least", "more_than", "about", "nearly", "less_than", "at_most"]
ClaimKind = Literal["achievement", "cadence", "duration"]


class ReadError(BookError):
    """The input cannot be read. The message is Chinese, made for the user, and says what to do."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A quantity the text states (数字). ``text`` is exactly ``clean_text[start:end]``.

    Money keeps 万元 or 亿元 in ``unit``; every other 万 and 亿 is folded into ``value``. ``value_max`` is the upper
    end of a range. ``measure`` is what is counted, ``sentence`` the sentence around it, ``period`` that of a cadence.
    """

    id: str
    text: str
    value: Number
    value_max: Number | None
    unit: str
    approx: Approx | None
    kind: ClaimKind
    measure: str
    section: str
    start: int
    end: int
    sentence: str
    period: str | None = None


@dataclass(frozen=True, slots=True)
class NonClaim:
    """A number that states no quantity: a name (二十大, G60, 一等奖) or a date."""

    text: str
    kind: Literal["name", "date"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Claims of one text that contradict each other, with the reason in Chinese."""

    claims: tuple[str, ...]
    type: Literal["sum", "percent", "dup"]
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One page, read."""

    clean_text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    editor: str | None = None
    captions: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    non_claims: tuple[NonClaim, ...] = ()
    inconsistencies: tuple[Inconsistency, ...] = ()
    repairs: tuple[str, ...] = field(default=(), compare=False)

    def as_prediction(self) -> dict[str, Any]:
        """The reading as one JSON object: the interchange format of ``yibenzhang read --json``."""
        return {
            "title": self.title,
            "date": self.date,
            "source": self.source,
            "editor": self.editor,
            "captions": list(self.captions),
            "claims": [asdict(claim) for claim in self.claims],
            "names": [asdict(name) for name in self.non_claims],
            "inconsistencies": [
                {"claims": list(found.claims), "type": found.type, "why": found.why}
                for found in self.inconsistencies
            ],
            "clean_text": self.clean_text,
        }
