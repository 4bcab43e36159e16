"""Writing vouchers: keep a draft, submit, withdraw, return. Approving is posting and lives in the ledger."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Kind
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.text import search_key
from yibenzhang.organisation.memory import remembered
from yibenzhang.organisation.models import Lineage, Unit
from yibenzhang.organisation.queries import lineage_on, packs_of, today_for
from yibenzhang.vouchers.contributors import contributors, is_unsent
from yibenzhang.vouchers.entry import LONGEST_TITLE, Entry, EntryError, Fault, find_faults
from yibenzhang.vouchers.matters import link_origins
from yibenzhang.vouchers.models import (
    CatalogueVersion,
    Matter,
    TrailEntry,
    Voucher,
    VoucherMatter,
    VoucherPerson,
    VoucherProgramme,
    VoucherUnit,
)


class VoucherStateError(BookError):
    """The voucher has moved on since it was read: somebody else decided or edited it."""


@transaction.atomic
def save_draft(
    entry: Entry,
    *,
    preparer: User,
    voucher: Voucher | None = None,
    revision: int | None = None,
    on_behalf_of: User | None = None,
    corrects: Voucher | None = None,
    source: str = "",
    at: datetime | None = None,
) -> Voucher:
    """Keep an entry as a draft, new or in place of an open voucher's content; it may still have faults.

    `at` is the moment of writing, now when empty; the day of recording is never later than the book's day.
    Raises EntryError when the unit may not record this kind or was not in the tree that day, VoucherStateError when the
    voucher is no longer open or `revision` shows that it was edited meanwhile.
    """
    lineage = _check_place(entry)
    head = {
        "kind": entry.kind.code,
        "catalogue_version_id": catalogue_version(),
        "unit": entry.unit,
        "lineage": lineage,
        "title": entry.title.strip()[:LONGEST_TITLE],
        "search_key": search_key(entry.title.strip()[:LONGEST_TITLE]),
        "event_date": entry.event_date,
        "end_date": entry.end_date,
        "values": entry.values,
    }
    if voucher is None:
        voucher = Voucher.objects.create(
            **head,
            preparer=preparer,
            on_behalf_of=on_behalf_of,
            corrects=corrects,
            source=source,
            recorded_on=_day_of(at, entry.unit),
        )
        _trail(voucher, TrailEntry.Step.DRAFTED, preparer, at=at)
    else:
        _edit(voucher, head | {"on_behalf_of": on_behalf_of or voucher.on_behalf_of}, revision)
        if preparer not in contributors(voucher):
            _trail(voucher, TrailEntry.Step.EDITED, preparer, at=at)
    _attach_content(voucher, entry)
    return voucher


def _day_of(at: datetime | None, unit: Unit) -> date:
    today = today_for(unit)
    return min(timezone.localtime(at).date(), today) if at else today


def _edit(voucher: Voucher, head: dict[str, object], revision: int | None) -> None:
    expected = voucher.revision if revision is None else revision
    open_states = [Voucher.State.DRAFT, Voucher.State.RETURNED]
    rows = Voucher.objects.filter(pk=voucher.pk, revision=expected, state__in=open_states)
    if not rows.update(**head, revision=expected + 1):
        raise VoucherStateError("这笔凭证已被他人改动或提交，请打开最新版本，再把改动补上。")
    voucher.refresh_from_db()
    voucher.people.all().delete()
    voucher.programmes.all().delete()
    voucher.participants.all().delete()
    _let_go_of_matters(voucher)


def _let_go_of_matters(voucher: Voucher) -> None:
    """Unlink the voucher's matters and delete those that only this voucher would have opened."""
    created = [spec.code for spec in _kind_of(voucher).fields if spec.creates]
    opened = list(voucher.matters.filter(field__in=created).values_list("matter_id", flat=True))
    voucher.matters.all().delete()
    Matter.objects.filter(pk__in=opened, state="", appearances=None).delete()


def _kind_of(voucher: Voucher) -> Kind:
    return current_catalogue().kind(voucher.kind)


def _attach_content(voucher: Voucher, entry: Entry) -> None:
    VoucherProgramme.objects.bulk_create(
        VoucherProgramme(voucher=voucher, programme=code) for code in dict.fromkeys(entry.programmes)
    )
    VoucherPerson.objects.bulk_create(
        VoucherPerson(voucher=voucher, field=code, person=person, attendance=attendance)
        for code, people in entry.people.items()
        for person, attendance in people
    )
    for unit in entry.participants:
        lineage = lineage_on(unit, entry.event_date)
        if lineage is None:
            raise EntryError([Fault("participants", f"参加单位{unit}当日不在组织树中，请移除。")])
        VoucherUnit.objects.create(voucher=voucher, unit=unit, lineage=lineage)
    for spec in entry.kind.fields:
        if spec.type != "matter":
            continue
        given = entry.matters.get(spec.code) or (entry.title.strip() if spec.creates else None)
        if given is None or given == "":
            continue
        matter = (
            given if isinstance(given, Matter) else _new_matter(spec.matter_kind or "", given, entry, voucher)
        )
        VoucherMatter.objects.create(
            voucher=voucher, matter=matter, field=spec.code, moves_to=spec.moves_to or ""
        )
        if spec.creates:
            link_origins(matter, entry.matters.values())


