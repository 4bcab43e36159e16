"""The recording form as sent: read into an entry, with what could not be understood kept as typed."""

from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict

from yibenzhang.access.scope import Actor
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import FieldSpec, Kind
from yibenzhang.organisation.models import Membership, Person, Unit
from yibenzhang.organisation.queries import members_on
from yibenzhang.vouchers.entry import Entry, Fault
from yibenzhang.vouchers.models import VoucherPerson
from yibenzhang.web.record.finders import MatterFinder, PeopleFinder, UnitFinder
from yibenzhang.web.record.picking import Finder, Pick, Picked, pick
from yibenzhang.web.record.typed import parse_day, whole_number

PRESENT, OBSERVER = VoucherPerson.Attendance.PRESENT, VoucherPerson.Attendance.OBSERVER
SEAT_STATES = {
    VoucherPerson.Attendance.PRESENT,
    VoucherPerson.Attendance.EXCUSED,
    VoucherPerson.Attendance.ABSENT,
}
LONGEST_TEXT = 20_000


@dataclass
class Reading:
    """An entry as read from the form. `typed` keeps dates that cannot be read, `candidates` offers namesakes."""

    entry: Entry
    faults: list[Fault] = field(default_factory=list)
    typed: dict[str, str] = field(default_factory=dict)
    candidates: dict[str, tuple[Pick, ...]] = field(default_factory=dict)


def input_name(code: str) -> str:
    """Name of a kind's field in the form; the prefix keeps it apart from title, date and unit."""
    return f"f-{code}"


def read_form(
    post: QueryDict, *, actor: Actor, kind: Kind, unit: Unit, today: date, known: list[Person]
) -> Reading:
    """Read the whole form. `known` are persons already on the voucher; `today` stands in for an unreadable date."""
    reading = Reading(Entry(unit, kind, _text(post, "title"), today))
    entry = reading.entry
    entry.event_date = _day(post, "event_date", "请填日期，写成 2024-08-31 这样。", reading) or today
    if kind.spans_days and post.get("end_date", "").strip():
        entry.end_date = _day(post, "end_date", "结束日期看不懂，请写成 2024-08-31 这样。", reading)
    known_programmes = current_catalogue().programmes
    entry.programmes = [
        code for code in dict.fromkeys(post.getlist("programmes")) if code in known_programmes
    ]
    reading.faults += programme_faults(entry)
    if kind.joint:
        finder = UnitFinder(unit, entry.event_date, kind.recorded_by)
        picked = _picked(post, "participants", "participants", finder, reading)
        entry.participants = picked.found
        if picked.leftover:
            entry.values["participants_text"] = picked.leftover
    people = PeopleFinder(actor, unit, entry.event_date, known=known)
    for spec in kind.fields:
        _read_field(post, spec, people, actor, reading)
    return reading


def programme_faults(entry: Entry) -> list[Fault]:
    """Programmes whose window does not hold the day of the event."""
    catalogue, faults = current_catalogue(), []
    for code in entry.programmes:
        programme = catalogue.programmes.get(code)
        if programme and not (
            programme.starts <= entry.event_date
            and (programme.ends is None or entry.event_date <= programme.ends)
        ):
            until = f"至{programme.ends}" if programme.ends else "起"
            text = f"“{programme.name}”的时段是{programme.starts}{until}，不含这一天，请去掉或改日期。"
            faults.append(Fault("programmes", text))
    return faults


def _read_field(
    post: QueryDict, spec: FieldSpec, people: PeopleFinder, actor: Actor, reading: Reading
) -> None:
    entry, name = reading.entry, input_name(spec.code)
    match spec.type:
        case "attendance":
            entry.people[spec.code] = _attendance(post, spec, people, reading)
        case "person" | "people":
            picked = _picked(post, name, spec.code, people, reading)
            entry.people[spec.code] = [(person, PRESENT) for person in picked.found]
            _keep(entry, spec.code, picked.leftover)
        case "matter":
            _matter(post, spec, actor, reading)
        case "unit":
            picked = _picked(post, name, spec.code, UnitFinder(entry.unit, entry.event_date), reading)
            if len(picked.found) > 1:
                reading.faults.append(Fault(spec.code, f"{spec.name}只能选一个单位，请去掉其余的。"))
            _keep(entry, spec.code, picked.found[0].code if picked.found else picked.leftover)
        case "agenda":
            _keep(entry, spec.code, _agenda(post, name))
        case "choices":
            given = set(post.getlist(name))
            order = [option.code for option in current_catalogue().options(spec)]
            _keep(entry, spec.code, [code for code in order if code in given] + sorted(given - set(order)))
        case "integer" | "money":
            _keep(entry, spec.code, whole_number(_text(post, name), money=spec.type == "money"))
        case "date":
            text = _text(post, name)
            day = parse_day(text)
            _keep(entry, spec.code, day.isoformat() if day else text)
        case _:
            _keep(entry, spec.code, _text(post, name))


