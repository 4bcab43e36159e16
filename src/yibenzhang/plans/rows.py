"""Rows of a plan as people write them: read into drafts of items with every fault named, and written back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Person, Unit
from yibenzhang.organisation.queries import own_units
from yibenzhang.plans.columns import COLUMNS, USUAL_KIND, Column
from yibenzhang.plans.due import read_day, read_due
from yibenzhang.plans.models import PlanItem
from yibenzhang.plans.names import Names, parted

Row = dict[str, str]
T = TypeVar("T")
When = tuple[int | None, date | None]
NO_TIME: When = (None, None)
NO_UNITS: tuple[Unit, ...] = ()
LONGEST = {"text": 200, "materials": 1000, "origin": 120, "host": 60, "place": 60}
MOST_ROWS = 200
NUMBERS = {"expected": 100_000, "days": 366, "times": 366}


@dataclass(frozen=True)
class RowFault:
    """Something to change: the row's number, the column and what to do."""

    row: int
    column: Column
    message: str

    def __str__(self) -> str:
        return f"第 {self.row} 行“{self.column.heading}”：{self.message}"


class RowsError(BookError):
    """Rows that cannot be taken as they are; `faults` lists everything, in order."""

    def __init__(self, faults: list[RowFault]) -> None:
        super().__init__("；".join(str(fault) for fault in faults[:20]), field="rows")
        self.faults = faults


@dataclass(frozen=True)
class ItemDraft:
    """What an item is to say, understood."""

    text: str
    lead: Unit
    month: int | None = None
    deadline: date | None = None
    kind: str = ""
    supporting: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    programmes: tuple[str, ...] = ()
    values: dict[str, object] = field(default_factory=dict)
    milestones: tuple[tuple[date, str], ...] = ()
    origin: str = ""


def is_blank(row: Row) -> bool:
    """True when nothing is written in the row."""
    return not any(text.strip() for text in row.values())


def read_rows(rows: Iterable[tuple[int, Row]], *, sort: str, year: int, names: Names) -> list[ItemDraft]:
    """Understand numbered rows of a plan; blank ones are passed over. Raises RowsError with every fault."""
    drafts, faults = [], []
    for number, row in rows:
        if is_blank(row):
            continue
        reading = _RowReading(number, row, sort, year, names)
        drafts.append(reading.draft())
        faults += reading.faults
    if len(drafts) > MOST_ROWS:
        column = COLUMNS[sort][0]
        faults.append(RowFault(MOST_ROWS + 1, column, f"一份计划最多 {MOST_ROWS} 行，请分成几份。"))
    if faults:
        raise RowsError(faults)
    return drafts


