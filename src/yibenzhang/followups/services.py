"""Opening, reminding, answering, closing, withdrawing a follow-up, and its settings: the only writers of its tables.

The intervals and working hours carry out the rule against pressing the grassroots (regulations.md §1): a matter is brought
up at most once in so many working days, however often it is closed and opened again.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, units_for
from yibenzhang.audit.services import record
from yibenzhang.followups.checks import (
    FollowUpError,
    check_deadline,
    check_hours,
    check_matter,
    check_text,
    check_voucher,
    check_words,
)
from yibenzhang.followups.gaps import SATISFIED, duty_of, gap_or_refusal
from yibenzhang.followups.hours import day_words
from yibenzhang.followups.models import (
    BY_HAND,
    DUTY,
    Contact,
    FollowUp,
    FollowUpEvent,
    ReminderInterval,
)
from yibenzhang.followups.permissions import manages, may_answer, opener_unit
from yibenzhang.followups.queries import (
    interval_for,
    recipients_in,
    reminders_of,
)
from yibenzhang.organisation.models import Book, Person, Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.models import Voucher

Step = FollowUpEvent.Step


def open_follow_up(
    *, actor: Actor, unit: Unit, recipient: Person, deadline: date, asked: str, title: str,
    origin_kind: str = BY_HAND, origin_ref: str = "", why: str = "", at: datetime | None = None,
) -> FollowUp:  # fmt: skip
    """Ask a unit below to settle a matter by a working day (发起督办).

    Raises FollowUpError (field names what to change) for a unit the actor is not superior to, a duty that is no gap, a
    matter already open or brought up within the interval, words that ask for what the relief rules bar, a recipient of
    another unit, or a deadline that is past, too far or no working day. `why` lets a figure be asked for that the ledger
    has already, and is kept in the history.
    """
    day = _day(unit, at)
    opener = opener_unit(actor, unit, day)
    if opener is None:
        raise FollowUpError("只能督办所管的下级单位，不能督办本单位。", field="unit")
    duty = gap_or_refusal(unit, origin_ref, day) if origin_kind == DUTY else None
    check_words(title, asked, why, unit)
    check_deadline(deadline, day)
    if recipient not in recipients_in(unit, day):
        raise FollowUpError(f"承办人请从{unit}的人员中选。", field="recipient")
    if origin_ref:
        check_matter(Q(unit=unit, origin_kind=origin_kind, origin_ref=origin_ref), unit, day)
    follow_up = FollowUp(
        unit=unit, recipient=recipient, origin_kind=origin_kind, origin_ref=origin_ref, title=title.strip(),
        asked=asked.strip(), is_advice=duty is not None and duty.requirement.strength == "general",
        deadline=deadline, opener_unit=opener, opened_by=actor.user, opened_on=day,
    )  # fmt: skip
    try:
        with transaction.atomic():
            follow_up.save()
            _note(follow_up, Step.OPENED, actor, day, at, why.strip())
            record(actor=actor.user, verb="follow_up.open", subject=f"{follow_up.pk} {unit} {title}")
    except IntegrityError:
        raise FollowUpError("同一件事刚由他人发起，请在列表中查看。", field="title") from None
    return follow_up


@transaction.atomic
def remind(follow_up: FollowUp, *, actor: Actor, at: datetime | None = None) -> FollowUp:
    """Bring an open matter up again (催办), on a working day in working hours, once in the interval.

    Raises FollowUpError naming the day from which it is allowed, or that the matter is answered or settled already.
    """
    held = _held(follow_up)
    _must_manage(actor, held)
    day = _day(held.unit, at)
    if held.state == FollowUp.State.ANSWERED:
        raise FollowUpError("对方已经回复，请先看回复，再办结或撤回。")
    if held.state != FollowUp.State.OPEN:
        raise FollowUpError(f"这件事{held.get_state_display()}，不用再催。")
    check_hours(held.unit, day, at)
    next_on = reminders_of(held).next_on
    if day < next_on:
        interval = interval_for(held.unit)
        raise FollowUpError(f"同一件事{interval}个工作日内只提醒一次，{day_words(next_on)}起可以再催。")
    duty = duty_of(held, day)
    if duty is not None and duty.state in SATISFIED:
        raise FollowUpError("台账显示这件事已经办了，请直接办结。")
    _note(held, Step.REMINDED, actor, day, at)
    record(actor=actor.user, verb="follow_up.remind", subject=f"{held.pk} {held.unit} {held.title}")
    return held


@transaction.atomic
def answer(
    follow_up: FollowUp,
    *,
    actor: Actor,
    text: str,
    voucher: Voucher | None = None,
    at: datetime | None = None,
) -> FollowUp:
    """Say what was done or why not (回复); the superior then closes. Raises FollowUpError without words."""
    held = _held(follow_up)
    if not may_answer(actor, held):
        raise FollowUpError("只有承办单位能回复。")
    _must_be_open(held)
    check_text(text, "请写明办理情况，例如“11月20日已补记”。", "text")
    check_voucher(held, voucher)
    return _move(held, FollowUp.State.ANSWERED, Step.ANSWERED, actor, at, text, voucher)


@transaction.atomic
def close(
    follow_up: FollowUp,
    *,
    actor: Actor,
    voucher: Voucher | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> FollowUp:
    """Close by a posted voucher of the unit, or by a reason (办结).

    The superior judges; the unit itself may close only when the ledger shows the duty as met, and by a voucher.
    """
    held = _held(follow_up)
    _must_be_open(held)
    if not manages(actor, held):
        duty = duty_of(held, _day(held.unit, at))
        settled = duty is not None and duty.state in SATISFIED and voucher is not None
        if not (settled and may_answer(actor, held)):
            raise FollowUpError("台账还没有显示已经办好，请先回复，由督办单位办结。")
    if voucher is None:
        check_text(reason, "请选一笔凭证，或写明办结的理由。", "reason")
    check_voucher(held, voucher)
    return _move(held, FollowUp.State.CLOSED, Step.CLOSED, actor, at, reason, voucher)


@transaction.atomic
def withdraw(follow_up: FollowUp, *, actor: Actor, reason: str, at: datetime | None = None) -> FollowUp:
    """Take a follow-up back (撤回), with a reason; what was opened by mistake stays in the history."""
    held = _held(follow_up)
    _must_manage(actor, held)
    _must_be_open(held)
    check_text(reason, "请写明撤回的理由，例如对象选错。", "reason")
    return _move(held, FollowUp.State.WITHDRAWN, Step.WITHDRAWN, actor, at, reason)


@transaction.atomic
def set_interval(*, book: Book, workdays: int, actor: Actor) -> ReminderInterval:
    """Set how many working days lie between two reminders in a book; for its administrators."""
    if not units_for(actor, Role.ADMINISTRATOR).filter(pk=book.unit_id).exists():
        raise FollowUpError("这本账不在您的管理范围内。")
    shortest, longest = ReminderInterval.SHORTEST, ReminderInterval.LONGEST
    if not shortest <= workdays <= longest:
        raise FollowUpError(f"间隔请填 {shortest} 到 {longest} 个工作日。", field="workdays")
    row, _ = ReminderInterval.objects.update_or_create(
        book=book, defaults={"workdays": workdays, "changed_by": actor.user}
    )
    record(actor=actor.user, verb="follow_up.interval", subject=f"{book}", note=f"{workdays}个工作日")
    return row


@transaction.atomic
def set_contact(*, actor: Actor, email: str, wants_digest: bool) -> None:
    """Keep, change or forget (empty address) where the user's own digest goes."""
    if not email:
        Contact.objects.filter(user=actor.user).delete()
    else:
        Contact.objects.update_or_create(
            user=actor.user, defaults={"email": email, "wants_digest": wants_digest}
        )
    record(actor=actor.user, verb="follow_up.contact", subject=actor.user.username)


