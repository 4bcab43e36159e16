"""Writing to the suggestion box, handling what lies in it, and setting the assumption of the account."""

import secrets

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Book, Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.relief.models import Assumption, Suggestion

LONGEST, LONGEST_ANSWER = 2000, 2000
MOST_A_DAY = 100  # for a whole bureau: the box knows no writers whom it could limit one by one
MOST_MINUTES = 240
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # what a hand-written code cannot confuse


@transaction.atomic
def drop_in(*, book: Book, category: str, text: str, unit: Unit | None = None) -> Suggestion:
    """Put a suggestion into a bureau's box (投意见). Takes no user and leaves no audit line: nothing leads to the writer.

    Raises BookError for an empty or overlong text, or when the bureau's box is full for the day.
    """
    words = text.strip()
    if not words:
        raise BookError("请写下您的意见。", field="text")
    if len(words) > LONGEST:
        raise BookError(f"请缩短到 {LONGEST} 字以内，现有 {len(words)} 字。", field="text")
    if category not in Suggestion.Category.values:
        raise BookError("请选一个类别。", field="category")
    day = today_for(book.unit)
    if Suggestion.objects.filter(book=book, day=day).count() >= MOST_A_DAY:
        raise BookError("今天的意见箱满了，请明天再投。", field="text")
    return Suggestion.objects.create(
        book=book, code=_code(), category=category, text=words, unit=unit, day=day
    )


def _code() -> str:
    """A receipt code nobody guesses: 50 bits, in two groups."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


@transaction.atomic
def take_up(suggestion: Suggestion, *, actor: User) -> Suggestion:
    """Begin to handle it (办理中)."""
    received = Suggestion.objects.filter(pk=suggestion.pk, state=Suggestion.State.RECEIVED)
    if not received.update(state=Suggestion.State.HANDLING, handled_by=actor):
        raise BookError("这条意见已经有人在办或已答复，请刷新查看。")
    record(actor=actor, verb="suggestion.take_up", subject=f"{suggestion.pk} {suggestion}")
    suggestion.refresh_from_db()
    return suggestion


@transaction.atomic
def answer(suggestion: Suggestion, *, text: str, actor: User) -> Suggestion:
    """Answer it (已答复) in words that the whole bureau reads; an answer may be written again, the audit log keeps both."""
    words = text.strip()
    if not words:
        raise BookError("请写答复：办了什么，或为什么不办。", field="answer")
    if len(words) > LONGEST_ANSWER:
        raise BookError(f"答复请缩短到 {LONGEST_ANSWER} 字以内。", field="answer")
    held = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    held.state, held.answer = Suggestion.State.ANSWERED, words
    held.answered_on, held.handled_by = today_for(held.book.unit), actor
    held.save(update_fields=["state", "answer", "answered_on", "handled_by"])
    record(actor=actor, verb="suggestion.answer", subject=f"{held.pk} {held}", note=words)
    return held


@transaction.atomic
def set_minutes(book: Book, *, minutes: int | None, actor: User) -> Assumption:
    """Say how many minutes an entry is taken to cost, or take the assumption back with None."""
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        raise BookError(f"每笔分钟请写 1 到 {MOST_MINUTES}，不显示就留空。", field="minutes")
    found, _ = Assumption.objects.update_or_create(
        book=book, defaults={"minutes": minutes, "set_by": actor, "set_on": today_for(book.unit)}
    )
    record(actor=actor, verb="relief.assume", subject=f"{book.unit.code} {minutes or '不显示'}")
    return found
