"""Writing, issuing and receiving notices. The only writers of their tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.indicators.screening import require_askable
from yibenzhang.kernel.errors import BookError
from yibenzhang.notices.models import Notice, Recipient
from yibenzhang.notices.queries import key_of, units_addressed
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import packs_of, today_for


class NoticeStateError(BookError):
    """The notice is not in the state this act needs, or somebody saved it meanwhile."""


@dataclass(frozen=True)
class Wording:
    """What a notice says. `about` is a page of this book as its path; the rest as in `Notice`."""

    title: str
    text: str
    purpose: str
    document_number: str = ""
    act_by: date | None = None
    kept_reason: str = ""
    about: str = ""


@transaction.atomic
def write_notice(*, unit: Unit, wording: Wording, recipients: Iterable[Unit], actor: User) -> Notice:
    """Begin a notice. It is looked at before it is kept: BarredAskError, KnownAskError, BookError."""
    return _keep(Notice(unit=unit, created_by=actor, revision=0), wording, recipients, actor)


@transaction.atomic
def save_notice(
    notice: Notice, *, wording: Wording, recipients: Iterable[Unit], revision: int, actor: User
) -> Notice:
    """Save a draft opened at `revision`; raises NoticeStateError when it was issued or saved by somebody else since."""
    held = Notice.objects.select_for_update().select_related("unit", "saved_by").get(pk=notice.pk)
    if not held.is_open:
        raise NoticeStateError("通知已发出，不能再改。需要更正时请另发一份。")
    if held.revision != revision:
        raise NoticeStateError(f"{held.saved_by.label}刚改过这份通知，您的修改没有覆盖它。请刷新后再改。")
    return _keep(held, wording, recipients, actor)


def _keep(notice: Notice, wording: Wording, recipients: Iterable[Unit], actor: User) -> Notice:
    chosen = list(dict.fromkeys(recipients))
    _refuse_faults(notice.unit, wording, chosen)
    notice.title, notice.text = wording.title.strip(), wording.text.strip()
    notice.purpose, notice.document_number = wording.purpose.strip(), wording.document_number.strip()
    notice.act_by, notice.about = wording.act_by, wording.about.strip()
    notice.kept_reason = wording.kept_reason.strip()
    notice.state, notice.submitted_by = Notice.State.DRAFT, None
    notice.saved_by, notice.revision = actor, notice.revision + 1
    notice.search_key = key_of(notice)
    notice.save()
    notice.recipients.exclude(unit__in=chosen).delete()
    kept = set(notice.recipients.values_list("unit_id", flat=True))
    Recipient.objects.bulk_create(
        Recipient(notice=notice, unit=unit) for unit in chosen if unit.pk not in kept
    )
    record(actor=actor, verb="notice.save", subject=f"{notice.pk} {notice}")
    return notice


def _refuse_faults(unit: Unit, wording: Wording, chosen: list[Unit]) -> None:
    """Refuse what cannot be kept: nothing said, nobody addressed, a strange link, or a text that may not be asked."""
    for field, words in (
        ("title", "请写标题。"),
        ("text", "请写正文。"),
        ("purpose", "请写这份通知做什么用。"),
    ):
        if not getattr(wording, field).strip():
            raise BookError(words, field=field)
    if wording.about and (not wording.about.startswith("/") or wording.about.startswith(("//", "/\\"))):
        raise BookError("相关页面请填本系统里的地址，以 / 开头，例如 /plans/3/。", field="about")
    if not chosen:
        raise BookError("请至少选一个收件单位。", field="recipients")
    strangers = {entry.pk for entry in chosen} - {entry.pk for entry in units_addressed(unit)}
    if strangers:
        names = "、".join(str(entry) for entry in chosen if entry.pk in strangers)
        raise BookError(f"{names}不在{unit}的下级或受指导单位里，请取消选择。", field="recipients")
    asked = f"{wording.title}\n{wording.purpose}\n{wording.text}"
    require_askable(asked, why=wording.kept_reason, packs=packs_of(unit), field="text")


def submit_notice(notice: Notice, *, actor: User) -> Notice:
    """Send to the approver (送签)."""
    return _move(notice, Notice.State.DRAFT, Notice.State.REVIEW, "notice.submit", actor, submitted_by=actor)


def return_notice(notice: Notice, *, actor: User) -> Notice:
    """Back to the writer (退回修改)."""
    return _move(notice, Notice.State.REVIEW, Notice.State.DRAFT, "notice.return", actor)


def issue_notice(notice: Notice, *, actor: User, on: date | None = None) -> Notice:
    """Send out (签发) by a second person, on the book's day unless one is given.

    Raises BookError when the actor wrote or sent it for issue.
    """
    refusal = needs_second_person(notice, actor)
    if refusal:
        raise BookError(refusal)
    day = on or today_for(notice.unit)
    return _move(
        notice,
        Notice.State.REVIEW,
        Notice.State.ISSUED,
        "notice.issue",
        actor,
        issued_by=actor,
        issued_on=day,
    )


def needs_second_person(notice: Notice, actor: User) -> str:
    """Why this user may not issue the notice (四眼原则); empty when nothing stands against it."""
    if actor.pk in {notice.submitted_by_id, notice.saved_by_id}:
        return "这份通知是您写的或送签的，请由另一位审核人签发。"
    return ""


@transaction.atomic
def _move(notice: Notice, before: str, after: str, verb: str, actor: User, **noted: User | date) -> Notice:
    if not Notice.objects.filter(pk=notice.pk, state=before).update(state=after, **noted):
        raise NoticeStateError("通知的状态已变，请刷新查看。")
    record(actor=actor, verb=verb, subject=f"{notice.pk} {notice}")
    notice.refresh_from_db()
    return notice


@transaction.atomic
def receive(
    recipient: Recipient, *, actor: User, at: datetime | None = None, on: date | None = None
) -> Recipient:
    """Say 收到 for a unit, once: a second tap by anybody changes nothing. No reply is asked for."""
    moment = at or timezone.now()
    notice = recipient.notice
    if notice.is_open:
        raise NoticeStateError("这份通知还没有发出。")
    taken = Recipient.objects.filter(pk=recipient.pk, received_on=None).update(
        received_by=actor, received_at=moment, received_on=on or today_for(recipient.unit)
    )
    if taken:
        record(actor=actor, verb="notice.receive", subject=f"{notice.pk} {recipient.unit.code}")
    recipient.refresh_from_db()
    return recipient
