"""Reads of the ledger that are no figures: positions, periods, pages of postings."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.db.models import Max, QuerySet

from yibenzhang.kernel.periods import Period, month_of, next_month
from yibenzhang.ledger.models import Closing, Entry, Posting
from yibenzhang.organisation.models import Book
from yibenzhang.vouchers.models import VoucherProgramme


def position() -> int:
    """The newest position of the ledger, 0 when it is empty."""
    return cast(int, Entry.objects.aggregate(top=Max("number"))["top"] or 0)


def position_on(day: date, book: Book | None) -> int:
    """The position at the end of a day in a book (in all books when None)."""
    rows = Entry.objects.filter(posted_on__lte=day)
    if book is not None:
        rows = rows.filter(book=book)
    return cast(int, rows.aggregate(top=Max("number"))["top"] or 0)


def standing_on(vouchers: Iterable[int], day: date) -> frozenset[int]:
    """Which of these vouchers (keys) were posted by the end of a day and not reversed by then."""
    acts = Entry.objects.filter(voucher__in=set(vouchers), posted_on__lte=day).values_list(
        "kind", "voucher_id"
    )
    found: dict[str, set[int]] = {Entry.POSTING: set(), Entry.REVERSAL: set()}
    for kind, voucher in acts:
        found[kind].add(voucher)
    return frozenset(found[Entry.POSTING] - found[Entry.REVERSAL])


def is_closed(book: Book | None, month: int) -> bool:
    """True when the month of that book is closed."""
    acts = Closing.objects.filter(book=book, month=month).order_by("-id").values_list("act", flat=True)
    return acts.first() == Closing.CLOSED


def open_month(book: Book | None, day: date) -> int:
    """The month of the books a record posted on this day goes into: its own, or the next that is open."""
    month = month_of(day)
    while is_closed(book, month):
        month = next_month(month)
    return month


def closings(book: Book) -> dict[int, Closing]:
    """The closing or reopening in force for each month that ever had one."""
    return {closing.month: closing for closing in Closing.objects.filter(book=book).select_related("actor")}


def closing_position(book: Book | None, period: Period) -> int | None:
    """The position at which the whole period was closed; None while any of its months is open."""
    months = [month.first_month for month in period.months()]
    rows = {row.month: row for row in Closing.objects.filter(book=book, month__in=months)}
    if len(rows) < len(months) or any(row.act != Closing.CLOSED for row in rows.values()):
        return None
    return max(row.position for row in rows.values())


def filtered(
    rows: QuerySet[Posting],
    *,
    lineages: QuerySet[Any, Any] | None = None,
    period: Period | None = None,
    kind: str = "",
    accounts: Iterable[str] = (),
    programme: str = "",
    person: int | None = None,
    matter: int | None = None,
) -> QuerySet[Posting]:
    """Narrow postings; every filter that is empty is left out. `lineages` is a sub-select of lineage keys."""
    if lineages is not None:
        rows = rows.filter(lineage_id__in=lineages)
    if period is not None:
        rows = rows.filter(month__gte=period.first_month, month__lte=period.last_month)
        if not period.whole_months:
            rows = rows.filter(event_date__gte=period.start, event_date__lt=period.stop)
    if kind:
        rows = rows.filter(voucher__kind=kind)
    wanted = list(accounts)
    if wanted:
        rows = rows.filter(account__in=wanted)
    if programme:
        rows = rows.filter(
            voucher_id__in=VoucherProgramme.objects.filter(programme=programme).values("voucher_id")
        )
    if person is not None:
        rows = rows.filter(person_id=person)
    if matter is not None:
        rows = rows.filter(matter_id=matter)
    return rows
