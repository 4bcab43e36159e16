"""Vouchers in and out: checked as the form checks them, submitted as a whole, exported as they can be imported."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet

from yibenzhang.access.models import User
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Kind
from yibenzhang.exchange.columns import Table
from yibenzhang.exchange.findings import DUPLICATE, FAULTY, NEW, SKIPPED, Findings, Outcome
from yibenzhang.exchange.lookup import Matters, People, Reach, Units
from yibenzhang.exchange.matching import Row
from yibenzhang.exchange.voucher_rows import Reading, RowReader, settle
from yibenzhang.exchange.voucher_table import field_code, table_of
from yibenzhang.vouchers.bulk import Incoming, Registry, submit_many
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter, Voucher, VoucherMatter, VoucherPerson, VoucherUnit

Progress = Callable[[str, int, int], None]
Key = tuple[int, str, date, str]
REVERSED = "已冲销"
LIVE = [Voucher.State.SUBMITTED, Voucher.State.RETURNED, Voucher.State.POSTED]
CONTENT = ("people", "programmes", "participants", "matters__matter")


def tables(kinds: Iterable[Kind] | None = None) -> list[Table]:
    """The sheets of these kinds, of all kinds when None."""
    return [table_of(kind) for kind in (current_catalogue().kinds.values() if kinds is None else kinds)]


class VoucherImport:
    """One file of vouchers: `check` finds what would happen, `apply` does it."""

    def __init__(self, rows: list[Row], reach: Reach, progress: Progress) -> None:
        self.rows, self.progress = rows, progress
        self.matters = Matters(reach)
        self.reader = RowReader(Units(reach), People(reach), self.matters)
        self.registry = Registry()
        self.wanted: list[Reading] = []

    def check(self) -> Findings:
        """Judge every row; changes nothing."""
        findings = Findings()
        readings: list[Reading] = []
        for number, row in enumerate(self.rows, start=1):
            if str(row.cells.get("state") or "").strip() == REVERSED:
                title = str(row.cells.get("title") or "")
                findings.outcomes.append(Outcome(row.sheet, row.number, SKIPPED, title, "已冲销的凭证不导入"))
            else:
                readings.append(self.reader.read(row))
            self.progress("读取", number, len(self.rows))
        settle(readings, self.matters)
        for number, reading in enumerate(readings, start=1):
            self._add_form_faults(reading)
            self.progress("核对", number, len(readings))
        self._judge(readings, findings)
        findings.outcomes.sort(key=lambda outcome: outcome.row)
        return findings

    def _add_form_faults(self, reading: Reading) -> None:
        if reading.entry is None:
            return
        told = {fault.column for fault in reading.faults}
        probe = Entry(**{**vars(reading.entry), "matters": {**reading.entry.matters, **_titles(reading)}})
        for fault in self.registry.faults(probe):
            column = fault.field if fault.field in _HEAD else f"field.{fault.field}"
            column = "programme" if fault.field == "programmes" else column
            found = reading.row.fault(column, fault.message)
            if found.column not in told:
                reading.faults.append(found)

    def _judge(self, readings: list[Reading], findings: Findings) -> None:
        sound = [reading for reading in readings if reading.entry is not None and not reading.faults]
        kept = _existing({_key(reading) for reading in sound})
        seen: dict[str, int] = {}
        for reading in readings:
            row = reading.row
            what, note = NEW, ""
            if reading.faults:
                what = FAULTY
                findings.faults += reading.faults
            else:
                digest = content_of(reading)
                if kept[digest]:
                    kept[digest] -= 1
                    what = DUPLICATE
                else:
                    self.wanted.append(reading)
                    if digest in seen:
                        note = f"与第 {seen[digest]} 行内容相同，如是重复请删去一行"
                seen.setdefault(digest, row.number)
            title = reading.entry.title if reading.entry else str(row.cells.get("title") or "")
            findings.outcomes.append(Outcome(row.sheet, row.number, what, title, note))

    def apply(self, *, user: User, file_name: str) -> int:
        """Submit what `check` found new, in waves: a row that names a matter waits for the row that opens it."""
        total, done, waiting = len(self.wanted), 0, self.wanted
        while waiting:
            ready = [reading for reading in waiting if not reading.awaits]
            if not ready:
                raise RuntimeError("rows await matters that no row opens; check() should have refused them")
            incoming = [
                Incoming(reading.entry, f"{file_name[:70]} {reading.row.sheet[:31]} 第{reading.row.number}行")
                for reading in ready
                if reading.entry is not None
            ]
            done += submit_many(
                incoming,
                preparer=user,
                registry=self.registry,
                progress=partial(self._written, done, total),
            )
            waiting = [reading for reading in waiting if reading.awaits]
            self.matters.reload()
            settle(waiting, self.matters)
        return done

    def _written(self, before: int, total: int, count: int) -> None:
        self.progress("写入", before + count, total)


_HEAD = {"unit", "title", "event_date", "end_date", "participants"}


def _titles(reading: Reading) -> dict[str, Matter | str]:
    return {code: title for code, (_, title) in reading.awaits.items()}


def _key(reading: Reading) -> Key:
    entry = reading.entry
    assert entry is not None  # noqa: S101  callers pass readings with an entry
    return (entry.unit.pk, entry.kind.code, entry.event_date, entry.title.strip())


def content_of(reading: Reading) -> str:
    """Digest of what a row says, equal to that of the voucher it would become."""
    entry = reading.entry
    assert entry is not None  # noqa: S101
    matters: dict[str, str] = {code: title for code, (_, title) in reading.awaits.items()}
    for spec in entry.kind.fields:
        given = entry.matters.get(spec.code) or (entry.title.strip() if spec.creates else None)
        if spec.type == "matter" and given:
            matters[spec.code] = given.title if isinstance(given, Matter) else given[:120]
    return _digest(
        _key(reading),
        entry.end_date,
        entry.values,
        [(code, person.pk, how) for code, people in entry.people.items() for person, how in people],
        entry.programmes,
        [unit.pk for unit in entry.participants],
        matters,
    )


def _digest(
    key: Key,
    end: date | None,
    values: dict[str, Any],
    people: list[tuple[str, int, str]],
    programmes: list[str],
    participants: list[int],
    matters: dict[str, str],
) -> str:
    told = {code: value for code, value in values.items() if value not in (None, "", [])}
    content = [
        *map(str, key),
        str(end),
        told,
        sorted(people),
        sorted(set(programmes)),
        sorted(participants),
        matters,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _existing(keys: set[Key]) -> Counter[str]:
    """How many live vouchers of each content the book holds, among those that share unit, kind, day and title."""
    found: Counter[str] = Counter()
    if not keys:
        return found
    days = [key[2] for key in keys]
    rows = Voucher.objects.filter(
        state__in=LIVE,
        unit_id__in={key[0] for key in keys},
        event_date__gte=min(days),
        event_date__lte=max(days),
    )
    heads = rows.values_list("pk", "unit_id", "kind", "event_date", "title")
    same = [pk for pk, *key in heads.iterator(chunk_size=5000) if tuple(key) in keys]
    for start in range(0, len(same), 500):
        batch = Voucher.objects.filter(pk__in=same[start : start + 500]).prefetch_related(*CONTENT)
        found.update(voucher_content(voucher) for voucher in batch)
    return found


def voucher_content(voucher: Voucher) -> str:
    """Digest of what a stored voucher says."""
    return _digest(
        (voucher.unit_id, voucher.kind, voucher.event_date, voucher.title),
        voucher.end_date,
        voucher.values,
        [(row.field, row.person_id, row.attendance) for row in voucher.people.all()],
        [row.programme for row in voucher.programmes.all()],
        [row.unit_id for row in voucher.participants.all()],
        {row.field: row.matter.title for row in voucher.matters.all()},
    )


def exported(
    rows: QuerySet[Voucher], *, mask: Callable[[str], str] | None
) -> Iterator[tuple[Table, Iterator[dict[str, object]]]]:
    """The sheets of these vouchers, kinds in the catalogue's order; drafts are nobody's business and stay out.

    With `mask` names are covered; such an export is for reading and cannot be imported.
    """
    reach = Reach.everything()
    people, matters = People(reach), Matters(reach)
    shown = rows.exclude(state=Voucher.State.DRAFT)
    present = set(shown.order_by().values_list("kind", flat=True).distinct())
    for kind in current_catalogue().kinds.values():
        if kind.code in present:
            yield table_of(kind), _records(kind, shown.filter(kind=kind.code), people, matters, mask)


def _records(
    kind: Kind, rows: QuerySet[Voucher], people: People, matters: Matters, mask: Callable[[str], str] | None
) -> Iterator[dict[str, object]]:
    ordered = rows.order_by("event_date", "id").select_related("unit")
    # Joined rather than prefetched twice: a list of thousands of keys is too deep an expression for SQLite.
    detail: tuple[Any, ...] = (
        Prefetch("people", VoucherPerson.objects.select_related("person")),
        Prefetch("participants", VoucherUnit.objects.select_related("unit")),
        Prefetch("matters", VoucherMatter.objects.select_related("matter")),
        "programmes",
    )
    names = {entry.code: entry.name for entry in current_catalogue().programmes.values()}
    for voucher in ordered.prefetch_related(*detail).iterator(chunk_size=500):
        record: dict[str, object] = {
            "unit": voucher.unit.code,
            "event_date": voucher.event_date,
            "end_date": voucher.end_date,
            "title": voucher.title,
            "programme": "；".join(
                names.get(row.programme, row.programme) for row in voucher.programmes.all()
            ),
            "participants": "；".join(row.unit.code for row in voucher.participants.all()),
            "number": voucher.number,
            "state": voucher.get_state_display(),
        }
        for spec in kind.fields:
            if spec.type in {"person", "people", "attendance"}:
                record[field_code(spec)] = _names(voucher, spec.code, people, mask)
            elif spec.type == "matter":
                links = [row.matter for row in voucher.matters.all() if row.field == spec.code]
                title = "；".join(
                    matter.title if spec.creates else matters.label(matter, voucher.unit) for matter in links
                )
                record[field_code(spec)] = title
            else:
                record[field_code(spec)] = _shown(
                    voucher.values.get(spec.code), spec.type, current_catalogue().options(spec)
                )
        yield record


def _names(voucher: Voucher, field: str, people: People, mask: Callable[[str], str] | None) -> str:
    shown = []
    for row in sorted(voucher.people.all(), key=lambda row: row.pk):
        if row.field == field:
            name = mask(row.person.name) if mask else people.label(voucher.unit, row.person)
            how = "" if row.attendance == "present" else f"（{row.get_attendance_display()}）"
            shown.append(f"{name}{how}")
    return "；".join(shown)


def _shown(value: Any, field_type: str, options: list[Any]) -> object:
    names = {option.code: option.name for option in options}
    if value is None:
        return None
    match field_type:
        case "date":
            return date.fromisoformat(value)
        case "choice":
            return names.get(value, value)
        case "choices":
            return "；".join(names.get(code, code) for code in value)
        case "agenda":
            return "\n".join(
                f"{names.get(item.get('kind'), item.get('kind'))}｜{item.get('text')}" for item in value
            )
    return value