class _RowReading:
    """One row being read. A cell that cannot be understood leaves a fault and stands empty in the draft."""

    def __init__(self, number: int, row: Row, sort: str, year: int, names: Names) -> None:
        self.number, self.row, self.sort, self.year, self.names = number, row, sort, year, names
        self.columns = {column.code: column for column in COLUMNS[sort]}
        self.faults: list[RowFault] = []

    def draft(self) -> ItemDraft:
        text = self._cell("text", self._required, "")
        month, deadline = self._cell("due", self._due, NO_TIME)
        lead = self._cell("lead", self.names.unit, self.names.home)
        kind = self._cell("kind", self.names.kind, USUAL_KIND[self.sort])
        if kind and not self.faults:
            self._check_recorder(kind, lead)
        supporting = self._cell("supporting", self._units, NO_UNITS)
        people: list[Person] = []
        return ItemDraft(
            text=text, lead=lead, month=month, deadline=deadline, kind=kind,
            supporting=tuple(unit for unit in supporting if unit != lead),
            people=tuple(self._cell("people", lambda cell: self.names.people(parted(cell)), people)),
            programmes=tuple(self._cell("programmes", self._programmes, [])),
            values=self._values(),
            milestones=self._cell("milestones", self._milestones, ()),
            origin=self._cell("origin", lambda cell: cell, ""),
        )  # fmt: skip

    def _cell(self, code: str, understand: Callable[[str], T], empty: T) -> T:
        column = self.columns.get(code)
        if column is None:
            return empty
        text = self.row.get(code, "").strip()
        if not text:
            if column.required:
                self._fault(column, f"请填写{column.heading}。")
            return empty
        limit = LONGEST.get(code, 300)
        try:
            if len(text) > limit:
                raise BookError(f"有 {len(text)} 字，请缩短到 {limit} 字以内。")
            return understand(text)
        except BookError as error:
            self._fault(column, error.message)
            return empty

    def _fault(self, column: Column, message: str) -> None:
        self.faults.append(RowFault(self.number, column, message))

    @staticmethod
    def _required(text: str) -> str:
        return text

    def _due(self, text: str) -> When:
        return read_due(text, self.year)

    def _units(self, text: str) -> tuple[Unit, ...]:
        return tuple(dict.fromkeys(self.names.unit(part) for part in parted(text)))

    def _programmes(self, text: str) -> list[str]:
        return list(dict.fromkeys(self.names.programme(part) for part in parted(text)))

    def _milestones(self, text: str) -> tuple[tuple[date, str], ...]:
        found = []
        for part in text.replace(";", "；").replace("\n", "；").split("；"):
            if part.strip():
                day, _, what = part.strip().partition(" ")
                if not what.strip():
                    raise BookError("每个节点写成“06-30 完成调研”，日期和内容之间空一格。")
                found.append((read_day(day, self.year), what.strip()[:100]))
        return tuple(found)

    def _values(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for code in ("materials", "host", "place"):
            found[code] = self._cell(code, lambda cell: cell, "")
        for code in NUMBERS:
            found[code] = self._cell(code, lambda cell, code=code: _number(cell, code), None)  # type: ignore[misc]
        found["audience"] = self._cell("audience", _audience, "")
        return {code: value for code, value in found.items() if value not in ("", None)}

    def _check_recorder(self, kind: str, lead: Unit) -> None:
        """The lead, or a body it holds, must be able to record the kind, or the item could never be fulfilled."""
        spec = current_catalogue().kind(kind)
        types = set(Unit.objects.filter(pk__in=own_units(lead)).values_list("unit_type", flat=True))
        if not types & set(spec.recorded_by):
            column = self.columns.get("kind") or self.columns["text"]
            self._fault(column, f"{lead}不记“{spec.name}”，请换一种凭证或换牵头单位。")


def _number(text: str, code: str) -> int:
    plain = text.rstrip("人名天次期场 ")
    if not (plain.isdecimal() and len(plain) < 7 and 0 < int(plain) <= NUMBERS[code]):
        raise BookError(f"“{text[:20]}”应是大于零的整数，请只写数字。")
    return int(plain)


def _audience(text: str) -> str:
    """The option's code where the catalogue has the name; other words stay as they are."""
    options = current_catalogue().choices.get("audiences", [])
    return next((option.code for option in options if text in {option.name, option.code}), text[:60])


def draft_of(item: PlanItem) -> ItemDraft:
    """The item as it stands, as a draft."""
    return ItemDraft(
        text=item.text,
        lead=item.lead,
        month=item.month,
        deadline=item.deadline,
        kind=item.kind,
        supporting=tuple(row.unit for row in item.supporting.all()),
        people=tuple(item.people.all()),
        programmes=tuple(item.programmes),
        values=dict(item.values),
        milestones=tuple((row.due, row.text) for row in item.milestones.all()),
        origin=item.origin,
    )


def row_of(item: PlanItem, names: Names | None = None) -> Row:
    """The item as a row: what its author would write. With `names`, so that it is understood again without doubt."""
    catalogue = current_catalogue()
    unit_label = names.unit_label if names else str
    person_label = names.person_label if names else str
    values = item.values
    audience = {option.code: option.name for option in catalogue.choices.get("audiences", [])}
    month, deadline = item.month, item.deadline
    row = {
        "text": item.text,
        "due": deadline.isoformat() if deadline else f"{month}月" if month else "",
        "lead": unit_label(item.lead),
        "supporting": "、".join(unit_label(row.unit) for row in item.supporting.all()),
        "people": "、".join(person_label(person) for person in item.people.all()),
        "programmes": "、".join(
            catalogue.programmes[code].name for code in item.programmes if code in catalogue.programmes
        ),
        "kind": "" if item.kind == USUAL_KIND[item.plan.sort] else item.kind_name,
        "milestones": "；".join(f"{_day(m.due, item.plan.year)} {m.text}" for m in item.milestones.all()),
        "origin": item.origin,
        "audience": audience.get(str(values.get("audience", "")), str(values.get("audience", ""))),
        **{code: str(values.get(code, "")) for code in ("materials", "host", "place", *NUMBERS)},
    }
    return {column.code: row[column.code] for column in COLUMNS[item.plan.sort]}


def _day(day: date, year: int) -> str:
    return f"{day:%m-%d}" if day.year == year else day.isoformat()
