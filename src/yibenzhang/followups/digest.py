"""The e-mail digest of open follow-ups (邮件摘要): at most one a person a working day, in working hours, never twice.

It repeats what a person said, it does not press by itself: a matter is listed when somebody opened it or reminded since
the last digest that listed it, and no sooner than the interval of reminders. Mail carries titles and dates only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Max

from yibenzhang.access.models import User
from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.followups.hours import day_words, in_hours
from yibenzhang.followups.models import Contact, Digest, FollowUp
from yibenzhang.followups.queries import CONTACTS, interval_for, readers_of
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import book_of, today_for


class DigestError(BookError):
    """Digests cannot be sent now: switched off, or outside working hours."""


@dataclass(frozen=True)
class Letter:
    """What one person would be told on a day."""

    user: User
    address: str
    day: date
    follow_ups: tuple[FollowUp, ...]
    is_kept_back: bool = False  # the book's day stands still: a demo or a past year sends no mail

    @property
    def subject(self) -> str:
        """督办摘要：2件待办（11月22日）."""
        return f"督办摘要：{len(self.follow_ups)}件待办（{day_words(self.day)}）"

    @property
    def text(self) -> str:
        """One line a matter; details only after signing in."""
        lines = [
            f"{number}. {each.title}（{each.unit}，{each.deadline.isoformat()}前，{each.opener_unit}{each.word}）"
            for number, each in enumerate(self.follow_ups, start=1)
        ]
        place = next(iter(settings.CSRF_TRUSTED_ORIGINS), "")
        where = f"请登录 {place}/follow-ups/ 办理。" if place else "请登录党建一本账，在“督办”里办理。"
        closing = "办完记一笔，或写明原因即可，不用另报材料。不想再收邮件，可在“督办”页的“邮件摘要”里关掉。"
        return "\n".join([f"{self.user.label}：", "", *lines, "", where, closing])


def letters() -> list[Letter]:
    """The digests due now, by account; only to those who asked for them and have none of that day yet."""
    wanted = dict(Contact.objects.filter(wants_digest=True).values_list("user_id", "email"))
    waiting: dict[int, tuple[User, list[FollowUp]]] = {}
    rows = FollowUp.objects.filter(state=FollowUp.State.OPEN).select_related("unit", "opener_unit")
    for follow_up in rows.order_by("deadline", "id"):
        for user in readers_of(follow_up):
            if user.pk in wanted and _is_due(follow_up, user):
                waiting.setdefault(user.pk, (user, []))[1].append(follow_up)
    found = []
    for user, follow_ups in waiting.values():
        unit = follow_ups[0].unit
        day, book = today_for(unit), book_of(unit)
        if not Digest.objects.filter(user=user, day=day).exists():
            stands_still = book is not None and book.fixed_date is not None
            found.append(Letter(user, wanted[user.pk], day, tuple(follow_ups), stands_still))
    return found


def _is_due(follow_up: FollowUp, user: User) -> bool:
    """Somebody brought it up since the last digest to this user, and the interval has passed since that digest."""
    contacted = follow_up.events.filter(step__in=CONTACTS).aggregate(at=Max("at"))["at"]
    last = Digest.objects.filter(user=user, follow_ups=follow_up).order_by("-day").first()
    if last is None:
        return contacted is not None
    next_on = current_workdays().add(last.day, interval_for(follow_up.unit))
    return contacted is not None and contacted > last.at and today_for(follow_up.unit) >= next_on


def send_digests(*, at: datetime, tell: Callable[[Letter, str], None] = lambda letter, fault: None) -> int:
    """Send the digests due; `tell` hears of each with its fault (empty when sent). Returns how many were sent.

    Raises DigestError when mail is switched off or outside working hours. Each is written down before it is sent, so
    that two runs at once or a crash cannot send it twice; a failure takes the note back and the next run tries again.
    """
    if not settings.EMAIL_HOST:
        raise DigestError("没有设置邮件服务器（YIBENZHANG_SMTP_HOST），不发邮件。督办登录后都能看到。")
    if not in_hours(at):
        raise DigestError("现在不是工作时间（工作日 8:30 至 17:30），不发邮件。")
    sent = 0
    for letter in letters():
        if letter.is_kept_back:
            tell(letter, "账面日期固定（演示账或往年账），没有发送")
            continue
        fault = _send(letter, at)
        sent += not fault
        tell(letter, fault)
    return sent


def _send(letter: Letter, at: datetime) -> str:
    try:
        with transaction.atomic():
            digest = Digest.objects.create(user=letter.user, day=letter.day, at=at)
            digest.follow_ups.set(letter.follow_ups)
    except IntegrityError:
        return "另一次运行刚发过，没有再发"
    try:
        send_mail(letter.subject, letter.text, None, [letter.address])
    except OSError as error:  # smtplib's errors are OSErrors
        digest.delete()
        return f"没有发出：{error}"
    return ""
