"""Which vouchers stood in the books at the end of a day, and which lay with a reviewer then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yibenzhang.ledger.queries import standing_on
from yibenzhang.organisation.queries import books_of
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
    posted = standing_on(known, day)
    open_ones = [each for key, each in known.items() if key not in posted and each.event_date <= day]
    books = books_of(each.unit_id for each in open_ones)
    waiting: set[int] = set()
    for fixed in {book.fixed_date if book else None for book in books.values()}:
        waiting |= {each.pk for each in waiting_vouchers(list(books), day, fixed)}
    return Proofs(posted, frozenset(waiting & {each.pk for each in open_ones}))
