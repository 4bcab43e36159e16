"""A small world for tests: one bureau with its agency committee and two branches, and a foreign bureau beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.ledger.services import post_voucher
from yibenzhang.organisation.models import Book, Guidance, Membership, Person, Post, Unit
from yibenzhang.organisation.services import found_unit, guide, register_person
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.services import save_draft, submit_voucher

FOUNDED = date(2010, 1, 1)
TODAY = date(2023, 12, 27)
PASSWORD = "correct-horse-battery"
SURNAMES = "赵钱孙李周吴郑王冯陈"


@dataclass
class World:
    """Units, people and users by short name, and the shortest way to a record.

    `secretary` records for branch one, `clerk` for the committee and everything below it, `reviewer` examines both
    branches, `leader` only reads, `outsider` does everything in the foreign bureau and may see nothing here.
    """

    bureau: Unit
    committee: Unit
    branch: Unit
    other_branch: Unit
    foreign_bureau: Unit
    foreign_branch: Unit
    book: Book
    members: list[Person]
    other_members: list[Person]
    users: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None

    def entry(
        self, day: date = date(2023, 12, 5), *, unit: Unit | None = None, title: str = "主题党日"
    ) -> Entry:
        """A 主题党日 of branch one (or another) with all members present."""
        people = self.other_members if unit == self.other_branch else self.members
        return Entry(
            unit=unit or self.branch,
            kind=current_catalogue().kind("theme_party_day"),
            title=title,
            event_date=day,
            people={"attendees": [(person, "present") for person in people]},
        )

    def draft(self, entry: Entry | None = None) -> Voucher:
        """A draft by the secretary."""
        return save_draft(entry or self.entry(), preparer=self.secretary)

    def submitted(self, entry: Entry | None = None) -> Voucher:
        """A voucher that waits for the reviewer."""
        entry = entry or self.entry()
        return submit_voucher(entry, self.draft(entry), actor=self.secretary)

    def posted(self, entry: Entry | None = None) -> Voucher:
        """A voucher the reviewer has posted."""
        voucher = self.submitted(entry)
        post_voucher(voucher, actor=self.reviewer)
        return voucher


def small_world() -> World:
    """Build the world; needs a database."""
    bureau, committee, branch, other = _bureau("geo", "澜江省地质局")
    foreign, foreign_committee, foreign_branch, _ = _bureau("met", "澜江省气象局")
    book = Book.objects.create(unit=bureau, packs=["base", "geology"], fixed_date=TODAY)
    Book.objects.create(unit=foreign, packs=["base", "meteorology"], fixed_date=TODAY)
    world = World(
        bureau, committee, branch, other, foreign, foreign_branch, book,
        members=_members(branch, 10), other_members=_members(other, 4),
    )  # fmt: skip
    Post.objects.create(
        person=world.members[0], unit=branch, title=Post.SECRETARY, duty="", valid_from=date(2021, 3, 1)
    )
    for username, grants in {
        "secretary": [(branch, Role.PREPARER)],
        "clerk": [(committee, Role.PREPARER)],
        "reviewer": [(committee, Role.APPROVER)],
        "leader": [(bureau, Role.READER)],
        "administrator": [(bureau, Role.ADMINISTRATOR)],
        "outsider": [(foreign_branch, Role.PREPARER), (foreign_committee, Role.APPROVER)],
    }.items():
        world.users[username] = _user(username, grants)
    return world


def _bureau(code: str, name: str) -> tuple[Unit, Unit, Unit, Unit]:
    bureau = found_unit(code=code, name=name, unit_type="bureau", parent=None, on=FOUNDED)
    committee = found_unit(
        code=f"{code}-committee", name=f"{name}机关党委", short_name="机关党委",
        unit_type="agency_party_committee", parent=bureau, on=FOUNDED,
    )  # fmt: skip
    branches = [
        found_unit(
            code=f"{code}-branch-{number}", name=f"{name}第{word}党支部", short_name=f"第{word}党支部",
            unit_type="branch", parent=committee, on=FOUNDED, position=number,
        )
        for number, word in enumerate("一二", start=1)
    ]  # fmt: skip
    for branch in branches:
        guide(superior=committee, subordinate=branch, kind=Guidance.LEADS, on=FOUNDED)
    return bureau, committee, branches[0], branches[1]


def _members(unit: Unit, count: int) -> list[Person]:
    people = [register_person(name=f"{surname}同志") for surname in SURNAMES[:count]]
    for person in people:
        Membership.objects.create(person=person, unit=unit, valid_from=FOUNDED)
    return people


def _user(username: str, grants: list[tuple[Unit, Role]]) -> User:
    user = User.objects.create_user(username=username, password=PASSWORD)
    for unit, role in grants:
        Grant.objects.create(user=user, unit=unit, role=role, valid_from=FOUNDED)
    return user
