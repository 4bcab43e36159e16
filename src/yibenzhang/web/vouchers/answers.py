"""What a voucher says, question by question, in words."""

from dataclasses import dataclass, field

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import FieldSpec, Option
from yibenzhang.kernel.quantities import grouped
from yibenzhang.organisation.models import Unit
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter, VoucherPerson

ATTENDANCE = dict(VoucherPerson.Attendance.choices)


@dataclass(frozen=True)
class Answer:
    """One question and its answer; a `matter` is linked, `items` are listed."""

    label: str
    text: str
    matter: Matter | None = None
    items: list[str] = field(default_factory=list)


def answers_of(entry: Entry, catalogue: Catalogue | None = None) -> list[Answer]:
    """Every answer given, in the order of the form; questions left empty are left out.

    `catalogue` names options and programmes, the one in force when it is not given.
    """
    catalogue = catalogue or current_catalogue()
    days = f"{entry.event_date}至{entry.end_date}" if entry.end_date else str(entry.event_date)
    found = [Answer("标题", entry.title), Answer("日期", days)]
    if entry.programmes:
        known = catalogue.programmes
        names = [known[code].name if code in known else code for code in entry.programmes]
        found.append(Answer("专题", "、".join(names)))
    if entry.participants:
        found.append(Answer("参加单位", "、".join(str(unit) for unit in entry.participants)))
    units = _units(entry)
    return found + [
        answer for spec in entry.kind.fields if (answer := _answer(entry, spec, units, catalogue))
    ]


def _units(entry: Entry) -> dict[str, str]:
    codes = [entry.values.get(spec.code) for spec in entry.kind.fields if spec.type == "unit"]
    wanted = [code for code in codes if isinstance(code, str)]
    return {unit.code: str(unit) for unit in Unit.objects.filter(code__in=wanted)} if wanted else {}


def _answer(entry: Entry, spec: FieldSpec, units: dict[str, str], catalogue: Catalogue) -> Answer | None:
    if spec.type == "matter":
        given = entry.matters.get(spec.code) or (entry.title if spec.creates else "")
        if not given:
            return None
        return Answer(spec.name, str(given), matter=given if isinstance(given, Matter) else None)
    if spec.type in {"person", "people", "attendance"}:
        return _people(entry, spec)
    value = entry.values.get(spec.code)
    if value in (None, "", []):
        return None
    if spec.type == "agenda" and isinstance(value, list):
        names = {option.code: option.name for option in _options(spec, catalogue)}
        items = [f"{item.get('text')}（{names.get(item.get('kind'), '未分类')}）" for item in value]
        return Answer(spec.name, "；".join(items), items=items)
    if spec.type in {"choice", "choices"}:
        names = {option.code: option.name for option in _options(spec, catalogue)}
        codes = value if isinstance(value, list) else [value]
        return Answer(spec.name, "、".join(names.get(str(code), str(code)) for code in codes))
    if spec.type in {"integer", "money"} and isinstance(value, int):
        return Answer(spec.name, f"{grouped(value)} 元" if spec.type == "money" else grouped(value))
    if spec.type == "unit":
        return Answer(spec.name, units.get(str(value), str(value)))
    return Answer(spec.name, str(value))


def _options(spec: FieldSpec, catalogue: Catalogue) -> list[Option]:
    return catalogue.options(spec) if spec.choices or spec.options else []


def _people(entry: Entry, spec: FieldSpec) -> Answer | None:
    rows = entry.people.get(spec.code, [])
    if not rows:
        return None
    if spec.type != "attendance":
        return Answer(spec.name, "、".join(person.name for person, _ in rows))
    parts = []
    due = [state for _, state in rows if state != VoucherPerson.Attendance.OBSERVER]
    parts.append(f"应到 {len(due)} 人")
    for state, word in ATTENDANCE.items():
        names = [person.name for person, given in rows if given == state]
        if state == VoucherPerson.Attendance.PRESENT:
            parts.append(f"实到 {len(names)} 人")
        elif names:
            parts.append(f"{word} {len(names)} 人（{'、'.join(names)}）")
    return Answer(spec.name, "，".join(parts))
