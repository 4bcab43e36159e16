"""One intended voucher of the demo year: what a preparer would enter, and what then happens to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Course(Enum):
    """The way a voucher goes.

    `RETURNED` is sent back once, completed and then posted. `CORRECTED` is posted with a mistake, reversed and recorded
    anew; `DUPLICATED` is recorded twice and one of the two reversed. `LATE` is recorded in a later month. `WAITING`,
    `SENT_BACK` and `DRAFT` are still open on the book's day.
    """

    PLAIN = "plain"
    RETURNED = "returned"
    CORRECTED = "corrected"
    DUPLICATED = "duplicated"
    LATE = "late"
    WAITING = "waiting"
    SENT_BACK = "sent_back"
    DRAFT = "draft"


POSTED = {Course.PLAIN, Course.RETURNED, Course.CORRECTED, Course.DUPLICATED, Course.LATE}


@dataclass(frozen=True)
class Record:
    """A record of the plan. `unit` is a unit's code, people are handles of the roster (`code/number`).

    `opens` names the matter this record opens, so that later records can point at it in `matters` (field → name).
    `away` are those of the attendance list who were on leave.
    """

    unit: str
    kind: str
    title: str
    day: date
    end: date | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    people: dict[str, list[str]] = field(default_factory=dict)
    away: frozenset[str] = frozenset()
    matters: dict[str, str] = field(default_factory=dict)
    opens: str = ""
    programmes: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    course: Course = Course.PLAIN

    @property
    def last_day(self) -> date:
        """The day on which what is recorded was over."""
        return self.end or self.day

    @property
    def seed(self) -> str:
        """Seeds what is left to chance about this record, independently of all others."""
        return f"{self.unit}|{self.kind}|{self.title}|{self.day}"
