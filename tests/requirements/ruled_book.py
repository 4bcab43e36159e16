"""A bureau whose postings a test writes directly, with the day each was recorded and posted."""

from datetime import date, datetime, time

from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.periods import month_of, parse_period
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.organisation.models import Book, Lineage, Membership, Person, Post, Unit
from yibenzhang.organisation.services import found_unit, register_person
from yibenzhang.requirements.duties import Duty, duties
from yibenzhang.vouchers.models import TrailEntry, Voucher, VoucherPerson
from yibenzhang.vouchers.services import catalogue_version

FOUNDED = date(2010, 1, 1)


class RuledBook:
    """`bureau` with every pack; units are founded by type, each with a committee and ten full members when asked."""

    def __init__(self) -> None:
        self.bureau = found_unit(code="bureau", name="试点局", unit_type="bureau", parent=None, on=FOUNDED)
        self.book = Book.objects.create(
            unit=self.bureau, packs=["base", "geology", "meteorology"], fixed_date=date(2024, 12, 31)
        )
        self.user = User.objects.create(username="recorder")
        self.number = 0

    def unit(self, code: str, unit_type: str, *, on: date = FOUNDED, committee: bool = True) -> Unit:
        """Found a unit of the type under the bureau; a committee of three has held office since then."""
        unit = found_unit(code=code, name=code, unit_type=unit_type, parent=self.bureau, on=on)
        if committee:
            for title in (Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER):
                self.post(unit, title, on)
        return unit

    def post(self, unit: Unit, title: str, on: date, *, duty: str = "") -> Person:
        """Let a new person hold a post."""
        person = register_person(name=f"{unit.code}{title}")
        Post.objects.create(person=person, unit=unit, title=title, valid_from=on, duty=duty)
        return person

    def members(self, unit: Unit, count: int, *, state: str = Membership.FULL) -> list[Person]:
        """Let so many new persons belong to the unit from its founding on."""
        people = [register_person(name=f"{unit.code}同志{number}") for number in range(count)]
        for person in people:
            Membership.objects.create(person=person, unit=unit, state=state, valid_from=unit.founded_on)
        return people

    def posted(
        self,
        unit: Unit,
        account: str,
        day: date,
        *,
        recorded: date | None = None,
        posted: date | None = None,
        quantity: int = 1,
        person: Person | None = None,
        kind: str = "theme_party_day",
        values: dict[str, object] | None = None,
    ) -> Voucher:
        """A posted voucher with one line; recorded on the day and posted when recorded unless said otherwise."""
        voucher = self.voucher(unit, kind, day, recorded=recorded or day, values=values)
        Voucher.objects.filter(pk=voucher.pk).update(state=Voucher.State.POSTED)
        entry = self.entry(voucher, posted or recorded or day)
        Posting.objects.create(
            entry=entry, line=1, voucher=voucher, unit=unit, lineage=voucher.lineage, account=account,
            event_date=day, month=month_of(day), quantity=quantity, sign=1, person=person,
        )  # fmt: skip
        return voucher

    def reverse(self, voucher: Voucher, on: date) -> None:
        """Reverse a posted voucher on a day."""
        original = voucher.entries.get(kind=Entry.POSTING)
        entry = self.entry(voucher, on, reverses=original)
        for line in original.postings.all():
            line.pk, line.entry, line.quantity, line.sign = None, entry, -line.quantity, -1
            line.save()

    def voucher(
        self, unit: Unit, kind: str, day: date, *, recorded: date, values: dict[str, object] | None = None
    ) -> Voucher:
        """A voucher submitted on the day it was recorded."""
        at = timezone.make_aware(datetime.combine(recorded, time(9)))
        voucher = Voucher.objects.create(
            kind=kind, catalogue_version_id=catalogue_version(), unit=unit, lineage=Lineage.objects.get(unit=unit),
            title=f"{kind} {day}", search_key=kind, event_date=day, values=values or {}, recorded_on=recorded,
            state=Voucher.State.SUBMITTED, preparer=self.user, submitted_at=at,
        )  # fmt: skip
        TrailEntry.objects.create(voucher=voucher, step=TrailEntry.Step.SUBMITTED, actor=self.user, at=at)
        return voucher

    def entry(self, voucher: Voucher, day: date, *, reverses: Entry | None = None) -> Entry:
        """The next entry of the ledger."""
        self.number += 1
        kind = Entry.REVERSAL if reverses else Entry.POSTING
        return Entry.objects.create(
            number=self.number, kind=kind, voucher=voucher, reverses=reverses, book=self.book,
            book_month=month_of(day), posted_on=day, posted_at=timezone.make_aware(datetime.combine(day, time(10))),
            actor=self.user, line_digests="[]", digest="", head="",
        )  # fmt: skip

    def present(self, voucher: Voucher, came: int, absent: int) -> None:
        """Write the attendance of a meeting."""
        for number in range(came + absent):
            attendance = "present" if number < came else "absent"
            person = register_person(name=f"到会{number}")
            VoucherPerson.objects.create(
                voucher=voucher, field="attendees", person=person, attendance=attendance
            )

    def judge(self, code: str, period: str, as_of: date) -> dict[str, Duty]:
        """The duties under one rule by unit; the last window where a unit has several."""
        rule = current_catalogue().requirement(code)
        found = duties(Unit.objects.all(), parse_period(period), as_of=as_of, requirements=[rule])
        return {duty.unit.code: duty for duty in found}

    def state(self, code: str, unit: Unit, period: str, as_of: date) -> str:
        """The state of one duty."""
        return self.judge(code, period, as_of)[unit.code].state