def _day(unit: Unit, at: datetime | None) -> date:
    return timezone.localtime(at).date() if at else today_for(unit)


def _held(follow_up: FollowUp) -> FollowUp:
    """The row as it stands, locked: two people pressing at once act one after the other."""
    return FollowUp.objects.select_for_update(of=("self",)).select_related("unit").get(pk=follow_up.pk)


def _move(
    held: FollowUp, state: FollowUp.State, step: Step, actor: Actor, at: datetime | None, text: str,
    voucher: Voucher | None = None,
) -> FollowUp:  # fmt: skip
    held.state = state
    held.save(update_fields=["state"])
    _note(held, step, actor, _day(held.unit, at), at, text.strip(), voucher)
    record(
        actor=actor.user,
        verb=f"follow_up.{step.value}",
        subject=f"{held.pk} {held.unit} {held.title}",
        note=text,
    )
    return held


def _note(
    follow_up: FollowUp, step: Step, actor: Actor, day: date, at: datetime | None, text: str = "",
    voucher: Voucher | None = None,
) -> None:  # fmt: skip
    FollowUpEvent.objects.create(
        follow_up=follow_up,
        step=step,
        actor=actor.user,
        day=day,
        at=at or timezone.now(),
        text=text,
        voucher=voucher,
    )


def _must_manage(actor: Actor, follow_up: FollowUp) -> None:
    if not manages(actor, follow_up):
        raise FollowUpError("只有督办单位能办这一步。")


def _must_be_open(follow_up: FollowUp) -> None:
    if not follow_up.is_open:
        raise FollowUpError(f"这件事{follow_up.get_state_display()}，不能再改；需要时另行发起。")
