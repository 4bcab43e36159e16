"""The answer of an assessment: a state in the words of duties, why, and what it rests on."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.requirements import judging
from yibenzhang.requirements.judging import (
    AWAITING,
    MET,
    MET_LATE,
    NOT_APPLICABLE,
    NOT_YET,
    OPEN,
    OVERDUE,
)

if TYPE_CHECKING:
    from yibenzhang.responsibility.models import Statement

__all__ = [
    "AWAITING", "MET", "MET_LATE", "NOT_APPLICABLE", "NOT_YET", "OPEN", "OVERDUE", "STATED", "TOLD", "WEIGHT", "WORDS",
    "Progress", "Step", "dated", "left", "outstanding", "worst",
]  # fmt: skip
STATED = "stated"
WORDS = judging.WORDS | {STATED: "自述"}
# From what asks for attention to what does not; also the order in which counts are told.
WEIGHT = (OVERDUE, AWAITING, OPEN, NOT_YET, STATED, MET_LATE, MET, NOT_APPLICABLE)
TOLD = (MET, MET_LATE, STATED, AWAITING, OPEN, NOT_YET, OVERDUE, NOT_APPLICABLE)


@dataclass(frozen=True)
class Step:
    """A milestone and how it stands."""

    name: str
    due: date
    state: str
    reason: str = ""

    @property
    def word(self) -> str:
        """The word for a screen."""
        return WORDS[self.state]


@dataclass(frozen=True)
class Progress:
    """How an item stands. `found` of `needed` where something is counted; `strength` that of the rule it looks at."""

    state: str
    deadline: date
    reason: str = ""
    found: int | None = None
    needed: int | None = None
    strength: str = "shall"
    statement: "Statement | None" = None
    vouchers: tuple[int, ...] = ()
    steps: tuple[Step, ...] = field(default_factory=tuple)

    @property
    def word(self) -> str:
        """The word for a screen; what a rule only recommends is 提醒, never 逾期未记."""
        if self.state == STATED:
            return WORDS[STATED]
        return judging.word(self.state, self.strength)

    @property
    def is_overdue(self) -> bool:
        """True when something that must be done is past its deadline."""
        return self.state == OVERDUE and self.strength == "shall"

    @property
    def is_settled(self) -> bool:
        """True when nothing remains to be done, as far as is known or said."""
        return self.state in {MET, MET_LATE, STATED, NOT_APPLICABLE}


def worst(states: list[str]) -> str:
    """The state that asks for attention most."""
    return min(states, key=WEIGHT.index)


def outstanding(deadline: date, as_of: date) -> str:
    """The state of what has not been done: 逾期未记 from the day after the deadline on."""
    return OVERDUE if as_of > deadline else OPEN


def left(deadline: date, as_of: date) -> str:
    """The time left or gone by, in words."""
    days = (deadline - as_of).days
    if days < 0:
        return f"截止{dated(deadline)}，已逾期{-days}天。"
    return f"截止{dated(deadline)}，还有{days}天。" if days else f"截止{dated(deadline)}，今天到期。"


def dated(day: date) -> str:
    """A day as written in sentences."""
    return f"{day.year}年{day.month}月{day.day}日"
