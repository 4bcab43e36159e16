"""Posting, reversal, closing: the only writers of the ledger."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import month_of
from yibenzhang.ledger.facts import catalogue_for, facts_of
from yibenzhang.ledger.headlog import append_heads
from yibenzhang.ledger.models import Closing, Entry, Posting
from yibenzhang.ledger.queries import is_closed, open_month, position
from yibenzhang.ledger.rules import post
from yibenzhang.ledger.seal import CONTENT, GENESIS, chain_head, content_digest, entry_digest, line_digest
from yibenzhang.organisation.models import Book
from yibenzhang.organisation.queries import book_of, today_for
from yibenzhang.vouchers.contributors import has_contributed
from yibenzhang.vouchers.matters import refresh
from yibenzhang.vouchers.models import TrailEntry, Voucher
from yibenzhang.vouchers.services import VoucherStateError


class PostingError(BookError):
    """A posting or reversal the rules refuse."""


class AlreadyDecidedError(VoucherStateError):
    """Somebody else decided the voucher first."""


def post_voucher(
    voucher: Voucher, *, actor: User, at: datetime | None = None, revision: int | None = None
) -> Entry:
    """Approve a waiting voucher: approving is posting, in one transaction, once.

    `revision` is the one the reviewer read: what was edited since is not approved unseen.

    Raises PostingError when the actor had a hand in the record, with whichever account, or it was entered on the actor's
    behalf (four eyes), or when it would post nothing; AlreadyDecidedError when it no longer waits. Whether the actor may review this unit at all is
    the caller's question.
    """
    with transaction.atomic():
        now = at or timezone.now()
        waiting = Voucher.objects.filter(pk=voucher.pk, state=Voucher.State.SUBMITTED)
        if revision is not None:
            waiting = waiting.filter(revision=revision)
        if not waiting.update(state=Voucher.State.POSTED):
            raise AlreadyDecidedError("这笔凭证已由他人办理，或在您打开后被改过，请刷新查看。")
        voucher.refresh_from_db(
            from_queryset=Voucher.objects.select_related("unit")
        )  # what is posted is what stands in the book now, not what was read earlier
        if has_contributed(actor, voucher):
            raise PostingError("自己填报、改过或由人代录的凭证不能自己审核，请由另一位审核人办理。")
        prefetch_related_objects([voucher], *CONTENT)
        lines = post(facts_of(voucher), catalogue_for(voucher))
        if not lines:
            raise PostingError("这笔凭证没有可入账的数字，请退回并请填报人补上数量。")
        postings = [
            Posting(
                line=number, voucher=voucher, unit_id=line.unit, lineage_id=line.lineage, account=line.account,
                event_date=voucher.event_date, month=month_of(voucher.event_date), quantity=line.quantity, sign=1,
                person_id=line.person, matter_id=line.matter, term=line.term,
            )
            for number, line in enumerate(lines, start=1)
        ]  # fmt: skip
        entry = _write(Entry(kind=Entry.POSTING, voucher=voucher, actor=actor, posted_at=now), postings)
        _finish(entry, TrailEntry.Step.POSTED)
    return entry


def reverse_voucher(voucher: Voucher, *, actor: User, reason: str, at: datetime | None = None) -> Entry:
    """Reverse a posted voucher (红字冲销): new lines that cancel the old ones, event dates and keys copied.

    Raises PostingError without a reason or to whoever had a hand in the record, AlreadyDecidedError when it is not posted or has been reversed.
    """
    if not reason.strip():
        raise PostingError("请写明冲销的原因。", field="reason")
    with transaction.atomic():
        posted = Voucher.objects.filter(pk=voucher.pk, state=Voucher.State.POSTED)
        if not posted.update(state=Voucher.State.REVERSED):
            raise AlreadyDecidedError("这笔凭证未入账或已冲销，请刷新查看。")
        if has_contributed(actor, voucher):
            raise PostingError("自己填报、改过或由人代录的凭证不能自己冲销，请由另一位审核人办理。")
        voucher.state = Voucher.State.REVERSED
        original = voucher.entries.get(kind=Entry.POSTING)
        postings = list(original.postings.order_by("line"))
        for posting in postings:
            posting.pk, posting.quantity, posting.sign = None, -posting.quantity, -1
        entry = Entry(
            kind=Entry.REVERSAL, voucher=voucher, reverses=original, actor=actor, reason=reason.strip(),
            posted_at=at or timezone.now(),
        )  # fmt: skip
        entry = _write(entry, postings)
        _finish(entry, TrailEntry.Step.REVERSED)
    return entry


def post_each(
    vouchers: Iterable[Voucher], *, actor: User, revisions: Mapping[int, int]
) -> tuple[list[Entry], list[tuple[Voucher, str]]]:
    """Post a selection, each voucher in its own transaction: what was posted, and what failed with the reason.

    `revisions` are those the reviewer read, by the vouchers' keys; without one, nothing shows what was read, and the
    voucher is not posted.
    """
    done, failed = [], []
    for voucher in vouchers:
        try:
            if voucher.pk not in revisions:
                raise PostingError("没有带上您读过的版本，请刷新页面，看过再办。")
            done.append(post_voucher(voucher, actor=actor, revision=revisions[voucher.pk]))
        except BookError as error:
            failed.append((voucher, error.message))
    return done, failed


def _write(entry: Entry, postings: list[Posting]) -> Entry:
    voucher = entry.voucher
    _lock_ledger()
    last = Entry.objects.order_by("-number").only("number", "head").first()
    entry.number = last.number + 1 if last else 1
    entry.book = book_of(voucher.unit)
    entry.posted_on = min(timezone.localtime(entry.posted_at).date(), today_for(voucher.unit))
    entry.book_month = open_month(entry.book, entry.posted_on)
    entry.line_digests = json.dumps([line_digest(posting) for posting in postings])
    entry.digest = entry_digest(entry, content_digest(voucher))
    entry.head = chain_head(last.head if last else GENESIS, entry.digest)
    entry.save(force_insert=True)
    for posting in postings:
        posting.entry = entry
    Posting.objects.bulk_create(postings)
    return entry


def _lock_ledger() -> None:
    """One writer numbers entries at a time. SQLite already holds its write lock since BEGIN IMMEDIATE."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('ledger_entry'))")


