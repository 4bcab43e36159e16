"""Vouchers that waited for review on a day, and what they would post: so that a duty says 待审 instead of 未记."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils import timezone

from yibenzhang.ledger.facts import catalogue_for, facts_of
from yibenzhang.ledger.models import Entry
from yibenzhang.ledger.rules import post
from yibenzhang.vouchers.models import TrailEntry, Voucher, VoucherUnit

BATCH = 2000  # vouchers read at a time: databases limit the number of parameters
CONTENT = ("people", "programmes", "participants", "matters", "trail")


class WaitingLine(NamedTuple):
    """A line that a waiting voucher would post."""

    unit: int
    account: str
    day: date
    voucher: int
    person: int | None
    matter: int | None
    quantity: int


def waiting_lines(units: list[int] | None, as_of: date, fixed_date: date | None) -> Iterator[WaitingLine]:
    """Lines of the vouchers that lay with a reviewer at the end of the day; of all units when None."""
    for voucher in waiting_vouchers(units, as_of, fixed_date):
        for line in post(facts_of(voucher), catalogue_for(voucher)):
            yield WaitingLine(
                line.unit,
                line.account,
                voucher.event_date,
                voucher.pk,
                line.person,
                line.matter,
                line.quantity,
            )


def waiting_vouchers(units: list[int] | None, as_of: date, fixed_date: date | None) -> list[Voucher]:
    """Vouchers submitted by the day and neither decided nor taken back by then.

    Those decided since count as waiting on that day, so the answer for a day does not change with what happens later.
    """
    open_states = [Voucher.State.SUBMITTED, Voucher.State.RETURNED, Voucher.State.DRAFT]
    known = Voucher.objects.filter(event_date__lte=as_of, recorded_on__lte=as_of)
    since = known.filter(entries__kind=Entry.POSTING, entries__posted_on__gt=as_of)
    # Named units are sorted out here: a database told of them and of the days reads all their vouchers instead.
    hosts = dict(Voucher.objects.filter(state__in=open_states).values_list("pk", "unit_id"))
    hosts |= dict(since.values_list("pk", "unit_id"))
    wanted = set(hosts)
    if units is not None:
        own = set(units)
        joint = set(VoucherUnit.objects.filter(unit_id__in=own).values_list("voucher_id", flat=True))
        wanted = {key for key, unit in hosts.items() if unit in own or key in joint}
    moment = _end_of(as_of)
    rows = known.select_related("unit").prefetch_related(*CONTENT)
    read = (voucher for keys in _batches(sorted(wanted)) for voucher in rows.filter(pk__in=keys))
    return [voucher for voucher in read if _lay_waiting(voucher, as_of, moment, fixed_date)]


def _lay_waiting(voucher: Voucher, as_of: date, moment: datetime, fixed_date: date | None) -> bool:
    """The newest step by the day was a submission.

    Where the book's day stands still, steps taken at the desk bear the clock's time, later than the book's day: they
    count as done on the day of recording when they submit, and on the book's day otherwise.
    """
    steps = []
    for entry in sorted(voucher.trail.all(), key=lambda entry: entry.pk):
        step, at = entry.step, entry.at
        if fixed_date is not None and timezone.localtime(at).date() > fixed_date:
            submits = step in {TrailEntry.Step.SUBMITTED, TrailEntry.Step.DRAFTED}
            done = (voucher.recorded_on if submits else fixed_date) <= as_of
        else:
            done = at <= moment
        if done and step not in {TrailEntry.Step.POSTED, TrailEntry.Step.EXPLAINED, TrailEntry.Step.EDITED}:
            steps.append(step)
    return bool(steps) and steps[-1] == TrailEntry.Step.SUBMITTED


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.max))


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
