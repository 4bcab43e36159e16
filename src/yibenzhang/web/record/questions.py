"""A question of the form as the page shows it: the answer so far, its choices, and what is wrong with it."""

from dataclasses import dataclass, field

from yibenzhang.catalogue.schema import Option
from yibenzhang.organisation.models import Person
from yibenzhang.web.record.picking import Pick


@dataclass(frozen=True)
class Seat:
    """A member in the attendance list; an empty state is a member the record says nothing about."""

    person: Person
    state: str


@dataclass
class Question:
    """One question of the kind. `widget` names the template that asks it."""

    code: str
    name: str
    id: str
    label: str
    widget: str
    required: bool = False
    basis: str = ""
    hint: str = ""
    value: str = ""
    errors: list[str] = field(default_factory=list)
    options: list[tuple[Option, bool]] = field(default_factory=list)
    chosen: list[Pick] = field(default_factory=list)
    candidates: tuple[Pick, ...] = ()
    suggestions: list[str] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    source: str = ""  # which picker serves it: people, matters, units
    single: bool = False
    kind: str = ""

    def count(self, state: str) -> int:
        """How many members are in this state."""
        return sum(seat.state == state for seat in self.seats)

    @property
    def present(self) -> int:
        """Members present."""
        return self.count("present")

    @property
    def excused(self) -> int:
        """Members excused (请假)."""
        return self.count("excused")

    @property
    def absent(self) -> int:
        """Members absent (缺席)."""
        return self.count("absent")