def _finish(entry: Entry, step: TrailEntry.Step) -> None:
    voucher = entry.voucher
    refresh(link.matter_id for link in voucher.matters.all())
    TrailEntry.objects.create(
        voucher=voucher, step=step, actor=entry.actor, at=entry.posted_at, reason=entry.reason
    )
    verb = "ledger.post" if entry.kind == Entry.POSTING else "ledger.reverse"
    record(actor=entry.actor, verb=verb, subject=voucher.number, note=entry.reason)
    transaction.on_commit(lambda: append_heads(entry.number), robust=True)


@transaction.atomic
def close_month(book: Book, month: int, *, actor: User, at: datetime | None = None) -> Closing:
    """Close a month of a book: nothing posts into it from now on. `at` is the moment of closing, now when empty.

    Raises PostingError when it is closed already or an earlier month with entries is still open.
    """
    _lock_ledger()
    if is_closed(book, month):
        raise PostingError(f"{month // 100}年{month % 100}月已经结账。")
    entries = Entry.objects.filter(book=book, book_month__lt=month)
    earlier = entries.order_by("book_month").values_list("book_month", flat=True).distinct()
    still_open = sorted(m for m in earlier if not is_closed(book, m))
    if still_open:
        first = still_open[0]
        raise PostingError(f"{first // 100}年{first % 100}月还没结账，请先结它。")
    record(actor=actor, verb="ledger.close", subject=f"{book} {month}")
    return Closing.objects.create(
        book=book,
        month=month,
        act=Closing.CLOSED,
        position=position(),
        actor=actor,
        at=at or timezone.now(),
    )


@transaction.atomic
def reopen_month(book: Book, month: int, *, actor: User, reason: str) -> Closing:
    """Open a closed month again; the reason stays on record.

    Raises PostingError without a reason, or when the month is not closed.
    """
    if not reason.strip():
        raise PostingError("请写明反结账的原因。", field="reason")
    _lock_ledger()
    if not is_closed(book, month):
        raise PostingError(f"{month // 100}年{month % 100}月没有结账，不用反结账。")
    record(actor=actor, verb="ledger.reopen", subject=f"{book} {month}", note=reason.strip())
    return Closing.objects.create(
        book=book, month=month, act=Closing.REOPENED, position=position(), actor=actor, reason=reason.strip()
    )
