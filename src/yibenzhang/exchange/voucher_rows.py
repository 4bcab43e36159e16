"""From a row to an entry of a voucher kind, and back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import FieldSpec
from yibenzhang.exchange.cells import Cell, CellError, chosen, day_of, items_of, text_of, whole_number_of
from yibenzhang.exchange.findings import RowFault
from yibenzhang.exchange.lookup import Matters, People, Units
from yibenzhang.exchange.matching import Row
from yibenzhang.exchange.voucher_table import ATTENDANCE, DEFAULT_AGENDA, EVERYBODY, field_code
from yibenzhang.organisation.models import Person, Unit
from yibenzhang.organisation.queries import members_on
from yibenzhang.vouchers.entry import Entry

_PRESENCE = re.compile(r"(.+?)\s*[（(](实到|请假|缺席|列席)[）)]")


@dataclass
class Reading:
    """An entry as far as it could be read. `awaits` names matters that other rows of the file open."""

    row: Row
    entry: Entry | None
    faults: list[RowFault]
    awaits: dict[str, tuple[str, str]] = field(default_factory=dict)


class RowReader:
    """Reads rows of any kind against the book."""

    def __init__(self, units: Units, people: People, matters: Matters) -> None:
        self.units, self.people, self.matters = units, people, matters
        self.catalogue = current_catalogue()
        self.programmes = {entry.name: entry.code for entry in self.catalogue.programmes.values()}
        self._members: dict[tuple[int, object], list[Person]] = {}

    def read(self, row: Row) -> Reading:
        """The entry of a row, or its faults. Reversed vouchers of an export are the caller's to skip."""
        kind = self.catalogue.kind(row.table.code)
        faults: list[RowFault] = []
        unit: Any = row.read("unit", lambda cell: self.units.writable(text_of(cell)), faults)
        day: Any = row.read("event_date", day_of, faults)
        if day is None and not any(fault.column == "日期" for fault in faults):
            faults.append(row.fault("event_date", "请填写日期。"))
        if unit is None or day is None:
            return Reading(row, None, faults)
        title: Any = row.read("title", text_of, faults)
        end: Any = row.read("end_date", day_of, faults)
        entry = Entry(unit=unit, kind=kind, title=title or "", event_date=day, end_date=end)
        entry.programmes = self._list(row, "programme", lambda text: chosen(text, self.programmes), faults)
        entry.participants = self._list(row, "participants", self.units.find, faults)
        reading = Reading(row, entry, faults)
        for spec in kind.fields:
            self._field(spec, reading)
        return reading

    def _list(self, row: Row, column: str, parse: Callable[[str], Any], faults: list[RowFault]) -> list[Any]:
        def each(cell: Cell) -> list[Any]:
            return list(dict.fromkeys(parse(item) for item in items_of(cell)))

        found = row.read(column, each, faults)
        return found if isinstance(found, list) else []

    def _field(self, spec: FieldSpec, reading: Reading) -> None:
        entry, row, code = reading.entry, reading.row, field_code(spec)
        if entry is None:
            return
        if spec.type in {"person", "people", "attendance"}:
            people: Any = row.read(code, lambda cell: self._people(spec, cell, entry), reading.faults)
            if people:
                entry.people[spec.code] = people
        elif spec.type == "matter":
            row.read(code, lambda cell: self._matter(spec, text_of(cell), reading), reading.faults)
        else:
            value: Any = row.read(code, lambda cell: self._value(spec, cell), reading.faults)
            if value not in (None, "", []):
                entry.values[spec.code] = value

    def _value(self, spec: FieldSpec, cell: Cell) -> object:
        options = {option.name: option.code for option in self.catalogue.options(spec)}
        match spec.type:
            case "integer" | "money":
                return whole_number_of(cell)
            case "date":
                day = day_of(cell)
                return day.isoformat() if day else None
            case "choice":
                text = text_of(cell)
                return chosen(text, options) if text else None
            case "choices":
                given = {chosen(item, options) for item in items_of(cell)}
                return [code for code in options.values() if code in given]
            case "agenda":
                return [_agenda_item(line, options) for line in text_of(cell).splitlines() if line.strip()]
            case "unit":
                text = text_of(cell)
                return self.units.find(text).code if text else None
        return text_of(cell)

    def _people(self, spec: FieldSpec, cell: Cell, entry: Entry) -> list[tuple[Person, str]]:
        found: dict[int, tuple[Person, str]] = {}
        for item in items_of(cell):
            if item == EVERYBODY and spec.type == "attendance":
                found |= {person.pk: (person, "present") for person in self._everybody(entry.unit, entry)}
                continue
            marked = _PRESENCE.fullmatch(item)
            name, presence = (marked[1], ATTENDANCE[marked[2]]) if marked else (item, "present")
            person = self.people.find(entry.unit, name)
            found[person.pk] = (person, presence)
        return list(found.values())

    def _everybody(self, unit: Unit, entry: Entry) -> list[Person]:
        place = (unit.pk, entry.event_date)
        if place not in self._members:
            self._members[place] = list(members_on(unit, entry.event_date))
        return self._members[place]

    def _matter(self, spec: FieldSpec, text: str, reading: Reading) -> None:
        entry, kind = reading.entry, spec.matter_kind or ""
        if entry is None:
            return
        if spec.creates:
            title = (text or entry.title)[:120]
            entry.matters[spec.code] = self.matters.unopened(kind, title, entry.unit) or title
            self.matters.promise(kind, title, entry.unit)
        elif text:
            # Looked up when all rows are read: the row that opens it may stand further down.
            reading.awaits[spec.code] = (kind, text)


def settle(readings: list[Reading], matters: Matters) -> None:
    """Put found matters in place of awaited titles; what only this file opens stays awaited, what nobody opens is a
    fault."""
    for reading in readings:
        if reading.entry is None:
            continue
        for code, (kind, text) in list(reading.awaits.items()):
            try:
                matter = matters.find(kind, text, reading.entry.unit)
            except CellError as error:
                reading.faults.append(reading.row.fault(f"field.{code}", error.message))
                del reading.awaits[code]
                continue
            if matter is not None:
                reading.entry.matters[code] = matter
                del reading.awaits[code]


def _agenda_item(line: str, options: dict[str, str]) -> dict[str, str]:
    kind, mark, text = line.replace("|", "｜").partition("｜")
    if not mark:
        return {"text": line.strip()[:200], "kind": DEFAULT_AGENDA}
    if not text.strip():
        raise CellError(f"议程“{line[:20]}”缺少内容，请写成 类别｜内容。")
    return {"text": text.strip(), "kind": chosen(kind.strip(), options)}
