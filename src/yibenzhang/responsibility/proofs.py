"""Which vouchers stood in the books at the end of a day, and which lay with a reviewer then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yibenzhang.ledger.models import Entry
from yibenzhang.organisation.queries import book_of
from yibenzhang.requirements.waiting import waiting_vouchers
from yibenzhang.vouchers.models import Voucher


@dataclass(frozen=True)
class Proofs:
    """Keys of vouchers: posted and not reversed by the day, or waiting for review on it."""

    posted: frozenset[int]
    waiting: frozenset[int]


def proofs_of(vouchers: Iterable[Voucher], day: date) -> Proofs:
    """How these vouchers stood; they should come with their unit."""
    known = {each.pk: each for each in vouchers}
    if not known:
        return Proofs(frozenset(), frozenset())
    gone = Entry.objects.filter(reverses__isnull=False, posted_on__lte=day).values("voucher_id")
    entries = Entry.objects.filter(kind=Entry.POSTING, posted_on__lte=day, voucher__in=known)
    posted = frozenset(entries.exclude(voucher__in=gone).values_list("voucher_id", flat=True))
    open_ones = [each for key, each in known.items() if key not in posted and each.event_date <= day]
    units = {each.unit_id: each.unit for each in open_ones}
    waiting: set[int] = set()
    for fixed in {book.fixed_date if (book := book_of(unit)) else None for unit in units.values()}:
        waiting |= {each.pk for each in waiting_vouchers(list(units), day, fixed)}
    return Proofs(posted, frozenset(waiting & {each.pk for each in open_ones}))
