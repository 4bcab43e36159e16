"""Rules that something recorded fulfils, other than by count: persons, topics, terms, what must follow. One table for each."""

from datetime import date, timedelta

import pytest

from tests.requirements.ruled_book import RuledBook
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Membership, Person, Term, Unit
from yibenzhang.requirements.models import Exemption
from yibenzhang.requirements.windows import Window, add_months, calendar_windows

DAY = timedelta(days=1)
STRICT = {"text": "从严治党", "kind": "strict_governance"}


def rules(*ways: str) -> list[Requirement]:
    """The rules that are on and measure in one of these ways."""
    every = current_catalogue().requirements.values()
    return [rule for rule in every if rule.is_on and rule.measure and rule.measure.way in ways]


def each_or_topic() -> list[Requirement]:
    return [rule for rule in rules("persons", "agenda") if rule.cadence != "occasion"]


def window_of(rule: Requirement) -> Window:
    year = "2023" if rule.valid_to else "2024"
    return calendar_windows(rule, parse_period(f"{year}H1" if rule.cadence == "half" else year))[0]


def excuse(book: RuledBook, rule: Requirement, unit: Unit, since: date) -> None:
    Exemption.objects.create(
        unit=unit, requirement=rule.code, reason="野外施工", granted_by=book.user, valid_from=since
    )


def audience(book: RuledBook, rule: Requirement, unit: Unit) -> list[Person]:
    """The people a rule asks about: those in office since the founding, or new ones."""
    asked = rule.measure.persons.of if rule.measure and rule.measure.persons else ""
    if asked in {"secretary", "officers"}:
        posts = unit.posts.filter(title="secretary") if asked == "secretary" else unit.posts.all()
        return [post.person for post in posts]
    if asked == "leading_officials":
        return [book.post(unit, "leading_official", unit.founded_on)]
    if asked == "activists":
        return book.members(unit, 1, state=Membership.ACTIVIST)
    return book.members(unit, 2) if asked else []


def fulfil(book: RuledBook, rule: Requirement, unit: Unit, day: date, recorded: date) -> None:
    """Record what the rule asks, for everybody it asks about."""
    persons = rule.measure.persons if rule.measure else None
    if persons is None:
        book.posted(unit, "meeting.party_group", day, recorded=recorded, kind="party_group_meeting",
                    values={"agenda": [STRICT]})  # fmt: skip
        return
    for person in audience(book, rule, unit):
        book.posted(unit, persons.accounts[0], day, recorded=recorded, quantity=persons.each, person=person)


@pytest.mark.parametrize("rule", each_or_topic(), ids=lambda rule: rule.code)
def test_everybody_or_a_topic_in_a_window(rule: Requirement, book: RuledBook) -> None:
    """Met, late, overdue, not applicable, boundary days, mid-period founding."""
    window, unit_type = window_of(rule), rule.binds.unit_types[0]
    cases = {
        "in_time": (window.start, window.start),
        "boundary": (window.last_day, window.deadline),
        "late": (window.start, window.deadline + DAY),
        "day_before": (window.start - DAY, window.start),
        "day_after": (window.stop, window.stop),
    }
    for name, (day, recorded) in cases.items():
        unit = book.unit(name, unit_type)
        fulfil(book, rule, unit, day, recorded)
    for name in ("nothing", "excused"):
        audience(book, rule, book.unit(name, unit_type))
    excuse(book, rule, Unit.objects.get(code="excused"), window.start)
    audience(book, rule, book.unit("founded_late", unit_type, on=window.last_day - 5 * DAY))
    gone = book.unit("gone", unit_type)
    Unit.objects.filter(pk=gone.pk).update(abolished_on=window.last_day)
    after = book.judge(rule.code, window.code, window.deadline + DAY)
    assert {name: duty.state for name, duty in after.items()} == {
        "in_time": "met", "boundary": "met", "late": "met_late", "day_before": "overdue", "day_after": "overdue",
        "nothing": "overdue", "excused": "not_applicable", "founded_late": "not_applicable", "gone": "not_applicable",
    }  # fmt: skip
    on_the_day = book.judge(rule.code, window.code, window.deadline)
    assert (on_the_day["nothing"].state, on_the_day["late"].state) == ("open", "open")
    early = book.judge(rule.code, window.code, window.start - DAY)
    assert early["nothing"].state == "not_yet_due"


