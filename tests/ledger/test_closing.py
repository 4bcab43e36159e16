"""Closed months take nothing; late records keep their event date and go into the open month."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction

from tests.ledger.bookkeeping import Bureau
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.models import Closing, Entry
from yibenzhang.ledger.queries import closing_position, is_closed
from yibenzhang.ledger.services import PostingError, close_month, reopen_month
from yibenzhang.organisation.models import Book

DECEMBER = 202412


@pytest.fixture
def book(bureau: Bureau) -> Book:
    return Book.objects.get()


def test_a_late_record_posts_into_the_open_month_and_keeps_its_date(bureau: Bureau, book: Book) -> None:
    close_month(book, DECEMBER, actor=bureau.reviewer)
    voucher = bureau.post("theme_party_day", "a", date(2024, 12, 5))
    assert voucher.entries.get().book_month == 202501
    assert bureau.ask("life.theme_party_days", "bureau", "2024-12").value == 1


def test_a_closed_period_shows_its_figure_then_and_now(bureau: Bureau, book: Book) -> None:
    bureau.post("theme_party_day", "a", date(2024, 12, 3))
    close_month(book, DECEMBER, actor=bureau.reviewer)
    bureau.post("theme_party_day", "b", date(2024, 12, 4))
    period = parse_period("2024-12")
    position = closing_position(book, period)
    assert position == 1
    assert bureau.ask("life.theme_party_days", "bureau", "2024-12", position=position).value == 1
    assert bureau.ask("life.theme_party_days", "bureau", "2024-12").value == 2
    assert isinstance(bureau.question("bureau", "2024-12"), Question)


def test_reopening_needs_a_reason_and_leaves_a_mark(bureau: Bureau, book: Book) -> None:
    close_month(book, DECEMBER, actor=bureau.reviewer)
    with pytest.raises(PostingError, match="原因"):
        reopen_month(book, DECEMBER, actor=bureau.reviewer, reason="")
    reopen_month(book, DECEMBER, actor=bureau.reviewer, reason="漏记一次党课")
    assert not is_closed(book, DECEMBER)
    assert [row.act for row in Closing.objects.all()] == [Closing.CLOSED, Closing.REOPENED]
    assert bureau.post("theme_party_day", "a", date(2024, 12, 5)).entries.get().book_month == DECEMBER


def test_a_month_is_closed_once_and_in_order(bureau: Bureau, book: Book) -> None:
    bureau.post("theme_party_day", "a", date(2024, 12, 3))
    with pytest.raises(PostingError, match="2024年12月还没结账"):
        close_month(book, 202501, actor=bureau.reviewer)
    close_month(book, DECEMBER, actor=bureau.reviewer)
    with pytest.raises(PostingError, match="已经结账"):
        close_month(book, DECEMBER, actor=bureau.reviewer)


def test_the_database_itself_refuses_an_entry_into_a_closed_month(bureau: Bureau, book: Book) -> None:
    entry = bureau.post("theme_party_day", "a", date(2024, 12, 3)).entries.get()
    close_month(book, DECEMBER, actor=bureau.reviewer)
    entry.number, entry.kind, entry.reverses_id = 2, Entry.REVERSAL, 1
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        entry.save(force_insert=True)