def _new_matter(kind: str, title: str, entry: Entry, voucher: Voucher) -> Matter:
    return Matter.objects.create(
        kind=kind,
        unit=entry.unit,
        lineage=voucher.lineage,
        title=title[:120],
        search_key=search_key(title[:120]),
    )


def _check_place(entry: Entry) -> Lineage:
    allowed = {kind.code for kind in allowed_kinds(entry.unit)}
    if entry.kind.code not in allowed:
        raise EntryError([Fault("unit", f"{entry.unit}不记“{entry.kind.name}”，请换种类或单位。")])
    lineage = lineage_on(entry.unit, entry.event_date)
    if lineage is None:
        text = f"{entry.unit}在{entry.event_date}不在组织树中（未成立或已撤销），请核对日期。"
        raise EntryError([Fault("event_date", text)])
    return lineage


def allowed_kinds(unit: Unit) -> list[Kind]:
    """Kinds this unit may record under the packs its agency has adopted."""
    return current_catalogue().kinds_for(unit.unit_type, packs_of(unit))


@remembered
def catalogue_version() -> str:
    catalogue = current_catalogue()
    CatalogueVersion.objects.get_or_create(version=catalogue.version, defaults={"texts": catalogue.texts})
    return catalogue.version


def faults_of(entry: Entry) -> list[Fault]:
    """Everything to change before the entry can be submitted, in the order of the form."""
    catalogue = current_catalogue()
    choices = {spec.code: {o.code for o in catalogue.options(spec)} for spec in entry.kind.fields}
    faults = find_faults(entry, today=today_for(entry.unit), option_codes=choices)
    return faults + [
        Fault("programmes", f"没有专题“{code}”，请重新选。")
        for code in entry.programmes
        if code not in catalogue.programmes
    ]


@transaction.atomic
def submit_voucher(entry: Entry, voucher: Voucher, *, actor: User, at: datetime | None = None) -> Voucher:
    """Send an open voucher to the tier above.

    Raises EntryError with every fault, VoucherStateError when it is no longer open.
    """
    faults = faults_of(entry)
    if faults:
        raise EntryError(faults)
    now = at or timezone.now()
    _move(voucher, [Voucher.State.DRAFT, Voucher.State.RETURNED], Voucher.State.SUBMITTED, submitted_at=now)
    _trail(voucher, TrailEntry.Step.SUBMITTED, actor, at=now)
    return voucher


@transaction.atomic
def withdraw_voucher(voucher: Voucher, *, actor: User) -> Voucher:
    """Take a submitted voucher back before it is decided. Raises VoucherStateError when it is not waiting."""
    _move(voucher, [Voucher.State.SUBMITTED], Voucher.State.DRAFT, submitted_at=None)
    _trail(voucher, TrailEntry.Step.WITHDRAWN, actor)
    return voucher


@transaction.atomic
def return_voucher(voucher: Voucher, *, actor: User, reason: str, at: datetime | None = None) -> Voucher:
    """Send a waiting voucher back with a reason. Raises BookError without one, VoucherStateError when not waiting."""
    if not reason.strip():
        raise BookError("请写明退回的原因，填报人才知道补什么。", field="reason")
    _move(voucher, [Voucher.State.SUBMITTED], Voucher.State.RETURNED)
    _trail(voucher, TrailEntry.Step.RETURNED, actor, reason=reason.strip(), at=at)
    record(actor=actor, verb="voucher.return", subject=voucher.number, note=reason.strip())
    return voucher


@transaction.atomic
def discard_draft(voucher: Voucher, *, actor: User) -> None:
    """Delete a draft that was never submitted. Raises VoucherStateError for anything else."""
    if not is_unsent(voucher):
        raise VoucherStateError("只有从未提交过的草稿可以删除。")
    record(actor=actor, verb="voucher.discard", subject=f"{voucher.number} {voucher.title}")
    _let_go_of_matters(voucher)
    voucher.delete()


def _move(voucher: Voucher, origin: list[Voucher.State], to: Voucher.State, **changes: object) -> None:
    rows = Voucher.objects.filter(pk=voucher.pk, state__in=origin)
    if not rows.update(state=to, **changes):
        raise VoucherStateError("这笔凭证的状态已经变化，请刷新后再办。")
    voucher.state = to
    for name, value in changes.items():
        setattr(voucher, name, value)


def _trail(
    voucher: Voucher, step: TrailEntry.Step, actor: User, *, reason: str = "", at: datetime | None = None
) -> None:
    TrailEntry.objects.create(voucher=voucher, step=step, actor=actor, reason=reason, at=at or timezone.now())
