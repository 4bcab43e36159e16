"""Writing a draft: whom it goes to, its items one by one or many at once. Issued lists are changed in `issuing` only."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.responsibility.lines import Line
from yibenzhang.responsibility.models import (
    ItemVersion,
    Recipient,
    ResponsibilityItem,
    ResponsibilityList,
)
from yibenzhang.responsibility.tiers import receivers_of
from yibenzhang.responsibility.wording import Wording, check, kept_fields, wording_of

MOST_ITEMS = 200


class ListStateError(BookError):
    """The list is not in the state this act needs."""


class ListConflictError(BookError):
    """Somebody else changed it meanwhile; nothing was overwritten."""


@transaction.atomic
def create_draft(
    *,
    issued_by: Unit,
    year: int,
    title: str,
    recipients: Iterable[Unit],
    actor: User,
    post: str = "",
    document_number: str = "",
    lines: Sequence[Line] = (),
    follows: ResponsibilityList | None = None,
) -> ResponsibilityList:
    """Begin a list that `issued_by` gives to the recipients; `lines` are its first items.

    Raises BookError for a recipient that does not answer to it, a missing title, or a line that cannot stand.
    """
    draft = ResponsibilityList(
        issued_by=issued_by, year=year, title=title.strip(), post=post.strip(),
        document_number=document_number.strip(), follows=follows, created_by=actor, saved_by=actor,
    )  # fmt: skip
    _check_head(draft)
    draft.save()
    _set_recipients(draft, recipients)
    add_lines(draft, lines, actor=actor)
    record(actor=actor, verb="responsibility.draft", subject=f"{draft.pk} {draft}")
    draft.refresh_from_db()
    return draft


@transaction.atomic
def save_head(
    draft: ResponsibilityList, *, title: str, document_number: str, post: str, recipients: Iterable[Unit],
    revision: int, actor: User,
) -> ResponsibilityList:  # fmt: skip
    """Change title, number, post and recipients of a draft read at `revision`."""
    held = open_draft(draft, actor=actor, revision=revision)
    held.title, held.post, held.document_number = title.strip(), post.strip(), document_number.strip()
    _check_head(held)
    held.save()
    _set_recipients(held, recipients)
    for item in held.items.prefetch_related("versions"):
        _check_item(held, wording_of(item.current), item.origin)
    return held


@transaction.atomic
def add_item(
    draft: ResponsibilityList, wording: Wording, *, actor: User, origin: ResponsibilityItem | None = None
) -> ResponsibilityItem:
    """Add an item at the end of a draft. Raises BookError for what speaks against it."""
    held = open_draft(draft, actor=actor)
    _check_item(held, wording, origin)
    count = held.items.count()
    if count >= MOST_ITEMS:
        raise BookError(f"一份清单最多 {MOST_ITEMS} 项，请合并同类事项。", field="text")
    item = ResponsibilityItem.objects.create(list=held, number=count + 1, origin=origin)
    _write(item, wording, actor)
    return item


def add_lines(draft: ResponsibilityList, lines: Sequence[Line], *, actor: User) -> list[ResponsibilityItem]:
    """Add pasted lines as items; all or none. A refusal names the line."""
    added = []
    with transaction.atomic():
        for line in lines:
            try:
                wording = Wording(text=line.text, deadline=line.deadline, basis=line.basis, lead=line.lead)
                added.append(add_item(draft, wording, actor=actor))
            except BookError as error:
                raise BookError(f"第{line.number}行：{error.message}", field="lines") from error
    return added


@transaction.atomic
def save_item(
    item: ResponsibilityItem, wording: Wording, *, revision: int, actor: User
) -> ResponsibilityItem:
    """Replace the wording of a draft's item read at `revision`. Raises ListConflictError when another save came between."""
    held = _held_item(item, revision)
    draft = open_draft(held.list, actor=actor)
    _check_item(draft, wording, held.origin)
    held.versions.all().delete()
    _write(held, wording, actor)
    held.revision += 1
    held.save(update_fields=["revision"])
    return held


@transaction.atomic
def remove_item(item: ResponsibilityItem, *, revision: int, actor: User) -> None:
    """Take an item out of a draft; those after it move up."""
    held = _held_item(item, revision)
    draft = open_draft(held.list, actor=actor)
    held.delete()
    for number, each in enumerate(draft.items.order_by("number", "id"), start=1):
        ResponsibilityItem.objects.filter(pk=each.pk).update(number=number)


