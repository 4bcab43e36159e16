"""All facts about one voucher, with the recorder's explanations beside them."""

from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.kernel.errors import BookError
from yibenzhang.vouchers.models import TrailEntry, Voucher
from yibenzhang.vouchers.scrutiny.files import alike_pictures, same_file
from yibenzhang.vouchers.scrutiny.finding import SEPARATOR, Finding, notes_of
from yibenzhang.vouchers.scrutiny.people import in_two_places, not_a_member
from yibenzhang.vouchers.scrutiny.texts import (
    dated_later,
    missing_units,
    names_of_others,
    near_identical,
    studied_too_early,
)

LONG_AFTER = 60  # days between the event and its recording from which it is worth a word
LONGEST = 300


def findings_of(voucher: Voucher, known: QuerySet[Voucher]) -> list[Finding]:
    """Facts worth a second look. `known` limits what may be pointed at to what the reader may see anyway."""
    notes = notes_of(voucher)
    return [replace(found, note=notes.get(found.fact, "")) for found in _all(voucher, known)]


def _all(voucher: Voucher, known: QuerySet[Voucher]) -> Iterator[Finding]:
    yield from missing_units(voucher)
    yield from not_a_member(voucher)
    yield from in_two_places(voucher, known)
    yield from studied_too_early(voucher)
    yield from dated_later(voucher)
    yield from near_identical(voucher, known)
    yield from same_file(voucher, known)
    yield from alike_pictures(voucher, known)
    yield from names_of_others(voucher)
    last = voucher.end_date or voucher.event_date
    days = (voucher.recorded_on - last).days
    if days > LONG_AFTER:
        yield Finding(f"活动结束 {days} 天后才记账", "活动日期和记账日期")


@transaction.atomic
def explain(voucher: Voucher, *, fact: str, note: str, known: QuerySet[Voucher], actor: User) -> None:
    """Let the recorder explain a fact while the voucher waits; it stays on the trail.

    Raises BookError without a note, for a fact that is not found, or when the voucher no longer waits.
    """
    if voucher.state != Voucher.State.SUBMITTED:
        raise BookError("这笔凭证不在待审，不用再说明。")
    if not note.strip():
        raise BookError("请写一句说明，例如“上午在支部，下午到机关”。", field="note")
    if len(note.strip()) > LONGEST:
        raise BookError(f"说明请缩短到 {LONGEST} 字以内。", field="note")
    if fact not in {found.fact for found in _all(voucher, known)}:
        raise BookError("这条事实已经不在了，请刷新后再看。", field="note")
    TrailEntry.objects.create(
        voucher=voucher, step=TrailEntry.Step.EXPLAINED, actor=actor, at=timezone.now(),
        reason=f"{fact}{SEPARATOR}{note.strip()}",
    )  # fmt: skip