def _keep(entry: Entry, code: str, value: object) -> None:
    if value not in ("", [], None):
        entry.values[code] = value


def _picked(post: QueryDict, name: str, code: str, finder: Finder, reading: Reading) -> Picked:
    picked = pick(finder, post.getlist(name), _text(post, f"{name}.names"))
    if picked.message:
        reading.faults.append(Fault(code, picked.message))
        reading.candidates[code] = picked.candidates
    return picked


def _attendance(
    post: QueryDict, spec: FieldSpec, people: PeopleFinder, reading: Reading
) -> list[tuple[Person, str]]:
    entry, name = reading.entry, input_name(spec.code)
    roster = list(members_on(entry.unit, entry.event_date))
    same_unit = post.get("roster_of") == entry.unit.code
    prefix = f"{name}."
    sent = (
        {key.removeprefix(prefix): post[key] for key in post if key.startswith(prefix)} if same_unit else {}
    )
    keys = [key for key in sent if key.isdecimal()]
    guests = _not_members(people.by_keys(keys), roster, entry.unit)
    seated = {person.pk: person for person in [*roster, *guests]}
    rows = []
    for key, person in seated.items():
        state = sent.get(str(key), PRESENT)
        if state in SEAT_STATES:
            rows.append((person, state))
    picked = _picked(post, name, spec.code, people, reading)
    _keep(entry, spec.code, picked.leftover)
    added = OBSERVER if roster else PRESENT
    return rows + [(person, added) for person in picked.found if person.pk not in seated]


def _not_members(seated: list[Person], roster: list[Person], unit: Unit) -> list[Person]:
    """Those seated who never belonged to the unit. Members of another day go when the date of the event changes."""
    here = {person.pk for person in roster}
    others = [person for person in seated if person.pk not in here]
    rows = Membership.objects.filter(unit=unit, person__in=others).values_list("person_id", flat=True)
    members = set(rows) if others else set()
    return [person for person in others if person.pk not in members]


def _matter(post: QueryDict, spec: FieldSpec, actor: Actor, reading: Reading) -> None:
    entry, name = reading.entry, input_name(spec.code)
    finder, typed = MatterFinder(actor, spec), _text(post, f"{name}.names").strip()
    if spec.creates:
        kept = finder.by_keys(post.getlist(name))
        if kept and typed in {"", kept[0].title}:
            entry.matters[spec.code] = kept[0]
        elif typed:
            entry.matters[spec.code] = typed[:120]
        return
    picked = _picked(post, name, spec.code, finder, reading)
    if len(picked.found) > 1:
        reading.faults.append(Fault(spec.code, f"{spec.name}只能选一项，请去掉其余的。"))
    if picked.found:
        entry.matters[spec.code] = picked.found[0]
    else:
        _keep(entry, spec.code, picked.leftover)


def _agenda(post: QueryDict, name: str) -> list[dict[str, str]]:
    rows = zip(post.getlist(f"{name}.text"), post.getlist(f"{name}.kind"), strict=False)
    return [{"text": text.strip()[:200], "kind": kind} for text, kind in rows if text.strip()]


def _day(post: QueryDict, name: str, message: str, reading: Reading) -> date | None:
    text = _text(post, name)
    day = parse_day(text)
    if day is None:
        reading.faults.append(Fault(name, message))
        reading.typed[name] = text
    return day


def _text(post: QueryDict, name: str) -> str:
    return post.get(name, "").replace("\r\n", "\n").strip()[:LONGEST_TEXT]
