"""What an act on a follow-up must fulfil; each check raises FollowUpError saying what to change."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.followups.hours import day_words, in_hours, rest_words
from yibenzhang.followups.models import OPEN_STATES, FollowUp
from yibenzhang.followups.queries import interval_for, last_contact
from yibenzhang.indicators.screening import require_askable
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of, packs_of
from yibenzhang.vouchers.models import Voucher

LONGEST = timedelta(days=366)
SHORT = 500


class FollowUpError(BookError):
    """An act on a follow-up that the rules refuse."""


def check_words(title: str, asked: str, why: str, unit: Unit) -> None:
    """Both filled and short enough; nothing that the relief rules bar or that the ledger knows, unless `why` says so."""
    if not title.strip():
        raise FollowUpError("请写明是哪件事。", field="title")
    if len(title.strip()) > 120:
        raise FollowUpError("事项请缩短到 120 字以内。", field="title")
    check_text(asked, "请写明要办什么。", "asked")
    require_askable(f"{title}。{asked}", why=why, packs=packs_of(unit), field="asked")


def check_text(text: str, message: str, field: str) -> None:
    """Some words, not too many; `message` says what to write."""
    if not text.strip():
        raise FollowUpError(message, field=field)
    if len(text.strip()) > SHORT:
        raise FollowUpError(f"请缩短到 {SHORT} 字以内。", field=field)


def check_deadline(deadline: date, day: date) -> None:
    """A working day after today, within a year."""
    workdays = current_workdays()
    if deadline <= day:
        raise FollowUpError(f"期限要晚于{day_words(day)}，请给对方留出办理时间。", field="deadline")
    if deadline > day + LONGEST:
        raise FollowUpError("期限最长一年，请改近一些。", field="deadline")
    if not workdays.is_workday(deadline):
        nearest = day_words(workdays.add(deadline, 0))
        raise FollowUpError(
            f"{day_words(deadline)}是{rest_words(deadline)}，期限请改为工作日，最近的是{nearest}。",
            field="deadline",
        )


def check_matter(matter: Q, unit: Unit, day: date) -> None:
    """Not open already, and not brought up within the interval."""
    if FollowUp.objects.filter(matter, state__in=OPEN_STATES).exists():
        raise FollowUpError("这件事已经在督办，不能重复发起。", field="title")
    last = last_contact(matter)
    if last is None:
        return
    next_on = current_workdays().add(last, interval_for(unit))
    if day < next_on:
        raise FollowUpError(
            f"这件事{day_words(last)}刚提过，{day_words(next_on)}起可以再发起。", field="title"
        )


def check_hours(unit: Unit, day: date, at: datetime | None) -> None:
    """Refuse outside working hours. A book whose day stands still has no hours of its own unless a moment is given."""
    workdays = current_workdays()
    if not workdays.is_workday(day):
        nearest = day_words(workdays.add(day, 0))
        raise FollowUpError(f"{day_words(day)}是{rest_words(day)}，不催办；{nearest}上班后再办。")
    book = book_of(unit)
    if at is None and book is not None and book.fixed_date is not None:
        return
    if not in_hours(at or timezone.now()):
        raise FollowUpError("工作日 8:30 至 17:30 才能催办，请上班后再办。")


def check_voucher(follow_up: FollowUp, voucher: Voucher | None) -> None:
    """Posted, and of the unit itself or one it took part in; none at all passes."""
    if voucher is None:
        return
    joint = voucher.participants.filter(unit=follow_up.unit_id).exists()
    if voucher.unit_id != follow_up.unit_id and not joint:
        raise FollowUpError(f"这笔凭证不是{follow_up.unit}的，请另选。", field="voucher")
    if voucher.state != Voucher.State.POSTED:
        raise FollowUpError(f"这笔凭证{voucher.get_state_display()}，入账后才能用来办结。", field="voucher")