@pytest.mark.parametrize(
    "rule", [rule for rule in rules("persons") if rule.cadence != "occasion"], ids=lambda rule: rule.code
)
def test_nobody_of_the_audience_is_nobody_to_ask(rule: Requirement, book: RuledBook) -> None:
    """A unit without such people owes nothing."""
    unit, window = book.unit("empty", rule.binds.unit_types[0], committee=False), window_of(rule)
    assert book.state(rule.code, unit, window.code, window.deadline + DAY) == "not_applicable"


@pytest.mark.parametrize("rule", rules("fact"), ids=lambda rule: rule.code)
def test_a_term(rule: Requirement, book: RuledBook) -> None:
    """Held on the last day allowed is in time, a day later is late; an excuse; a body founded in mid-year."""
    ends, unit_type = date(2023, 6, 30), rule.binds.unit_types[0]
    deadline = ends + rule.grace_days * DAY
    for name in ("boundary", "late", "nothing", "excused"):
        unit = book.unit(name, unit_type)
        Term.objects.create(unit=unit, number=1, elected_on=date(2020, 7, 1), ends_on=ends)
    for name, day in {"boundary": deadline, "late": deadline + DAY}.items():
        book.posted(Unit.objects.get(code=name), "election.term", day, recorded=day)
    excuse(book, rule, Unit.objects.get(code="excused"), date(2020, 7, 1))
    book.unit("never_elected", unit_type)
    founded = book.unit("founded", unit_type, on=date(2023, 3, 10))
    Term.objects.create(unit=founded, number=1, elected_on=date(2023, 3, 10), ends_on=date(2026, 3, 9))
    found = book.judge(rule.code, "2023-06", deadline + 2 * DAY)
    assert {name: duty.state for name, duty in found.items()} == {
        "boundary": "met", "late": "met_late", "nothing": "overdue", "excused": "not_applicable",
        "founded": "not_yet_due",
    }  # fmt: skip
    assert book.state(rule.code, Unit.objects.get(code="nothing"), "2023-06", deadline) == "open"
    assert "founded" not in book.judge(rule.code, "2023-02", deadline)


@pytest.mark.parametrize("rule", rules("follow"), ids=lambda rule: rule.code)
def test_what_must_follow(rule: Requirement, book: RuledBook) -> None:
    """On the last day, recorded with all grace, is in time; later by a day in either way is late; an excuse; a new unit."""
    follow = rule.measure.follow  # type: ignore[union-attr]
    assert follow is not None
    began, unit_type = date(2023, 3, 1), rule.binds.unit_types[0]
    end = add_months(began, follow.months or 0)
    deadline = end + rule.grace_days * DAY
    cases: dict[str, tuple[date, date] | None] = {
        "in_time": (began, began),
        "boundary": (end, deadline),
        "recorded_late": (end, deadline + DAY),
        "late": (end + DAY, end + DAY),
        "before": (began - DAY, began - DAY),
        "nothing": None,
        "excused": None,
        "founded": None,
    }
    for name, deed in cases.items():
        on = date(2023, 2, 10) if name == "founded" else date(2010, 1, 1)
        unit = book.unit(name, unit_type, on=on, committee=False)
        person = _begin(book, follow.after, unit, began)
        if deed:
            book.posted(unit, follow.by[0], deed[0], recorded=deed[1], person=person)
    excuse(book, rule, Unit.objects.get(code="excused"), began)
    book.unit("untouched", unit_type, committee=False)
    found = book.judge(rule.code, "2023-06", deadline + 5 * DAY)
    assert {name: duty.state for name, duty in found.items()} == {
        "in_time": "met", "boundary": "met", "recorded_late": "met_late", "late": "met_late", "before": "overdue",
        "nothing": "overdue", "excused": "not_applicable", "founded": "overdue",
    }  # fmt: skip
    on_the_day = book.judge(rule.code, "2023-06", deadline)
    assert (on_the_day["nothing"].state, on_the_day["founded"].state) == ("open", "open")
    assert book.judge(rule.code, "2023-02", deadline) == {}, "nothing had happened yet"


def _begin(book: RuledBook, after: str, unit: Unit, day: date) -> Person:
    if after == "new_secretary":
        return book.post(unit, "secretary", day)
    person = book.members(unit, 1)[0]
    book.posted(unit, after, day, person=person)
    return person