@transaction.atomic
def discard_draft(draft: ResponsibilityList, *, revision: int, actor: User) -> None:
    """Throw a draft away."""
    held = open_draft(draft, actor=actor, revision=revision)
    record(actor=actor, verb="responsibility.discard", subject=f"{held.pk} {held}")
    held.delete()


def open_draft(draft: ResponsibilityList, *, actor: User, revision: int | None = None) -> ResponsibilityList:
    """The draft, locked and counted as changed by the actor; checks that nobody else changed it since `revision`."""
    held = ResponsibilityList.objects.select_for_update().get(pk=draft.pk)
    if not held.is_draft:
        raise ListStateError("清单已印发，不能再改草稿。要变更事项，请在事项页点“变更”。")
    if revision is not None and held.revision != revision:
        raise ListConflictError(f"{held.saved_by.label}刚改过这份草稿，您的修改没有保存。请看过新内容再改。")
    held.revision, held.saved_by = held.revision + 1, actor
    held.save(update_fields=["revision", "saved_by", "saved_at"])
    return held


def draft_units(draft: ResponsibilityList) -> list[Unit]:
    """The units a draft goes to, in organisational order."""
    return [each.unit for each in draft.recipients.select_related("unit")]


def _held_item(item: ResponsibilityItem, revision: int) -> ResponsibilityItem:
    held = (
        ResponsibilityItem.objects.select_for_update(of=("self",))
        .select_related("list")
        .filter(pk=item.pk)
        .first()
    )
    if held is None:
        raise ListConflictError("这一项刚被删去，您的修改没有保存。")
    if held.revision != revision:
        raise ListConflictError(
            "这一项刚被他人改过，您的修改没有保存。请对照两份内容后再保存。", field="text"
        )
    return held


def _check_head(draft: ResponsibilityList) -> None:
    for name, most, label in (("title", 80, "名称"), ("post", 20, "岗位"), ("document_number", 40, "文号")):
        if len(getattr(draft, name)) > most:
            raise BookError(f"{label}请缩短到 {most} 字以内。", field=name)
    if not draft.title:
        raise BookError("请写清单的名称。", field="title")
    this_year = today_for(draft.issued_by).year
    if not this_year - 5 <= draft.year <= this_year + 1:
        raise BookError(f"年度应在 {this_year - 5} 至 {this_year + 1} 之间。", field="year")


def _set_recipients(draft: ResponsibilityList, recipients: Iterable[Unit]) -> None:
    wanted = list({unit.pk: unit for unit in recipients}.values())
    if not wanted:
        raise BookError("请选清单下达给谁。", field="recipients")
    must_answer(draft.issued_by, wanted, today_for(draft.issued_by))
    draft.recipients.exclude(unit__in=wanted).delete()
    known = set(draft.recipients.values_list("unit_id", flat=True))
    Recipient.objects.bulk_create(Recipient(list=draft, unit=unit) for unit in wanted if unit.pk not in known)


def must_answer(issuer: Unit, units: Iterable[Unit], day: date) -> None:
    """Raises BookError unless each unit is the issuer itself (本级制定) or answers to it on the day."""
    able = {issuer.pk, *(each.pk for each in receivers_of(issuer, day))}
    for unit in units:
        if unit.pk not in able:
            text = f"{unit}不归{issuer}领导或指导，不能由它下达。请另选单位。"
            raise BookError(text, field="recipients")


def _check_item(draft: ResponsibilityList, wording: Wording, origin: ResponsibilityItem | None) -> None:
    if origin is not None:
        must_be_own_origin(draft, origin)
    check(wording, year=draft.year, issuer=draft.issued_by, recipients=draft_units(draft), origin=origin)


def must_be_own_origin(draft: ResponsibilityList, origin: ResponsibilityItem) -> None:
    """An item comes from one that the issuer itself was given for the same year."""
    source = origin.list
    if source.is_draft or source.unit_id != draft.issued_by_id or source.year != draft.year:
        text = f"来源事项应是{draft.issued_by}{draft.year}年收到的清单里的，请重新选。"
        raise BookError(text, field="origin")


def _write(item: ResponsibilityItem, wording: Wording, actor: User) -> ItemVersion:
    day = today_for(item.list.issued_by)
    return ItemVersion.objects.create(item=item, valid_from=day, changed_by=actor, **kept_fields(wording))
