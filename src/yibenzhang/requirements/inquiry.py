"""What is asked in one go: some units of one book, a day as of which, and what was waiting for review then."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from yibenzhang.organisation.models import Book, Lineage, Unit
from yibenzhang.requirements.choices import Choices, choices_by_book
from yibenzhang.requirements.register import Register
from yibenzhang.requirements.waiting import WaitingLine, waiting_lines

FEW = 500  # up to here the units are named in the SQL; beyond, all are read and the rest dropped


class Tally(NamedTuple):
    """What was found for a unit in a window.

    `on_time` of `found` were recorded by the deadline; `waiting` more lie with the reviewer. `needed` replaces the rule's
    own number where it follows from the facts (persons of an audience, meetings held). `missing` names what lacks.
    """

    found: int = 0
    on_time: int = 0
    waiting: int = 0
    needed: int | None = None
    missing: tuple[str, ...] = ()


NOTHING = Tally()
Tallies = dict[tuple[int, str], Tally]


@dataclass
class Inquiry:
    """Units of books that share their packs, their choices and their day, in the order given, judged as of a day."""

    units: dict[int, Unit]
    as_of: date
    packs: tuple[str, ...]
    fixed_date: date | None
    choices: Choices = ()
    register: Register = field(init=False)

    def __post_init__(self) -> None:
        self.register = Register(list(self.units))

    @cached_property
    def waiting(self) -> list[WaitingLine]:
        """What the vouchers that waited for review on the day would post at these units."""
        lines = waiting_lines(self.named, self.as_of, self.fixed_date)
        return [line for line in lines if line.unit in self.units]

    @property
    def named(self) -> list[int] | None:
        """The units to name in SQL; None when they are too many and all units are read."""
        return list(self.units) if len(self.units) <= FEW else None

    def unit_condition(self, column: str) -> tuple[str, list[int]]:
        """SQL that limits a column to the units, with its parameters; empty when all are read."""
        named = self.named
        if named is None:
            return "", []
        return f" AND {column} IN ({', '.join(['%s'] * len(named))})", named


def inquiries(units: Iterable[Unit], as_of: date | None) -> list[Inquiry]:
    """One inquiry for all units whose books adopted the same packs, made the same choices and stand at the same day.

    Without `as_of` each book is judged at its own today; units above all books take the latest of their days and the
    base pack.
    """
    books = {book.unit_id: book for book in Book.objects.all()}
    latest = max((today_of(book) for book in books.values()), default=timezone.localdate())
    wanted = list(units)
    lines = Lineage.objects.order_by("valid_from")
    if len(wanted) <= FEW:
        lines = lines.filter(unit_id__in=[unit.pk for unit in wanted])
    paths = dict(lines.values_list("unit_id", "path"))
    choices = choices_by_book()
    grouped: dict[tuple[tuple[str, ...], date, date | None, Choices], dict[int, Unit]] = {}
    for unit in wanted:
        line = [int(part) for part in paths.get(unit.pk, "").split("/") if part]
        book = next((books[key] for key in reversed(line) if key in books), None)
        packs = tuple(book.packs) if book else ("base",)
        day = as_of or (today_of(book) if book else latest)
        key = (packs, day, book.fixed_date if book else None, choices.get(book.pk, ()) if book else ())
        grouped.setdefault(key, {})[unit.pk] = unit
    return [
        Inquiry(members, day, packs, fixed, chosen)
        for (packs, day, fixed, chosen), members in grouped.items()
    ]


def today_of(book: Book) -> date:
    """What the book takes for today."""
    return book.fixed_date or timezone.localdate()
