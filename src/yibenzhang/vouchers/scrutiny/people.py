"""Persons: in two places on one day, or present without belonging to the unit that day."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import FieldSpec
from yibenzhang.organisation.queries import members_on
from yibenzhang.vouchers.models import Voucher, VoucherPerson
from yibenzhang.vouchers.scrutiny.finding import Finding

PRESENT = VoucherPerson.Attendance.PRESENT
TAKES_PART = {"attendance", "people"}
MOST_NAMES = 5


def in_two_places(voucher: Voucher, known: QuerySet[Voucher]) -> Iterator[Finding]:
    """Persons present here and, on a day of this event, at an event of another unit. `known` is what the reader may see."""
    here = _present(voucher)
    last = voucher.end_date or voucher.event_date
    others = (
        known.exclude(pk=voucher.pk)
        .exclude(unit_id=voucher.unit_id)
        .exclude(state__in=[Voucher.State.DRAFT, Voucher.State.REVERSED])
    )
    others = others.annotate(last=Coalesce("end_date", "event_date"))
    others = others.filter(event_date__lte=last, last__gte=voucher.event_date)
    rows = VoucherPerson.objects.filter(voucher__in=others, person_id__in=here, attendance=PRESENT)
    named: dict[int, tuple[Voucher, list[str]]] = {}
    for row in rows.select_related("voucher__unit", "person").order_by("voucher_id", "person_id"):
        if row.field in _part_fields(row.voucher):
            named.setdefault(row.voucher_id, (row.voucher, []))[1].append(row.person.name)
    for other, names in named.values():
        people = _names(list(dict.fromkeys(names)))
        yield Finding(
            f"{people}{_day(other.event_date)}还参加了{other.unit}的“{other.title}”",
            f"凭证 {other.number} 的名单",
            other,
        )


def not_a_member(voucher: Voucher) -> Iterator[Finding]:
    """Persons marked present at the unit's own meeting who neither belonged to it nor held a post there that day."""
    fields = {spec.code for spec in _specs(voucher) if spec.type == "attendance"}
    units = [voucher.unit, *(row.unit for row in voucher.participants.select_related("unit"))]
    members = {person.pk for unit in units for person in members_on(unit, voucher.event_date)}
    rows = voucher.people.filter(field__in=fields, attendance=PRESENT).select_related("person")
    names = [row.person.name for row in rows if row.person_id not in members]
    if names:
        fact = f"{_names(names)}{_day(voucher.event_date)}不是{voucher.unit}的党员，记成了实到"
        yield Finding(fact, "组织关系登记")


def _present(voucher: Voucher) -> list[int]:
    rows = voucher.people.filter(attendance=PRESENT, field__in=_part_fields(voucher))
    return list(rows.values_list("person_id", flat=True))


def _part_fields(voucher: Voucher) -> set[str]:
    return {spec.code for spec in _specs(voucher) if spec.type in TAKES_PART}


def _specs(voucher: Voucher) -> list[FieldSpec]:
    kind = current_catalogue().kinds.get(voucher.kind)
    return kind.fields if kind else []


def _names(names: list[str]) -> str:
    shown = "、".join(names[:MOST_NAMES])
    return f"{shown}等{len(names)}人" if len(names) > MOST_NAMES else shown


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
