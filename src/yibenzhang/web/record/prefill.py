"""A form that begins with answers known beforehand: from the query string, or from an item of a plan.

The answers are read exactly as those a user types, so that nothing comes in this way that could not be typed.
"""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from yibenzhang.access.scope import Actor
from yibenzhang.catalogue.schema import Kind
from yibenzhang.organisation.models import Person, Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.plans.models import PlanItem
from yibenzhang.plans.proposal import Proposal, proposal_for
from yibenzhang.plans.services import units_of
from yibenzhang.vouchers.entry import Entry
from yibenzhang.web.record.drafting import seat_members
from yibenzhang.web.record.planned import planned_item
from yibenzhang.web.record.reading import Reading, input_name, programme_faults, read_form

HEAD = {"title": "title", "date": "event_date", "end": "end_date", "programmes": "programmes"}
NOT_GIVEN = {"attendance", "agenda"}  # the roster of the day says who was there; an agenda is typed


@dataclass(frozen=True)
class Known:
    """What is known before the user types: answers by name in the form, the item of a plan they come from, and the first
    of that item's units the user records for."""

    answers: QueryDict
    item: PlanItem | None = None
    unit: str = ""


def known_of(request: HttpRequest, actor: Actor, kind: Kind, units: list[Unit]) -> Known:
    """Read `plan_item` and the plain answers (title, date, end, programmes, f-…); the plain ones win."""
    item = planned_item(actor, request.GET.get("plan_item", ""))
    answers = QueryDict(mutable=True)
    own = [unit for unit in units if item is not None and unit.pk in units_of(item)]
    if item is not None and own:
        _add(answers, proposal_for(item, kind, today_for(own[0])))
    for name, inside in HEAD.items():
        if name in request.GET:
            answers.setlist(inside, request.GET.getlist(name))
    for name in request.GET:
        if name.startswith("f-"):
            answers.setlist(name, request.GET.getlist(name))
    return Known(answers, item, own[0].code) if own else Known(answers)


def _add(answers: QueryDict, proposal: Proposal) -> None:
    answers["title"], answers["event_date"] = proposal.title, proposal.day.isoformat()
    answers.setlist("programmes", list(proposal.programmes))
    for code, text in proposal.values.items():
        answers[input_name(code)] = text
    for code, people in proposal.people.items():
        answers.setlist(input_name(code), [str(person.pk) for person in people])


def begun(entry: Entry, known: Known, actor: Actor) -> Reading:
    """The fresh entry with the known answers in it, and what is wrong with those; all others stay as they are."""
    given = known.answers
    if not given:
        return Reading(entry)
    read = read_form(
        given, actor=actor, kind=entry.kind, unit=entry.unit, today=entry.event_date, known=_people(known)
    )
    answered = {spec.code for spec in entry.kind.fields if _is_given(spec.code, given)}
    answered -= {spec.code for spec in entry.kind.fields if spec.type in NOT_GIVEN}
    new = read.entry
    entry.title = new.title or entry.title
    if "event_date" in given:
        entry.event_date = new.event_date
        seat_members(entry)
    entry.end_date = new.end_date
    if "programmes" in given:
        entry.programmes = new.programmes
    elif programme_faults(entry):
        entry.programmes = []
    entry.values |= {code: value for code, value in new.values.items() if code in answered}
    entry.people |= {code: people for code, people in new.people.items() if code in answered}
    entry.matters |= {code: matter for code, matter in new.matters.items() if code in answered}
    named = {"event_date", "end_date", "programmes"} & set(given) | answered
    read.faults = [fault for fault in read.faults if fault.field in named]
    read.entry = entry
    return read


def _people(known: Known) -> list[Person]:
    return list(known.item.people.all()) if known.item else []


def _is_given(code: str, given: QueryDict) -> bool:
    name = input_name(code)
    return name in given or f"{name}.names" in given
