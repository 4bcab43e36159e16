"""Approving posts, once, by a second person; corrections are new lines."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from tests.ledger.bookkeeping import Bureau
from yibenzhang.access.models import User
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.ledger.rebuild import differences
from yibenzhang.ledger.services import AlreadyDecidedError, PostingError, post_voucher, reverse_voucher
from yibenzhang.ledger.verify import verify
from yibenzhang.vouchers.entry import EntryError
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.services import (
    VoucherStateError,
    discard_draft,
    return_voucher,
    save_draft,
    submit_voucher,
    withdraw_voucher,
)
from yibenzhang.vouchers.stored import entry_of

DAY = date(2024, 3, 5)


def test_approving_posts_the_lines_of_the_kind(bureau: Bureau) -> None:
    voucher = bureau.post("theme_party_day", "a", DAY, people={"attendees": ["a0", "a1"]})
    lines = Posting.objects.order_by("line").values_list("account", "quantity", "month", "unit__code")
    assert list(lines) == [
        ("life.theme_party_day", 1, 202403, "a"),
        ("life.theme_party_day_attendance", 2, 202403, "a"),
    ]
    voucher.refresh_from_db()
    assert voucher.state == Voucher.State.POSTED


def test_posting_twice_posts_once(bureau: Bureau) -> None:
    voucher = bureau.post("theme_party_day", "a", DAY)
    with pytest.raises(AlreadyDecidedError):
        post_voucher(voucher, actor=bureau.reviewer)
    assert Entry.objects.count() == 1


def test_the_recorder_cannot_approve_their_own_record(bureau: Bureau) -> None:
    voucher = bureau.submit("theme_party_day", "a", DAY)
    with pytest.raises(PostingError, match="不能自己审核"):
        post_voucher(voucher, actor=bureau.recorder)
    assert not Posting.objects.exists()


def test_who_rewrote_and_sent_a_returned_record_does_not_approve_it(bureau: Bureau) -> None:
    voucher = bureau.submit("theme_party_day", "a", DAY)
    return_voucher(voucher, actor=bureau.reviewer, reason="写明地点")
    entry = entry_of(voucher)
    entry.title = "换过的标题"
    save_draft(entry, preparer=bureau.reviewer, voucher=voucher)
    submit_voucher(entry, voucher, actor=bureau.recorder)
    with pytest.raises(PostingError, match="不能自己审核"):
        post_voucher(voucher, actor=bureau.reviewer)
    assert not Posting.objects.exists()
    other = User.objects.create(username="other-reviewer")
    assert post_voucher(voucher, actor=other).number == 1


def test_two_accounts_of_one_person_are_one_person(bureau: Bureau) -> None:
    voucher = bureau.submit("theme_party_day", "a", DAY)
    person = bureau.people["a0"]
    bureau.recorder.person = person
    bureau.recorder.save()
    second = User.objects.create(username="second-account", person=person)
    with pytest.raises(PostingError, match="不能自己审核"):
        post_voucher(voucher, actor=second)
    assert post_voucher(voucher, actor=bureau.reviewer).number == 1


def test_who_recorded_does_not_reverse_it(bureau: Bureau) -> None:
    voucher = bureau.post("theme_party_day", "a", DAY)
    with pytest.raises(PostingError, match="不能自己冲销"):
        reverse_voucher(voucher, actor=bureau.recorder, reason="记错了")
    assert Entry.objects.count() == 1
    bureau.reverse(voucher)


def test_an_own_draft_edited_by_a_colleague_can_still_be_discarded(bureau: Bureau) -> None:
    voucher = bureau.submit("theme_party_day", "a", DAY)
    draft = save_draft(entry_of(voucher), preparer=bureau.recorder)
    save_draft(entry_of(draft), preparer=bureau.reviewer, voucher=draft)
    assert [step.step for step in draft.trail.order_by("id")] == ["drafted", "edited"]
    discard_draft(draft, actor=bureau.recorder)
    assert not Voucher.objects.filter(pk=draft.pk).exists()


def test_reversal_copies_event_date_and_sums_to_zero(bureau: Bureau) -> None:
    voucher = bureau.post("theme_party_day", "a", DAY, people={"attendees": ["a0"]})
    entry = bureau.reverse(voucher)
    assert {posting.event_date for posting in entry.postings.all()} == {DAY}
    assert sum(Posting.objects.values_list("quantity", flat=True)) == 0
    assert bureau.ask("life.theme_party_days", "bureau", "2024").state == "none"


def test_a_voucher_is_reversed_once_and_with_a_reason(bureau: Bureau) -> None:
    voucher = bureau.post("theme_party_day", "a", DAY)
    with pytest.raises(PostingError, match="原因"):
        reverse_voucher(voucher, actor=bureau.reviewer, reason="  ")
    bureau.reverse(voucher)
    with pytest.raises(AlreadyDecidedError):
        bureau.reverse(voucher)


def test_returning_needs_a_reason_and_a_waiting_voucher(bureau: Bureau) -> None:
    voucher = bureau.submit("theme_party_day", "a", DAY)
    return_voucher(voucher, actor=bureau.reviewer, reason="缺议定事项")
    assert voucher.trail.last().reason == "缺议定事项"
    with pytest.raises(VoucherStateError):
        withdraw_voucher(voucher, actor=bureau.recorder)


def test_the_future_cannot_be_recorded(bureau: Bureau) -> None:
    with pytest.raises(EntryError, match="晚于今天"):
        bureau.submit("theme_party_day", "a", date(2025, 1, 1))


def test_a_unit_records_only_its_kinds(bureau: Bureau) -> None:
    with pytest.raises(EntryError, match="不记"):
        bureau.submit("centre_group_study", "a", DAY)


@pytest.mark.parametrize("statement", ["UPDATE ledger_posting SET quantity = 9", "DELETE FROM ledger_entry"])
def test_the_database_refuses_to_alter_the_ledger(bureau: Bureau, statement: str) -> None:
    bureau.post("theme_party_day", "a", DAY)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_fresh_book_with_reversals_verifies_and_rebuilds(bureau: Bureau) -> None:
    bureau.reverse(bureau.post("theme_party_day", "a", DAY, people={"attendees": ["a0"]}))
    bureau.post("party_dues", "a", DAY, direction="collected", amount=1000)
    verdict = verify()
    assert (verdict.damage, verdict.entries) == (None, 3)
    assert list(differences()) == []
