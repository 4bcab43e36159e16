"""Rules that each occasion, or a unit's set-up, fulfils or does not: nothing can be recorded later to make it good."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.requirements.ruled_book import FOUNDED, RuledBook
from tests.requirements.test_counted_rules import counted
from tests.requirements.test_recorded_rules import each_or_topic, excuse, rules
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.organisation.models import Membership, Unit
from yibenzhang.organisation.services import found_unit
from yibenzhang.vouchers.models import VoucherProgramme

DAY = timedelta(days=1)
STUDY, BUSINESS = {"text": "学习", "kind": "study"}, {"text": "业务", "kind": "business"}
Occasion = Callable[[RuledBook, Unit, date, bool, date], None]


def meeting(kind: str, contents: list[str], good: tuple[int, int], bad: tuple[int, int]) -> Occasion:
    def held(book: RuledBook, unit: Unit, day: date, is_good: bool, recorded: date) -> None:
        voucher = book.posted(
            unit, "life.general_meeting", day, recorded=recorded, kind=kind, values={"contents": contents}
        )
        book.present(voucher, *(good if is_good else bad))

    return held


def first_item(book: RuledBook, unit: Unit, day: date, is_good: bool, recorded: date) -> None:
    agenda = [STUDY, BUSINESS] if is_good else [BUSINESS, STUDY]
    book.posted(
        unit,
        "meeting.party_group",
        day,
        recorded=recorded,
        kind="party_group_meeting",
        values={"agenda": agenda},
    )


def person_step(step: str, before: str, months: int) -> Occasion:
    """Somebody reaches a step; good when the step before was taken exactly as long before as asked."""

    def taken(book: RuledBook, unit: Unit, day: date, is_good: bool, recorded: date) -> None:
        person = book.members(unit, 1)[0]
        began = day.replace(year=day.year - 1) if months else day
        book.posted(unit, before, began if is_good else day + DAY, person=person, posted=recorded)
        book.posted(unit, step, day, recorded=recorded, person=person)

    return taken


def a_class(book: RuledBook, unit: Unit, day: date, is_good: bool, recorded: date) -> None:
    voucher = book.posted(unit, "training.class", day, recorded=recorded, kind="training_course")
    if is_good:
        VoucherProgramme.objects.create(voucher=voucher, programme="plenum_study")


OCCASIONS: dict[str, tuple[str, Occasion]] = {
    "QU-01": ("branch", meeting("branch_general_meeting", ["election"], (5, 5), (4, 5))),
    "QU-03": ("branch", meeting("branch_committee_meeting", [], (2, 0), (1, 0))),
    "QU-04": ("branch", meeting("branch_general_meeting", ["admission"], (6, 5), (5, 5))),
    "QU-06": ("leading_party_group", meeting("democratic_life_meeting", [], (2, 1), (3, 2))),
    "DZ-15": ("leading_party_group", first_item),
    "FZ-04": ("branch", person_step("member.candidate", "member.activist", 12)),
    "FZ-07": ("branch", person_step("member.admitted", "training.candidate_trained", 0)),
    "QX-02": ("agency_party_committee", a_class),
}


@pytest.mark.parametrize("code", OCCASIONS)
def test_an_occasion(code: str, book: RuledBook) -> None:
    """Good on the first and last day, bad on either, recorded long after, none at all, next month's, a new unit's."""
    unit_type, happen = OCCASIONS[code]
    rule = current_catalogue().requirement(code)
    first = date(2024, 8, 1)  # the day from which QX-02 holds
    last, late = date(2024, 8, 31), date(2024, 12, 20)
    cases: dict[str, list[tuple[date, bool, date]]] = {
        "good_first": [(first, True, first)],
        "good_last": [(last, True, last)],
        "recorded_late": [(last, True, late)],
        "bad_first": [(first, False, first)],
        "bad_last": [(last, False, last)],
        "mixed": [(first, True, first), (last, False, last)],
        "next_month": [(last + DAY, False, last + DAY)],
        "month_before": [(first - DAY, False, first - DAY)],
        "none": [],
        "excused": [(last, False, last)],
    }
    for name, happened in cases.items():
        unit = book.unit(name, unit_type)
        for day, is_good, recorded in happened:
            happen(book, unit, day, is_good, recorded)
    excuse(book, rule, Unit.objects.get(code="excused"), first)
    for name, is_good in (("founded_good", True), ("founded_bad", False)):
        happen(book, book.unit(name, unit_type, on=date(2024, 8, 15), committee=True), last, is_good, last)
    found = book.judge(code, "2024-08", late)
    states = {name: found[name].state for name in [*cases, "founded_good", "founded_bad"]}
    assert states == {
        "good_first": "met", "good_last": "met", "recorded_late": "met", "bad_first": "overdue", "bad_last": "overdue",
        "mixed": "overdue", "next_month": "not_applicable", "month_before": "not_applicable", "none": "not_applicable",
        "excused": "not_applicable", "founded_good": "met",
        "founded_bad": "overdue",
    }  # fmt: skip
    assert (found["mixed"].found, found["mixed"].needed) == (1, 2)
    on_the_eve = book.judge(code, "2024-08", last - DAY)
    assert on_the_eve["bad_last"].state == "not_applicable", "what happens tomorrow is not known today"
    before = book.judge(code, "2024-08", late - DAY)
    assert before["recorded_late"].state == "not_applicable", "not in the books yet"
    assert book.judge(code, "2024-08", first - DAY)["none"].state == "not_yet_due"


D = date(2024, 5, 15)


def branch(book: RuledBook, name: str, members: int, on: date) -> Unit:
    unit = book.unit(name, "branch", on=on, committee=False)
    book.members(unit, members)
    return unit


def with_committee(book: RuledBook, name: str, on: date, since: date | None, *, size: int = 3) -> Unit:
    unit = branch(book, name, 9, on)
    for title in ["secretary", "committee_member", "committee_member"][:size]:
        if since:
            book.post(unit, title, since)
    return unit


def three_of_three(book: RuledBook, name: str, on: date, since: date | None) -> Unit:
    """Two in office from the founding on, the third since the day."""
    unit = with_committee(book, name, on, on, size=2)
    if since:
        book.post(unit, "committee_member", since)
    return unit


def fifty(book: RuledBook, name: str, on: date, since: date | None) -> Unit:
    """Fifty-one members, of whom one leaves on the day."""
    unit = branch(book, name, 51, on)
    if since:
        Membership.objects.filter(pk=unit.memberships.first().pk).update(valid_to=since)  # type: ignore[union-attr]
    return unit


def agency(members: int, body: str, unit_type: str) -> Callable[[RuledBook, str, date, date | None], Unit]:
    def built(book: RuledBook, name: str, on: date, since: date | None) -> Unit:
        unit = book.unit(name, unit_type, on=on, committee=False)
        below = found_unit(code=f"{name}-branch", name=name, unit_type="branch", parent=unit, on=on)
        book.members(below, members)
        if since:
            found_unit(code=f"{name}-body", name=name, unit_type=body, parent=unit, on=since)
        return unit

    return built


def divided(unit_type: str, work: str) -> Callable[[RuledBook, str, date, date | None], Unit]:
    def built(book: RuledBook, name: str, on: date, since: date | None) -> Unit:
        unit = book.unit(name, unit_type, on=on)
        book.post(unit, "committee_member", on, duty="组织")
        if since:
            book.post(unit, "committee_member", since, duty=work)
        return unit

    return built


# How to build a unit that fulfils the rule since a day (never when None), and one that the rule leaves alone.
SET_UPS: dict[
    str, tuple[Callable[[RuledBook, str, date, date | None], Unit], Callable[[RuledBook], Unit]]
] = {
    "ST-02": (with_committee, lambda book: branch(book, "other", 6, FOUNDED)),
    "ST-03": (three_of_three, lambda book: branch(book, "other", 9, FOUNDED)),
    "ST-04": (fifty, lambda book: branch(book, "other", 9, date(2024, 6, 1))),
    "ST-06": (
        agency(50, "general_branch", "affiliated_unit"),
        lambda book: agency(49, "", "affiliated_unit")(book, "other", FOUNDED, None),
    ),
    "ST-07": (
        agency(100, "agency_party_committee", "affiliated_unit"),
        lambda book: agency(99, "", "affiliated_unit")(book, "other", FOUNDED, None),
    ),
    "ST-08": (
        divided("agency_party_committee", "兼机关纪委书记"),
        lambda book: book.unit("other", "agency_party_committee"),
    ),
    "ST-09": (divided("branch", "纪检"), lambda book: book.unit("other", "branch")),
}


@pytest.mark.parametrize("code", SET_UPS)
def test_how_a_unit_is_set_up(code: str, book: RuledBook) -> None:
    """Met from the very day, not the day before; never; later than asked is met from then on; a new unit; not bound."""
    build, other = SET_UPS[code]
    rule = current_catalogue().requirement(code)
    build(book, "met", FOUNDED, FOUNDED)
    build(book, "since", FOUNDED, D)
    build(book, "never", FOUNDED, None)
    excuse(book, rule, build(book, "excused", FOUNDED, None), date(2024, 5, 1))
    build(book, "founded", date(2024, 5, 10), None)
    left_alone = other(book)
    found = book.judge(code, "2024-05", D)
    assert [found[name].state for name in ("met", "since", "never", "excused", "founded")] == [
        "met", "met", "overdue", "not_applicable", "overdue",
    ]  # fmt: skip
    assert left_alone.code not in found or found[left_alone.code].state == "not_applicable"
    eve = book.judge(code, "2024-05", D - DAY)
    assert (eve["met"].state, eve["since"].state) == ("met", "overdue")
    assert book.state(code, Unit.objects.get(code="since"), "2024-05", date(2024, 12, 30)) == "met"
    assert "founded" not in book.judge(code, "2024-04", D)
    assert book.judge(code, "2024-06", D)["never"].state == "not_yet_due"


def test_the_ceiling_on_the_excellent(book: RuledBook) -> None:
    """Exactly a third is within; one more is not; late records count alike; nothing, an excuse, and a new branch."""
    rule, late = current_catalogue().requirement("ZB-09"), date(2024, 12, 31)
    for name, excellent, on in [
        ("third", 3, FOUNDED), ("above", 4, FOUNDED), ("none", 0, FOUNDED), ("excused", 4, FOUNDED),
        ("june", 4, date(2024, 6, 1)), ("august", 4, date(2024, 8, 1)),
    ]:  # fmt: skip
        unit = branch(book, name, 9, on)
        if excellent:
            book.posted(
                unit, "life.appraisal_excellent", date(2024, 12, 1), recorded=late, quantity=excellent
            )
    excuse(book, rule, Unit.objects.get(code="excused"), date(2024, 1, 1))
    found = book.judge("ZB-09", "2024", late)
    assert {name: duty.state for name, duty in found.items()} == {
        "third": "met", "above": "overdue", "none": "not_applicable", "excused": "not_applicable",
        "june": "overdue", "august": "not_applicable",
    }  # fmt: skip
    assert book.judge("ZB-09", "2024", date(2023, 12, 31))["none"].state == "not_yet_due"


def test_every_rule_that_is_on_stands_in_a_table() -> None:
    """A rule added to a pack needs its row: met, late where it can be, overdue, not applicable, boundary, founding."""
    on: list[Requirement] = [rule for rule in current_catalogue().requirements.values() if rule.is_on]
    tables = [*counted(), *each_or_topic(), *rules("fact"), *rules("follow")]
    tabled = {rule.code for rule in tables} | set(OCCASIONS) | set(SET_UPS) | {"ZB-09"}
    assert {rule.code for rule in on} == tabled
