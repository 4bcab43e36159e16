"""A small bureau and short words for what happens in it, so that a ledger test reads like a story."""

from dataclasses import dataclass, field
from datetime import date

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.figures import Figure, figure
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import TraceLine, trace
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.models import Entry as LedgerEntry
from yibenzhang.ledger.services import post_voucher, reverse_voucher
from yibenzhang.organisation.models import Book, Guidance, Membership, Person, Unit
from yibenzhang.organisation.services import found_unit, guide, register_person
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter, Voucher
from yibenzhang.vouchers.services import save_draft, submit_voucher

FOUNDED = date(2010, 1, 1)


@dataclass
class Bureau:
    """A bureau with an agency committee, a Party committee and branches 甲 乙 丙; two users, one to record, one to review."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    recorder: User = field(init=False)
    reviewer: User = field(init=False)

    def open(self, today: date = date(2024, 12, 31)) -> "Bureau":
        """Found everything and open the book."""
        bureau = self.found("bureau", "澜江省试点局", "bureau", None)
        Book.objects.create(unit=bureau, packs=["base", "geology", "meteorology"], fixed_date=today)
        self.found("committee", "局党委", "party_committee", bureau)
        agency = self.found("agency", "机关党委", "agency_party_committee", bureau)
        for code, name in (("a", "甲支部"), ("b", "乙支部"), ("c", "丙支部")):
            branch = self.found(code, name, "branch", agency)
            guide(superior=agency, subordinate=branch, kind=Guidance.LEADS, on=FOUNDED)
            for number in range(3):
                person = register_person(name=f"{name[0]}同志{number}")
                Membership.objects.create(person=person, unit=branch, valid_from=FOUNDED)
                self.people[f"{code}{number}"] = person
        self.recorder = User.objects.create(username="recorder")
        self.reviewer = User.objects.create(username="reviewer")
        return self

    def found(self, code: str, name: str, unit_type: str, parent: Unit | None) -> Unit:
        """Found a unit and remember it by code."""
        self.units[code] = found_unit(code=code, name=name, unit_type=unit_type, parent=parent, on=FOUNDED)
        return self.units[code]

    def submit(
        self,
        kind: str,
        unit: str,
        day: date,
        *,
        people: dict[str, list[str]] | None = None,
        matters: dict[str, Matter | str] | None = None,
        programmes: list[str] | None = None,
        participants: list[str] | None = None,
        **values: object,
    ) -> Voucher:
        """Record and submit a voucher; people are given by their short codes."""
        entry = Entry(
            unit=self.units[unit],
            kind=current_catalogue().kind(kind),
            title=f"{kind} {day}",
            event_date=day,
            values=values,
            people={
                code: [(self.people[p], "present") for p in given] for code, given in (people or {}).items()
            },
            matters=matters or {},
            programmes=programmes or [],
            participants=[self.units[code] for code in participants or []],
        )
        voucher = save_draft(entry, preparer=self.recorder)
        return submit_voucher(entry, voucher, actor=self.recorder)

    def post(self, kind: str, unit: str, day: date, **content: object) -> Voucher:
        """Record, submit and approve."""
        voucher = self.submit(kind, unit, day, **content)  # type: ignore[arg-type]
        post_voucher(voucher, actor=self.reviewer)
        return voucher

    def reverse(self, voucher: Voucher) -> LedgerEntry:
        """Reverse with a reason."""
        return reverse_voucher(voucher, actor=self.reviewer, reason="记错了")

    def ask(self, indicator: str, unit: str, period: str, **question: object) -> Figure:
        """The figure."""
        return figure(current_catalogue().indicator(indicator), self.question(unit, period, **question))

    def trace(self, indicator: str, unit: str, period: str, **question: object) -> list[TraceLine]:
        """The lines behind it."""
        return trace(current_catalogue().indicator(indicator), self.question(unit, period, **question))

    def question(self, unit: str, period: str, **more: object) -> Question:
        """A question about one of the units."""
        return Question(self.units[unit], parse_period(period), **more)  # type: ignore[arg-type]
