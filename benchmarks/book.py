"""A large synthetic book: 9 bureaus of 70 branches, some years, about 26 postings a branch and month.

Vouchers and lines come from the real posting function; only the sealing is left out, since nothing here verifies.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Kind
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.ledger.rules import VoucherFacts, post
from yibenzhang.organisation.models import Book, Guidance, Lineage, Membership, Person, Post, Unit
from yibenzhang.organisation.queries import books_of
from yibenzhang.organisation.services import found_unit, guide
from yibenzhang.vouchers.models import CatalogueVersion, Voucher, VoucherProgramme

FOUNDED = date(2010, 1, 1)
CHUNK = 20_000
COMMITTEE = [Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER, Post.COMMITTEE_MEMBER, Post.COMMITTEE_MEMBER]


def build(*, bureaus: int, branches: int, years: int, kinds: int = 12) -> None:
    """Fill the empty database: `branches` for each of `bureaus`, `years` up to the end of 2024."""
    rng = random.Random(20241122)
    root = found_unit(
        code="provincial_organs",
        name="省直机关工委",
        unit_type="provincial_organs_work_committee",
        parent=None,
        on=FOUNDED,
    )
    user = User.objects.create(username="bench")
    catalogue = current_catalogue()
    CatalogueVersion.objects.create(version=catalogue.version, texts=catalogue.texts)
    places = [place for number in range(bureaus) for place in _bureau(root, number, branches)]
    first = Unit.objects.get(code="bureau-0")
    Grant.objects.create(
        user=user, unit=Unit.objects.get(code="committee-0"), role=Role.APPROVER, valid_from=FOUNDED
    )
    Grant.objects.create(user=user, unit=first, role=Role.READER, valid_from=FOUNDED)
    routine = _kinds()[:kinds]
    writer = _Writer(user)
    for year in range(2025 - years, 2025):
        for month in range(1, 13):
            for unit, lineage, people in places:
                for kind in routine:
                    writer.add(kind, unit, lineage, date(year, month, rng.randint(1, 28)), people, rng)
    writer.flush()


def _bureau(root: Unit, number: int, branches: int) -> Iterator[tuple[Unit, int, list[int]]]:
    packs = ["base", "geology"] if number % 2 else ["base", "meteorology"]
    bureau = found_unit(
        code=f"bureau-{number}", name=f"第{number}局", unit_type="bureau", parent=root, on=FOUNDED
    )
    Book.objects.create(unit=bureau, packs=packs, fixed_date=date(2024, 12, 31))
    committee = found_unit(
        code=f"committee-{number}",
        name=f"第{number}局机关党委",
        unit_type="agency_party_committee",
        parent=bureau,
        on=FOUNDED,
    )
    for index in range(branches):
        branch = found_unit(
            code=f"branch-{number}-{index}",
            name=f"第{index}支部",
            unit_type="branch",
            parent=committee,
            on=FOUNDED,
            position=index,
        )
        guide(superior=committee, subordinate=branch, kind=Guidance.LEADS, on=FOUNDED)
        people = Person.objects.bulk_create(Person(name=f"同志{n}", search_key="") for n in range(20))
        Membership.objects.bulk_create(Membership(person=p, unit=branch, valid_from=FOUNDED) for p in people)
        Post.objects.bulk_create(
            Post(person=person, unit=branch, title=title, valid_from=FOUNDED)
            for person, title in zip(people, COMMITTEE, strict=False)
        )
        yield branch, Lineage.objects.get(unit=branch).pk, [person.pk for person in people]


ROUTINE = [
    "theme_party_day", "branch_general_meeting", "branch_committee_meeting", "party_lecture", "volunteer_service",
    "heart_to_heart_talk", "care_visit", "knowledge_test", "contest", "public_talk", "integrity_education", "field_research",
]  # fmt: skip


def _kinds() -> list[Kind]:
    """A busy month of a branch: about 26 postings."""
    return [current_catalogue().kind(code) for code in ROUTINE]


class _Writer:
    """Collects rows and writes them in chunks, keys assigned here."""

    def __init__(self, user: User) -> None:
        self.user, self.number = user, 0
        self.vouchers: list[Voucher] = []
        self.entries: list[Entry] = []
        self.postings: list[Posting] = []
        self.programmes: list[VoucherProgramme] = []
        self.catalogue = current_catalogue()
        self.books = books_of(Unit.objects.values_list("pk", flat=True))

    def add(
        self, kind: Kind, unit: Unit, lineage: int, day: date, people: list[int], rng: random.Random
    ) -> None:
        self.number += 1
        values = {f.code: rng.randint(1, 40) for f in kind.fields if f.type in {"integer", "money"}}
        values |= {
            f.code: rng.choice(self.catalogue.options(f)).code for f in kind.fields if f.type == "choice"
        }
        present = {f.code: people for f in kind.fields if f.type in {"attendance", "people", "person"}}
        facts = VoucherFacts(kind.code, day, [(unit.pk, lineage)], values, present)
        at = datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        voucher = Voucher(
            pk=self.number, kind=kind.code, catalogue_version_id=self.catalogue.version, unit=unit,
            lineage_id=lineage, title=f"{kind.name}", search_key=kind.code, event_date=day, values=values,
            state=Voucher.State.POSTED, recorded_on=day, preparer=self.user, submitted_at=at,
        )  # fmt: skip
        self.vouchers.append(voucher)
        month = day.year * 100 + day.month
        self.entries.append(
            Entry(
                number=self.number,
                kind=Entry.POSTING,
                voucher=voucher,
                book=self.books[unit.pk],
                book_month=month,
                posted_on=day,
                posted_at=at,
                actor=self.user,
                line_digests="[]",
                digest="",
                head="",
            )
        )
        for line, row in enumerate(post(facts, self.catalogue), start=1):
            self.postings.append(
                Posting(
                    entry_id=self.number,
                    line=line,
                    voucher_id=self.number,
                    unit_id=unit.pk,
                    lineage_id=lineage,
                    account=row.account,
                    event_date=day,
                    month=month,
                    quantity=row.quantity,
                    sign=1,
                    person_id=row.person,
                    matter_id=row.matter,
                    term=row.term,
                )
            )
        if self.number % 10 == 0:
            self.programmes.append(VoucherProgramme(voucher=voucher, programme="thematic_education"))
        if len(self.vouchers) >= CHUNK:
            self.flush()

    def flush(self) -> None:
        with transaction.atomic():
            Voucher.objects.bulk_create(self.vouchers, batch_size=2000)
            Entry.objects.bulk_create(self.entries, batch_size=2000)
            Posting.objects.bulk_create(self.postings, batch_size=2000)
            VoucherProgramme.objects.bulk_create(self.programmes, batch_size=2000)
        self.vouchers, self.entries, self.postings, self.programmes = [], [], [], []
