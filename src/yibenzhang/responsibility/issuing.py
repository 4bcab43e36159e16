"""From a draft to lists in force, and what may still happen to them: amendment, half-year review, the next year."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Person, Post, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.queries import today_for
from yibenzhang.responsibility.models import (
    ItemVersion,
    ResponsibilityItem,
    ResponsibilityList,
    Review,
)
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.services import (
    ListConflictError,
    ListStateError,
    draft_units,
    must_answer,
    open_draft,
)
from yibenzhang.responsibility.wording import Wording, check, kept_fields, wording_of

State = ResponsibilityList.State
REVIEW_FROM = 6  # 半年检查: from June on


@transaction.atomic
def issue_list(
    draft: ResponsibilityList, *, revision: int, actor: User, on: date | None = None
) -> list[ResponsibilityList]:
    """Issue a draft as read at `revision`: one list for each recipient, the same items in each, in force from `on`.

    `on` is the issuer's today by default. Raises BookError when it has no items, a recipient has ended or already has a
    list of that name, or a deadline lies before the day of issue.
    """
    held = open_draft(draft, actor=actor, revision=revision)
    day = on or today_for(held.issued_by)
    units = draft_units(held)
    items = list(held.items.select_related("origin__list").prefetch_related("versions", "origin__versions"))
    _check_issue(held, units, items, day)
    issued = [_hand_out(held, unit, items, day) for unit in units[1:]]
    held.recipients.all().delete()
    ItemVersion.objects.filter(item__list=held).update(valid_from=day)
    held.unit, held.state, held.issued_on = units[0], State.ISSUED, day
    held.holder = holder_of_post(units[0], held.post, day)
    held.save()
    for each in [held, *issued]:
        record(actor=actor, verb="responsibility.issue", subject=f"{each.pk} {each}", note=each.answers)
    draft.refresh_from_db()
    return [held, *issued]


def _check_issue(
    draft: ResponsibilityList, units: list[Unit], items: list[ResponsibilityItem], day: date
) -> None:
    if day > today_for(draft.issued_by):
        raise BookError("印发日期晚于今天，请填实际印发的日期。", field="on")
    if not draft.year - 1 <= day.year <= draft.year:
        raise BookError(f"印发日期 {day} 离 {draft.year} 年度太远，请核对。", field="on")
    if not items:
        raise BookError("清单还没有事项，先加事项再印发。")
    if not units:
        raise BookError("请先选清单下达给谁。", field="recipients")
    must_answer(draft.issued_by, units, day)
    for unit in units:
        twice = ResponsibilityList.objects.filter(
            issued_by=draft.issued_by, unit=unit, year=draft.year, title=draft.title, post=draft.post
        )
        if twice.exclude(state=State.DRAFT).exists():
            raise BookError(
                f"{unit}已有同名的清单“{draft.title}”，请改名称，或在原清单上变更。", field="title"
            )
    for item in items:
        version = item.current
        if version.deadline < day:
            text = f"第{item.number}项的期限 {version.deadline} 早于印发日期 {day}，请改正。"
            raise BookError(text, field="deadline")
        check(
            wording_of(version), year=draft.year, issuer=draft.issued_by, recipients=units, origin=item.origin
        )


def _hand_out(
    draft: ResponsibilityList, unit: Unit, items: list[ResponsibilityItem], day: date
) -> ResponsibilityList:
    """A list of its own for a further recipient, with the same items."""
    copy = ResponsibilityList.objects.create(
        issued_by=draft.issued_by, unit=unit, year=draft.year, title=draft.title, post=draft.post,
        document_number=draft.document_number, holder=holder_of_post(unit, draft.post, day), state=State.ISSUED,
        issued_on=day, issued_with=draft, follows=draft.follows, created_by=draft.created_by, saved_by=draft.saved_by,
    )  # fmt: skip
    for item in items:
        own = ResponsibilityItem.objects.create(
            list=copy, number=item.number, origin=item.origin, follows=item.follows
        )
        version = item.current
        version.pk, version.item, version.valid_from = None, own, day
        version._state.adding = True
        version.save()
    return copy


def holder_of_post(unit: Unit, post: str, day: date) -> Person | None:
    """Who holds the post on the day, by its title or by the work assigned; None when nobody or more than one does."""
    if not post:
        return None
    rows = Post.objects.filter(on_day(day), unit=unit).select_related("person")
    held = [row for row in rows if post in {row.get_title_display(), row.duty}]
    return held[0].person if len(held) == 1 else None


@transaction.atomic
def amend_item(
    item: ResponsibilityItem, wording: Wording, *, reason: str, revision: int, actor: User, is_dropped: bool = False,
    on: date | None = None,
) -> ItemVersion:  # fmt: skip
    """Change an issued item from today on (变更); the old wording stays. `is_dropped` ends the demand (不再要求).

    Raises BookError without a reason or for what speaks against the wording, ListConflictError when it changed meanwhile.
    """
    held = (
        ResponsibilityItem.objects.select_for_update(of=("self",))
        .select_related("list", "origin__list")
        .get(pk=item.pk)
    )
    issued = held.list
    if issued.is_draft:
        raise ListStateError("清单还是草稿，直接改即可。")
    if held.revision != revision:
        raise ListConflictError("这一项刚被他人变更过，您的修改没有保存。请看过新内容再改。", field="text")
    if not reason.strip():
        raise BookError("请写明变更的理由。", field="reason")
    if len(reason.strip()) > 200:
        raise BookError("理由请缩短到 200 字以内。", field="reason")
    units = [issued.unit] if issued.unit else []
    check(wording, year=issued.year, issuer=issued.issued_by, recipients=units, origin=held.origin)
    day = on or today_for(issued.issued_by)
    version = ItemVersion.objects.create(
        item=held, valid_from=max(day, held.current.valid_from), changed_by=actor, reason=reason.strip(),
        is_dropped=is_dropped, **kept_fields(wording),
    )  # fmt: skip
    held.revision += 1
    held.save(update_fields=["revision"])
    record(actor=actor, verb="responsibility.amend", subject=f"{held.pk} {held}", note=reason.strip())
    return version


@transaction.atomic
def review_list(
    issued: ResponsibilityList, notes: Mapping[int, str], *, actor: User, on: date | None = None
) -> ResponsibilityList:
    """Record the half-year review, once: a note by item key, with the state each item was in that day.

    Items in order need no note. Raises BookError before June, or when an overdue item has no note.
    """
    held = ResponsibilityList.objects.select_for_update().get(pk=issued.pk)
    if held.state != State.ISSUED:
        raise ListStateError("这份清单已经检查过，或还没有印发。")
    day = on or today_for(held.issued_by)
    if day < date(held.year, REVIEW_FROM, 1):
        raise BookError(f"半年检查从 {held.year} 年 {REVIEW_FROM} 月起登记。", field="on")
    items = list(held.items.prefetch_related("versions", "statements__voucher").select_related("list__unit"))
    found = assess(items, as_of=day)
    for item in items:
        note = notes.get(item.pk, "").strip()
        progress = found[item.pk]
        if len(note) > 300:
            raise BookError(f"第{item.number}项的意见请缩短到 300 字以内。", field=f"note_{item.pk}")
        if progress.is_overdue and not note:
            text = f"第{item.number}项逾期未记，请写明原因和完成时间。"
            raise BookError(text, field=f"note_{item.pk}")
        Review.objects.create(item=item, on=day, seen=progress.word, note=note or "无意见", by=actor)
    held.state, held.revision = State.REVIEWED, held.revision + 1
    held.save(update_fields=["state", "revision"])
    record(actor=actor, verb="responsibility.review", subject=f"{held.pk} {held}")
    issued.refresh_from_db()
    return held
