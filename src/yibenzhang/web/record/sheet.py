"""Everything the recording page shows, from the entry as read and the faults found."""

from dataclasses import dataclass, field

from yibenzhang.access.models import User
from yibenzhang.access.scope import Actor
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import FieldSpec, Option, Programme
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import members_on
from yibenzhang.plans.models import PlanItem
from yibenzhang.vouchers.entry import Entry, Fault
from yibenzhang.vouchers.models import Matter, Voucher
from yibenzhang.web.record.drafting import programmes_offered
from yibenzhang.web.record.finders import MatterFinder, PeopleFinder, UnitFinder
from yibenzhang.web.record.picking import Finder, Pick
from yibenzhang.web.record.questions import Question, Seat
from yibenzhang.web.record.reading import OBSERVER, Reading, input_name

HEAD = ("unit", "title", "event_date", "end_date", "programmes", "participants", "files")
SPARE_AGENDA_ROWS = 2
MOST_RADIOS = 8
WIDGETS = {"integer": "number", "money": "number", "text": "text", "paragraph": "paragraph", "date": "date"}


@dataclass
class Sheet:
    """Everything the recording page shows."""

    actor: Actor
    reading: Reading
    units: list[Unit]
    voucher: Voucher | None = None
    last: list[Voucher] = field(default_factory=list)
    principals: list[User] = field(default_factory=list)
    on_behalf_of: int | None = None
    item: PlanItem | None = None  # of the plan this record was begun from

    @property
    def entry(self) -> Entry:
        """The answers so far."""
        return self.reading.entry

    @property
    def programmes(self) -> list[tuple[Programme, bool]]:
        """Programmes offered, and whether each is chosen."""
        return [(item, item.code in self.entry.programmes) for item in programmes_offered(self.entry)]

    def head_errors(self) -> dict[str, list[str]]:
        """Messages of the fields every record has."""
        return {code: self._messages(code, own=False) for code in HEAD}

    def summary(self) -> list[tuple[str, str]]:
        """(anchor, message) of everything to change, in the order of the form."""
        found = [
            (f"id_{code}", text)
            for code in HEAD
            if code != "files"
            for text in self._messages(code, own=False)
        ]
        for spec in self.entry.kind.fields:
            found += [(f"id_{input_name(spec.code)}", text) for text in self._messages(spec.code, own=True)]
        return found + [("id_files", text) for text in self._messages("files", own=False)]

    def _messages(self, code: str, *, own: bool) -> list[str]:
        spec = self.entry.kind.field(code)
        faults = [fault for fault in self.reading.faults if fault.field == code]
        if spec is not None and code in HEAD:  # a kind may have a field called title: its messages name it
            faults = [fault for fault in faults if _about(fault, spec) == own]
        return list(dict.fromkeys(fault.message for fault in faults))

    def participants(self) -> Question:
        """The question for units that took part in a joint event."""
        entry = self.entry
        finder = UnitFinder(entry.unit, entry.event_date)
        return Question(
            code="participants",
            name="participants",
            id="id_participants",
            label="还有哪些单位参加",
            widget="picker",
            hint=f"本单位（{entry.unit}）不用写。参加的单位各记一次，上级只计一次。",
            value=str(entry.values.get("participants_text", "")),
            errors=self._messages("participants", own=False),
            chosen=finder.picks(entry.participants),
            candidates=self.reading.candidates.get("participants", ()),
            source="units",
            kind=entry.kind.code,
        )

    def questions(self) -> list[Question]:
        """The kind's own questions in order."""
        return [self._question(spec) for spec in self.entry.kind.fields]

    def _question(self, spec: FieldSpec) -> Question:
        name = input_name(spec.code)
        value = self.entry.values.get(spec.code, "")
        question = Question(
            code=spec.code,
            name=name,
            id=f"id_{name}",
            label=spec.name,
            widget=WIDGETS.get(spec.type, "picker"),
            required=spec.required,
            basis=spec.basis,
            hint=spec.hint,
            value="" if isinstance(value, list) else str(value),
            errors=self._messages(spec.code, own=True),
            candidates=self.reading.candidates.get(spec.code, ()),
            single=spec.type in {"person", "matter", "unit"},
            kind=spec.matter_kind or "",
        )
        match spec.type:
            case "money":
                question.hint = f"{spec.hint}单位元，写 98万 也行。"
            case "text":
                question.suggestions = self._used_before(spec.code)
            case "choice" | "choices":
                self._fill_options(question, spec, value)
            case "agenda":
                question.widget = "agenda"
                question.rows = [*(value if isinstance(value, list) else [])]
                question.rows += [{"text": "", "kind": ""}] * SPARE_AGENDA_ROWS
                question.options = [(option, False) for option in self._options(spec)]
            case "person" | "people" | "attendance":
                self._fill_people(question, spec)
            case "matter":
                self._fill_matter(question, spec)
            case "unit":
                self._fill_unit(question, str(value))
        return question

    def _fill_options(self, question: Question, spec: FieldSpec, value: object) -> None:
        given = value if isinstance(value, list) else [value]
        question.options = [(option, option.code in given) for option in self._options(spec)]
        if spec.type == "choices":
            question.widget = "choices"
        else:
            few = len(question.options) <= MOST_RADIOS
            question.widget = "choice" if spec.required and few else "select"

    def _options(self, spec: FieldSpec) -> list[Option]:
        return current_catalogue().options(spec) if spec.choices or spec.options else []

    def _fill_people(self, question: Question, spec: FieldSpec) -> None:
        entry = self.entry
        question.source = "people"
        rows = entry.people.get(spec.code, [])
        finder: Finder = PeopleFinder(self.actor, entry.unit, entry.event_date)
        if spec.type != "attendance":
            question.chosen = finder.picks([person for person, _ in rows])
            return
        question.widget = "attendance"
        roster = list(members_on(entry.unit, entry.event_date))
        states = {person.pk: state for person, state in rows if state != OBSERVER}
        seated = {person.pk: person for person in [*roster, *(p for p, state in rows if state != OBSERVER)]}
        if roster:
            question.seats = [Seat(person, states.get(key, "")) for key, person in seated.items()]
            question.chosen = finder.picks([person for person, state in rows if state == OBSERVER])
        else:
            question.chosen = finder.picks([person for person, _ in rows])

    def _fill_matter(self, question: Question, spec: FieldSpec) -> None:
        given = self.entry.matters.get(spec.code)
        question.source = "matters"
        if spec.creates:
            question.widget = "opens"
            question.value = given.title if isinstance(given, Matter) else given or ""
            question.chosen = [Pick(str(given.pk), given.title)] if isinstance(given, Matter) else []
            question.required = False  # the title names it when it is left empty
        elif isinstance(given, Matter):
            question.chosen = MatterFinder(self.actor, spec).picks([given])

    def _fill_unit(self, question: Question, code: str) -> None:
        finder = UnitFinder(self.entry.unit, self.entry.event_date)
        question.source = "units"
        found = finder.by_keys([code]) if code else []
        question.chosen = finder.picks(found)
        question.value = "" if found else code

    def _used_before(self, code: str) -> list[str]:
        texts = [str(voucher.values.get(code, "")) for voucher in self.last]
        return list(dict.fromkeys(text for text in texts if text))[:5]


def _about(fault: Fault, spec: FieldSpec) -> bool:
    return spec.name in fault.message
