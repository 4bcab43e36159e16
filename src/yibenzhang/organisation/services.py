"""Changes of the organisation: each is a dated fact, history is never overwritten."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.text import search_key
from yibenzhang.organisation.lineages import open_lineage, reopen_below
from yibenzhang.organisation.models import Book, Guidance, Lineage, Person, Placement, Unit, UnitEvent
from yibenzhang.organisation.models.dated import on_day


class OrganisationError(BookError):
    """A change the organisation's history cannot take."""


@transaction.atomic
def found_unit(
    *,
    code: str,
    name: str,
    unit_type: str,
    parent: Unit | None,
    on: date,
    short_name: str = "",
    nature: str = "",
    position: int = 0,
    note: str = "",
) -> Unit:
    """Found a unit under a parent (None for the root) on a day.

    Raises OrganisationError when the code is taken, the type or nature is not in the catalogue, or the parent does not
    exist on that day.
    """
    catalogue = current_catalogue()
    if Unit.objects.filter(code=code).exists():
        raise OrganisationError(f"单位代码 {code} 已经用过，请换一个。", field="code")
    if unit_type not in catalogue.unit_types:
        names = "、".join(entry.name for entry in catalogue.unit_types.values())
        raise OrganisationError(f"没有单位类型“{unit_type}”，可选：{names}。", field="unit_type")
    if nature and nature not in catalogue.natures:
        names = "、".join(entry.name for entry in catalogue.natures.values())
        raise OrganisationError(f"没有单位性质“{nature}”，可选：{names}。", field="nature")
    _must_exist(parent, on)
    unit = Unit.objects.create(
        code=code,
        name=name,
        short_name=short_name,
        search_key=search_key(f"{name}{short_name}"),
        unit_type=unit_type,
        nature=nature,
        position=position,
        founded_on=on,
        note=note,
    )
    Placement.objects.create(unit=unit, parent=parent, valid_from=on)
    open_lineage(unit, on)
    UnitEvent.objects.create(unit=unit, kind=UnitEvent.FOUNDED, happened_on=on)
    return unit


@transaction.atomic
def rehang_unit(*, unit: Unit, parent: Unit, on: date, note: str = "") -> None:
    """Hang a unit under another parent from a day on; earlier postings keep the line they had.

    Raises OrganisationError when the new parent is the unit itself, stands below it, or does not exist on that day, or
    when the day is not after the current placement began.
    """
    _must_exist(parent, on)
    line = Lineage.objects.filter(on_day(on), unit=parent).values_list("path", flat=True).first() or ""
    if f"/{unit.pk}/" in line:
        raise OrganisationError(f"{parent}在{unit}之下，不能作它的上级，请另选。", field="parent")
    current = Placement.objects.filter(on_day(on), unit=unit).first()
    if current is None or current.valid_from >= on:
        raise OrganisationError("改隶日期须晚于现隶属关系的起始日，请改日期。", field="on")
    current.valid_to = on
    current.save(update_fields=["valid_to"])
    Placement.objects.create(unit=unit, parent=parent, valid_from=on)
    reopen_below(unit, on)
    UnitEvent.objects.create(unit=unit, kind=UnitEvent.REHUNG, happened_on=on, other=parent, note=note)


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, short_name: str, on: date) -> None:
    """Give a unit a new name from a day on; the old one stays in its history."""
    note = f"{unit.name} 更名为 {name}"
    unit.name, unit.short_name, unit.search_key = name, short_name, search_key(f"{name}{short_name}")
    unit.save(update_fields=["name", "short_name", "search_key"])
    UnitEvent.objects.create(unit=unit, kind=UnitEvent.RENAMED, happened_on=on, note=note)


@transaction.atomic
def abolish_unit(*, unit: Unit, on: date, note: str = "") -> None:
    """Abolish a unit; it exists up to the day before.

    Raises OrganisationError while other units still hang under it.
    """
    below = Placement.objects.filter(on_day(on), parent=unit, unit__abolished_on=None).select_related("unit")
    if below:
        names = "、".join(str(placement.unit) for placement in below[:5])
        raise OrganisationError(f"{unit}之下还有{names}，请先改隶或撤销它们。")
    unit.abolished_on = on
    unit.save(update_fields=["abolished_on"])
    Placement.objects.filter(on_day(on), unit=unit).update(valid_to=on)
    Lineage.objects.filter(on_day(on), unit=unit).update(valid_to=on)
    UnitEvent.objects.create(unit=unit, kind=UnitEvent.ABOLISHED, happened_on=on, note=note)


@transaction.atomic
def merge_units(*, units: Iterable[Unit], into: Unit, on: date) -> None:
    """Merge units into one that stays: what hung under them hangs under it, then they are abolished."""
    for unit in units:
        for placement in Placement.objects.filter(on_day(on), parent=unit).select_related("unit"):
            rehang_unit(unit=placement.unit, parent=into, on=on, note=f"随{unit}合并")
        abolish_unit(unit=unit, on=on, note=f"并入{into}")
        UnitEvent.objects.create(unit=into, kind=UnitEvent.MERGED, happened_on=on, other=unit)


@transaction.atomic
def split_unit(*, unit: Unit, code: str, name: str, children: Iterable[Unit], on: date) -> Unit:
    """Set up a new unit beside an old one and hang the given sub-units of the old one under it."""
    placement = Placement.objects.filter(on_day(on), unit=unit).select_related("parent").first()
    if placement is None:
        raise OrganisationError(f"{unit}在{on}不在册，不能分设。", field="on")
    born = found_unit(
        code=code,
        name=name,
        unit_type=unit.unit_type,
        nature=unit.nature,
        parent=placement.parent,
        on=on,
        position=unit.position + 1,
    )
    for child in children:
        rehang_unit(unit=child, parent=born, on=on, note=f"自{unit}分出")
    UnitEvent.objects.create(unit=unit, kind=UnitEvent.SPLIT, happened_on=on, other=born)
    return born


def adopt_packs(book: Book, packs: Iterable[str]) -> None:
    """Let an agency use these packs (with `base`); what was recorded under others stays.

    Raises OrganisationError for a pack that is not there.
    """
    known = current_catalogue().packs
    wanted = list(dict.fromkeys(["base", *packs]))
    strange = [pack for pack in wanted if pack not in known]
    if strange:
        raise OrganisationError(f"没有目录包 {'、'.join(strange)}，可选：{'、'.join(known)}。", field="packs")
    book.packs = wanted
    book.save(update_fields=["packs"])


def guide(*, superior: Unit, subordinate: Unit, kind: str, on: date, reviews: bool = True) -> Guidance:
    """Let a body lead or guide another from a day on (`Guidance.LEADS`, `Guidance.GUIDES`)."""
    if superior.pk == subordinate.pk:
        raise OrganisationError("上级和下级不能是同一个组织，请另选。", field="superior")
    return Guidance.objects.create(
        superior=superior, subordinate=subordinate, kind=kind, valid_from=on, reviews=reviews
    )


def register_person(*, name: str, audiences: list[str] | None = None) -> Person:
    """Enter a person by name."""
    return Person.objects.create(name=name, search_key=search_key(name), audiences=audiences or [])


def _must_exist(unit: Unit | None, day: date) -> None:
    if unit is not None and not unit.exists_on(day):
        raise OrganisationError(f"{unit}在{day}还未成立或已撤销，请改日期或另选上级。", field="parent")
