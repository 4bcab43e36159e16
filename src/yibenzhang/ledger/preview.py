"""What an entry would post, before it is a voucher: one sentence, its lines, and the month of the books."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Account
from yibenzhang.kernel.periods import month_of, month_period
from yibenzhang.kernel.quantities import grouped
from yibenzhang.ledger.facts import catalogue_for, facts_of
from yibenzhang.ledger.models import Posting
from yibenzhang.ledger.queries import is_closed, open_month
from yibenzhang.ledger.rules import Line, VoucherFacts, post
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of, lineage_on, today_for
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter, Voucher, VoucherPerson

# Stand-in for the key of a matter that does not exist yet; never stored.
NEW_MATTER = 0


@dataclass(frozen=True)
class AccountSum:
    """What a voucher puts on one account at its own unit. `units` is how many units get as much (joint events)."""

    account: Account
    quantity: int
    units: int = 1

    @property
    def words(self) -> str:
        """`主题党日 +1 次`, or with the account's own word `参加 21 人次`."""
        account = self.account
        quantity = (
            f"{account.label} {grouped(self.quantity)}" if account.label else f"{account.name} {self.signed}"
        )
        each = f"（{self.units} 个单位各记）" if self.units > 1 else ""
        return f"{quantity} {account.measure}{each}"

    @property
    def signed(self) -> str:
        """The quantity with its sign: `+1`, `−1` for what closes a matter."""
        return f"+{grouped(self.quantity)}" if self.quantity >= 0 else grouped(self.quantity)


@dataclass(frozen=True)
class PreviewLine(AccountSum):
    """The same with what the unit already has on the account in the year of the event."""

    before: int = 0

    @property
    def after(self) -> int:
        """The unit's quantity once posted."""
        return self.before + self.quantity


@dataclass(frozen=True)
class Preview:
    """Outcome for the form. `book_month` is the month of the books (yyyymm) a posting today goes into."""

    lines: list[PreviewLine]
    is_late: bool
    event_month: int
    event_month_closed: bool
    book_month: int
    duplicates: list[Voucher]

    @property
    def sentence(self) -> str:
        """One sentence; says what is missing when nothing would be posted."""
        return in_words(self.lines) or "还没有可入账的数字，填上数量就能看到。"

    @property
    def book_month_label(self) -> str:
        """`2023年12月`."""
        return month_period(self.book_month).label

    @property
    def event_month_label(self) -> str:
        """Month of the event."""
        return month_period(self.event_month).label


def preview(entry: Entry, *, voucher: Voucher | None = None) -> Preview:
    """Compute what this entry would post today. `voucher` is its stored draft, left out of the duplicates."""
    facts = _facts(entry)
    lines = post(facts, current_catalogue()) if facts else []
    today = today_for(entry.unit)
    book = book_of(entry.unit)
    event_month = month_of(entry.end_date or entry.event_date)
    return Preview(
        lines=_by_account(entry.unit, entry.event_date, lines),
        is_late=month_of(voucher.recorded_on if voucher else today) > event_month,
        event_month=event_month,
        event_month_closed=is_closed(book, month_of(entry.event_date)),
        book_month=open_month(book, today),
        duplicates=duplicates_of(entry, voucher),
    )


def duplicates_of(entry: Entry, voucher: Voucher | None = None) -> list[Voucher]:
    """Other vouchers of the same unit, kind and day that count or may yet count."""
    rows = Voucher.objects.filter(unit=entry.unit, kind=entry.kind.code, event_date=entry.event_date)
    if voucher is not None:
        rows = rows.exclude(pk=voucher.pk)
    return list(rows.exclude(state=Voucher.State.REVERSED).order_by("-id")[:3])


def _facts(entry: Entry) -> VoucherFacts | None:
    """The entry as posting will see it; None when the unit was not in the tree that day."""
    places = [(unit, lineage_on(unit, entry.event_date)) for unit in (entry.unit, *entry.participants)]
    units = [(unit.pk, line.pk) for unit, line in places if line is not None]
    if places[0][1] is None:
        return None
    present = VoucherPerson.Attendance.PRESENT
    people = {
        code: [person.pk for person, attendance in rows if attendance == present]
        for code, rows in entry.people.items()
        if rows
    }
    matters: dict[str, list[int]] = {}
    for spec in entry.kind.fields:
        given = entry.matters.get(spec.code) or (entry.title.strip() if spec.creates else None)
        if spec.type == "matter" and given:
            matters[spec.code] = [given.pk if isinstance(given, Matter) else NEW_MATTER]
    return VoucherFacts(
        kind=entry.kind.code,
        event_date=entry.event_date,
        units=units,
        values=entry.values,
        people=people,
        matters=matters,
        programmes=entry.programmes,
    )


def _by_account(unit: Unit, day: date, lines: list[Line]) -> list[PreviewLine]:
    sums = summed(lines, unit.pk, current_catalogue())
    year = Posting.objects.filter(
        unit=unit,
        account__in=[line.account.code for line in sums],
        month__gte=day.year * 100 + 1,
        month__lte=day.year * 100 + 12,
    )
    before = dict(year.values_list("account").annotate(total=Sum("quantity")).order_by())
    return [
        PreviewLine(line.account, line.quantity, line.units, before.get(line.account.code, 0))
        for line in sums
    ]


def summed(lines: Iterable[Line], host: int, catalogue: Catalogue) -> list[AccountSum]:
    """Lines by account as the host unit sees them, in the order of the kind's rules."""
    totals: dict[str, int] = {}
    places: dict[str, set[int]] = {}
    for line in lines:
        places.setdefault(line.account, set()).add(line.unit)
        if line.unit == host:
            totals[line.account] = totals.get(line.account, 0) + line.quantity
    return [AccountSum(catalogue.account(code), total, len(places[code])) for code, total in totals.items()]


def in_words(sums: Iterable[AccountSum]) -> str:
    """`主题党日 +1 次，参加 21 人次`; empty when nothing is posted."""
    return "，".join(line.words for line in sums)


def sums_of(voucher: Voucher) -> list[AccountSum]:
    """What a stored voucher posts, or has posted, by account; no query when its content has been prefetched."""
    catalogue = catalogue_for(voucher)
    return summed(post(facts_of(voucher), catalogue), voucher.unit_id, catalogue)
