"""Many vouchers at once: the same outcome as `save_draft` and `submit_voucher` for each, in few statements."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.text import search_key
from yibenzhang.organisation.models import Lineage, Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.entry import Entry, EntryError, Fault, find_faults
from yibenzhang.vouchers.matters import link_origins
from yibenzhang.vouchers.models import (
    Matter,
    TrailEntry,
    Voucher,
    VoucherMatter,
    VoucherPerson,
    VoucherProgramme,
    VoucherUnit,
)
from yibenzhang.vouchers.services import allowed_kinds, catalogue_version

BATCH = 500


class Registry:
    """What checking an entry asks of the book, asked once a unit. Good for one file; the book may change after it."""

    def __init__(self) -> None:
        self._todays: dict[int, date] = {}
        self._kinds: dict[int, set[str]] = {}
        self._lines: dict[int, list[Lineage]] = {}
        catalogue = current_catalogue()
        self._programmes = set(catalogue.programmes)
        self._options = {
            code: {spec.code: {o.code for o in catalogue.options(spec)} for spec in kind.fields}
            for code, kind in catalogue.kinds.items()
        }

    def today(self, unit: Unit) -> date:
        """The day of the unit's book."""
        if unit.pk not in self._todays:
            self._todays[unit.pk] = today_for(unit)
        return self._todays[unit.pk]

    def lineage(self, unit: Unit, day: date) -> Lineage | None:
        """The unit's line of superiors on a day."""
        if unit.pk not in self._lines:
            self._lines[unit.pk] = list(Lineage.objects.filter(unit=unit))
        return next((line for line in self._lines[unit.pk] if line.holds_on(day)), None)

    def faults(self, entry: Entry) -> list[Fault]:
        """Everything that keeps the entry from being submitted, its place in the organisation included."""
        unit = entry.unit
        if unit.pk not in self._kinds:
            self._kinds[unit.pk] = {kind.code for kind in allowed_kinds(unit)}
        faults = []
        if entry.kind.code not in self._kinds[unit.pk]:
            faults.append(Fault("unit", f"{unit}不记“{entry.kind.name}”，请换种类或单位。"))
        faults += find_faults(entry, today=self.today(unit), option_codes=self._options[entry.kind.code])
        if self.lineage(unit, entry.event_date) is None and not any(f.field == "event_date" for f in faults):
            text = f"{unit}在{entry.event_date}不在组织树中，请核对日期。"
            faults.append(Fault("event_date", text))
        for other in entry.participants:
            if other.exists_on(entry.event_date) and self.lineage(other, entry.event_date) is None:
                faults.append(Fault("participants", f"参加单位{other}当日不在组织树中，请移除。"))
        for code in entry.programmes:
            if code not in self._programmes:
                faults.append(Fault("programmes", f"没有专题“{code}”，请重新选。"))
        return faults


@dataclass(frozen=True)
class Incoming:
    """An entry and where it came from (file, sheet, row)."""

    entry: Entry
    source: str


@transaction.atomic
def submit_many(
    incoming: Sequence[Incoming],
    *,
    preparer: User,
    registry: Registry,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Record and submit all of these, or none; `progress` is told how many are done. Returns their number.

    Raises EntryError for the first entry that has faults.
    """
    version = catalogue_version()
    for start in range(0, len(incoming), BATCH):
        batch = incoming[start : start + BATCH]
        for item in batch:
            if faults := registry.faults(item.entry):
                raise EntryError(faults)
        _write(batch, preparer, version, registry)
        progress(start + len(batch))
    return len(incoming)


def _write(batch: Sequence[Incoming], preparer: User, version: str, registry: Registry) -> None:
    now = timezone.now()
    vouchers = Voucher.objects.bulk_create(
        Voucher(
            kind=item.entry.kind.code,
            catalogue_version_id=version,
            unit=item.entry.unit,
            lineage=registry.lineage(item.entry.unit, item.entry.event_date),
            title=item.entry.title.strip(),
            search_key=search_key(item.entry.title.strip()),
            event_date=item.entry.event_date,
            end_date=item.entry.end_date,
            values=item.entry.values,
            state=Voucher.State.SUBMITTED,
            submitted_at=now,
            recorded_on=registry.today(item.entry.unit),
            preparer=preparer,
            source=item.source[:120],
        )
        for item in batch
    )
    pairs = [(voucher, item.entry) for voucher, item in zip(vouchers, batch, strict=True)]
    VoucherProgramme.objects.bulk_create(
        VoucherProgramme(voucher=voucher, programme=code)
        for voucher, entry in pairs
        for code in dict.fromkeys(entry.programmes)
    )
    VoucherPerson.objects.bulk_create(
        (
            VoucherPerson(voucher=voucher, field=code, person=person, attendance=attendance)
            for voucher, entry in pairs
            for code, people in entry.people.items()
            for person, attendance in people
        ),
        batch_size=2000,
    )
    VoucherUnit.objects.bulk_create(
        VoucherUnit(voucher=voucher, unit=unit, lineage=registry.lineage(unit, entry.event_date))
        for voucher, entry in pairs
        for unit in entry.participants
    )
    _write_matters(pairs)
    TrailEntry.objects.bulk_create(
        TrailEntry(voucher=voucher, step=step, actor=preparer, at=now)
        for voucher in vouchers
        for step in (TrailEntry.Step.DRAFTED, TrailEntry.Step.SUBMITTED)
    )


def _write_matters(pairs: Iterable[tuple[Voucher, Entry]]) -> None:
    links: list[VoucherMatter] = []
    for voucher, entry in pairs:
        for spec in entry.kind.fields:
            given = entry.matters.get(spec.code) or (entry.title.strip() if spec.creates else None)
            if spec.type != "matter" or not given:
                continue
            matter = given if isinstance(given, Matter) else _open(spec.matter_kind or "", given, voucher)
            if spec.creates:
                link_origins(matter, entry.matters.values())
            links.append(
                VoucherMatter(voucher=voucher, matter=matter, field=spec.code, moves_to=spec.moves_to or "")
            )
    VoucherMatter.objects.bulk_create(links)


def _open(kind: str, title: str, voucher: Voucher) -> Matter:
    return Matter.objects.create(
        kind=kind,
        unit=voucher.unit,
        lineage=voucher.lineage,
        title=title[:120],
        search_key=search_key(title[:120]),
    )
