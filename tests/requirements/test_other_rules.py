"""Rules that look at meetings, persons, programmes, what follows what, how a unit is set up, and terms."""

from datetime import date

import pytest

from tests.requirements.ruled_book import RuledBook
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Membership, Term, Unit
from yibenzhang.requirements.explain import reason
from yibenzhang.vouchers.models import VoucherProgramme

LATE = date(2024, 12, 30)
STUDY, BUSINESS = {"text": "学习", "kind": "study"}, {"text": "业务", "kind": "business"}
STRICT = {"text": "从严治党", "kind": "strict_governance"}


def meeting(book: RuledBook, unit: Unit, day: date, *items: dict[str, str]) -> None:
    book.posted(unit, "meeting.party_group", day, kind="party_group_meeting", values={"agenda": list(items)})


def test_the_first_agenda_item_is_read_from_the_agenda(book: RuledBook) -> None:
    """Study in first place fulfils; in second place, or no agenda at all, does not; no meeting is not applicable."""
    units = {
        name: book.unit(name, "leading_party_group")
        for name in ("first", "second", "empty", "silent", "both")
    }
    meeting(book, units["first"], date(2024, 5, 31), STUDY, BUSINESS)
    meeting(book, units["second"], date(2024, 5, 1), BUSINESS, STUDY)
    meeting(book, units["empty"], date(2024, 5, 8))
    meeting(book, units["silent"], date(2024, 6, 1), STUDY)
    for items in ([STUDY], [BUSINESS, STUDY]):
        meeting(book, units["both"], date(2024, 5, 20), *items)
    found = book.judge("DZ-15", "2024-05", LATE)
    assert {name: duty.state for name, duty in found.items()} == {
        "first": "met", "second": "overdue", "empty": "overdue", "silent": "not_applicable", "both": "overdue",
    }  # fmt: skip
    assert found["both"].found == 1 and found["both"].needed == 2
    assert "5月20日" in reason(found["both"], current_catalogue())
    assert found["both"].word == "单位要求"


def test_a_topic_studied_each_half_year(book: RuledBook) -> None:
    """全面从严治党: an item of that sort anywhere on an agenda of the half year; recorded late it is 补记."""
    names = ("done", "late", "none", "new")
    units = {name: book.unit(name, "leading_party_group") for name in names[:3]}
    book.unit("new", "leading_party_group", on=date(2024, 5, 2))
    meeting(book, units["done"], date(2024, 6, 30), BUSINESS, STRICT)
    book.posted(units["late"], "meeting.party_group", date(2024, 6, 30), recorded=date(2024, 7, 11),
                kind="party_group_meeting", values={"agenda": [STRICT]})  # fmt: skip
    meeting(book, units["none"], date(2024, 7, 1), STRICT)
    found = book.judge("DZ-04", "2024H1", LATE)
    assert [found[name].state for name in names] == ["met", "met_late", "overdue", "not_applicable"]
    assert book.state("DZ-04", units["none"], "2024H1", date(2024, 7, 10)) == "open"


def test_every_class_since_august_contains_the_subject(book: RuledBook) -> None:
    """A class of 31 July is not bound, one of 1 August is."""
    units = {name: book.unit(name, "agency_party_committee") for name in ("before", "bare", "carrying")}
    book.posted(units["before"], "training.class", date(2024, 7, 31), kind="training_course")
    book.posted(units["bare"], "training.class", date(2024, 8, 1), kind="training_course")
    carrying = book.posted(units["carrying"], "training.class", date(2024, 8, 1), kind="training_course")
    VoucherProgramme.objects.create(voucher=carrying, programme="plenum_study")
    found = book.judge("QX-02", "2024-08", LATE)
    states = {name: found[name].state for name in units}
    assert states == {"before": "not_applicable", "bare": "overdue", "carrying": "met"}
    assert found["bare"].missing == ("training_course 2024-08-01",)
    assert "before" not in book.judge("QX-02", "2024-07", LATE)


PERSONS = [
    ("ZB-14", "2024", "life.duty_report_secretary", 1, date(2025, 1, 31)),
    ("PX-03", "2023", "training.secretary_trained", 1, date(2024, 1, 31)),
]


@pytest.mark.parametrize(("code", "period", "account", "each", "deadline"), PERSONS)
def test_a_rule_about_the_secretary(
    book: RuledBook, code: str, period: str, account: str, each: int, deadline: date
) -> None:
    """Whoever recorded it, the secretary in office counts; without a secretary nothing applies."""
    committee, year = book.unit("committee", "agency_party_committee"), int(period)
    units = {name: book.unit(name, "branch") for name in ("met", "late", "none")}
    book.unit("vacant", "branch", committee=False)
    book.unit("founded", "branch", on=date(year, 8, 1))
    for name, recorded in {"met": date(year, 12, 31), "late": date(year + 1, 2, 1)}.items():
        secretary = units[name].posts.get(title="secretary").person
        book.posted(
            committee, account, date(year, 12, 31), recorded=recorded, person=secretary, quantity=each
        )
    found = book.judge(code, period, date(year + 1, 3, 1))
    assert [found[name].state for name in ("met", "late", "none", "vacant", "founded")] == [
        "met", "met_late", "overdue", "not_applicable", "not_applicable",
    ]  # fmt: skip
    assert found["none"].window.deadline == deadline
    assert book.state(code, units["none"], period, deadline) == "open"


def test_hours_are_counted_for_each_member(book: RuledBook) -> None:
    """32 hours reached by all full members; who lacks is named in the explanation, 一般 is only a reminder."""
    reached, short = book.unit("reached", "branch"), book.unit("short", "branch")
    committee = book.unit("committee", "agency_party_committee")
    for person in book.members(reached, 3):
        book.posted(committee, "training.hours", date(2024, 3, 1), quantity=20, person=person)
        book.posted(committee, "training.hours", date(2024, 9, 1), quantity=12, person=person)
    for person in book.members(short, 2):
        book.posted(committee, "training.hours", date(2024, 3, 1), quantity=31, person=person)
    book.members(short, 1, state=Membership.PROBATIONARY)
    found = book.judge("PX-01", "2024", date(2025, 2, 1))
    assert (found["reached"].state, found["reached"].found, found["reached"].needed) == ("met", 3, 3)
    assert (found["short"].state, found["short"].found, found["short"].needed) == ("overdue", 0, 2)
    assert found["short"].word == "提醒"
    assert "short同志0" in reason(found["short"], current_catalogue())


def test_hours_of_officers_end_with_the_old_plan(book: RuledBook) -> None:
    """The plan of 2019–2023 binds 2023 and not 2024."""
    branch = book.unit("branch", "branch")
    assert book.state("PX-02", branch, "2023", date(2024, 2, 1)) == "overdue"
    assert book.judge("PX-02", "2024", date(2025, 2, 1)) == {}


def test_leading_officials_take_part_in_branch_life(book: RuledBook) -> None:
    """双重组织生活 follows from the branch's own voucher."""
    group, branch = book.unit("group", "leading_party_group"), book.unit("branch", "branch")
    official = book.post(group, "leading_official", date(2020, 1, 1))
    assert book.state("DZ-11", group, "2024", date(2025, 2, 1)) == "overdue"
    book.posted(branch, "life.dual_organisational_life", date(2024, 11, 5), person=official)
    assert book.state("DZ-11", group, "2024", date(2025, 2, 1)) == "met"


def test_activists_are_reviewed_each_half_year(book: RuledBook) -> None:
    """No activist, no duty; one not reviewed is lacking."""
    none, some = book.unit("none", "branch"), book.unit("some", "branch")
    activist = book.members(some, 1, state=Membership.ACTIVIST)[0]
    assert book.state("FZ-03", none, "2024H1", LATE) == "not_applicable"
    assert book.state("FZ-03", some, "2024H1", date(2024, 7, 10)) == "open"
    assert book.state("FZ-03", some, "2024H1", date(2024, 7, 11)) == "overdue"
    book.posted(some, "member.activist_review", date(2024, 6, 30), person=activist)
    assert book.state("FZ-03", some, "2024H1", LATE) == "met"


def test_a_year_as_activist_before_becoming_a_candidate(book: RuledBook) -> None:
    """Exactly one year is enough, one day less is not, and unknown beginnings are not."""
    people = {}
    for name, since in {"year": date(2023, 5, 10), "less": date(2023, 5, 11), "unknown": None}.items():
        branch = book.unit(name, "branch")
        person = people[name] = book.members(branch, 1)[0]
        if since:
            book.posted(branch, "member.activist", since, person=person)
        book.posted(branch, "member.candidate", date(2024, 5, 10), person=person)
    found = book.judge("FZ-04", "2024-05", LATE)
    assert [found[name].state for name in people] == ["met", "overdue", "overdue"]
    assert book.judge("FZ-04", "2024-06", LATE)["year"].state == "not_applicable"


def test_training_before_admission(book: RuledBook) -> None:
    """发展对象 are trained before the branch admits them; afterwards does not count."""
    committee = book.unit("committee", "agency_party_committee")
    for name, day in {"before": date(2024, 4, 1), "after": date(2024, 6, 1)}.items():
        branch = book.unit(name, "branch")
        person = book.members(branch, 1)[0]
        book.posted(committee, "training.candidate_trained", day, person=person)
        book.posted(branch, "member.admitted", date(2024, 5, 10), person=person)
    found = book.judge("FZ-07", "2024-05", LATE)
    assert [found["before"].state, found["after"].state] == ["met", "overdue"]


def test_confirmation_follows_a_year_after_admission(book: RuledBook) -> None:
    """The window runs a year from the admission; grace of 31 days; the deadline day itself is in time."""
    branch = book.unit("branch", "branch")
    person = book.members(branch, 1)[0]
    book.posted(branch, "member.admitted", date(2023, 7, 11), person=person)
    duty = book.judge("FZ-11", "2024-06", date(2024, 8, 11))["branch"]
    assert (duty.window.code, duty.state) == ("2023-07-11..2024-07-11", "open")
    assert book.state("FZ-11", branch, "2024-06", date(2024, 8, 12)) == "overdue"
    book.posted(branch, "member.confirmed", date(2024, 7, 11), person=person, recorded=date(2024, 8, 11))
    assert book.state("FZ-11", branch, "2024-06", date(2024, 8, 12)) == "met"
    assert book.judge("FZ-11", "2024-08", LATE) == {}


@pytest.mark.parametrize(("code", "last"), [("PX-04", date(2023, 9, 1)), ("JG-07", date(2024, 3, 1))])
def test_a_new_secretary_is_trained(book: RuledBook, code: str, last: date) -> None:
    """Half a year by the plan, a year by the regulation; the months run from the appointment."""
    branch, committee = (
        book.unit("branch", "branch", committee=False),
        book.unit("committee", "agency_party_committee"),
    )
    person = book.post(branch, "secretary", date(2023, 3, 1))
    duty = book.judge(code, "2023-06", date(2023, 6, 30))["branch"]
    assert (duty.window.last_day, duty.state) == (last, "open")
    late = date(2024, 6, 1)
    assert book.state(code, branch, "2023-06", late) == "overdue"
    book.posted(committee, "training.secretary_trained", last, person=person)
    assert book.state(code, branch, "2023-06", late) == "met"


def test_new_members_are_trained_within_a_year(book: RuledBook) -> None:
    """The event counts from its own day; a confirmation after the plan had ended asks for nothing."""
    branch = book.unit("branch", "branch")
    early, later = book.members(branch, 2)
    book.posted(branch, "member.confirmed", date(2023, 12, 31), person=early)
    assert book.state("PX-05", branch, "2024-01", date(2025, 1, 11)) == "overdue"
    book.posted(branch, "member.confirmed", date(2024, 1, 2), person=later)
    assert len(book.judge("PX-05", "2024-01", LATE)) == 1


QUORUMS = [
    ("QU-01", "branch", "branch_general_meeting", ["election"], (5, 5), "met"),
    ("QU-01", "branch", "branch_general_meeting", ["election"], (4, 5), "overdue"),
    ("QU-01", "branch", "branch_general_meeting", ["study"], (1, 9), "not_applicable"),
    ("QU-04", "branch", "branch_general_meeting", ["admission"], (5, 5), "overdue"),
    ("QU-04", "branch", "branch_general_meeting", ["admission"], (6, 5), "met"),
    ("QU-03", "branch", "branch_committee_meeting", [], (2, 0), "met"),
    ("QU-03", "branch", "branch_committee_meeting", [], (1, 0), "overdue"),
    ("QU-06", "leading_party_group", "democratic_life_meeting", [], (2, 1), "met"),
    ("QU-06", "leading_party_group", "democratic_life_meeting", [], (3, 2), "overdue"),
    ("QU-06", "leading_party_group", "democratic_life_meeting", [], (0, 0), "not_applicable"),
]


@pytest.mark.parametrize(("code", "unit_type", "kind", "contents", "attendance", "expected"), QUORUMS)
def test_quorums(
    book: RuledBook,
    code: str,
    unit_type: str,
    kind: str,
    contents: list[str],
    attendance: tuple[int, int],
    expected: str,
) -> None:
    """At least half and more than half differ by exactly half; a list of names is needed to judge."""
    unit = book.unit("unit", unit_type)
    voucher = book.posted(
        unit, "life.general_meeting", date(2024, 5, 31), kind=kind, values={"contents": contents}
    )
    book.present(voucher, *attendance)
    assert book.state(code, unit, "2024-05", LATE) == expected


@pytest.mark.parametrize(("excellent", "expected"), [(3, "met"), (4, "overdue"), (None, "not_applicable")])
def test_at_most_a_third_is_excellent(book: RuledBook, excellent: int | None, expected: str) -> None:
    """Of full members, probationary ones not counted; nothing recorded is nothing to judge."""
    branch = book.unit("branch", "branch")
    book.members(branch, 9)
    book.members(branch, 3, state=Membership.PROBATIONARY)
    if excellent:
        book.posted(branch, "life.appraisal_excellent", date(2024, 12, 1), quantity=excellent)
    assert book.state("ZB-09", branch, "2024", LATE) == expected


STRUCTURES = [
    ("ST-02", 6, False, "not_applicable"), ("ST-02", 7, False, "overdue"), ("ST-02", 7, True, "met"),
    ("ST-03", 9, True, "met"), ("ST-03", 9, False, "not_applicable"),
    ("ST-04", 50, True, "met"), ("ST-04", 51, True, "overdue"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "members", "committee", "expected"), STRUCTURES)
def test_how_a_branch_is_set_up(
    book: RuledBook, code: str, members: int, committee: bool, expected: str
) -> None:
    """Bounds are inclusive; a rule for branches with a committee leaves the others alone."""
    branch = book.unit("branch", "branch", committee=committee)
    book.members(branch, members)
    assert book.state(code, branch, "2024-05", LATE) == expected


def test_a_discipline_member_is_judged_only_where_work_is_divided(book: RuledBook) -> None:
    """Without any division of work on record nothing is said."""
    silent, divided, full = (book.unit(name, "branch") for name in ("silent", "divided", "full"))
    book.post(divided, "committee_member", date(2020, 1, 1), duty="组织")
    book.post(full, "committee_member", date(2020, 1, 1), duty="纪检")
    states = [book.state("ST-09", unit, "2024-05", LATE) for unit in (silent, divided, full)]
    assert states == ["not_applicable", "overdue", "met"]
    committee = book.unit("committee", "agency_party_committee")
    assert book.state("ST-08", committee, "2024-05", LATE) == "not_applicable"
    book.post(committee, "deputy_secretary", date(2020, 1, 1), duty="兼机关纪委书记")
    assert book.state("ST-08", committee, "2024-05", LATE) == "met"


def test_bodies_by_number_of_members(book: RuledBook) -> None:
    """Fifty members below ask for a general branch or more, a hundred for a committee."""
    branch = book.unit("branch", "branch")
    book.members(branch, 99)
    assert book.state("ST-07", book.bureau, "2024-05", LATE) == "not_applicable"
    book.members(branch, 1)
    assert book.state("ST-07", book.bureau, "2024-05", LATE) == "overdue"
    book.unit("committee", "agency_party_committee")
    assert book.state("ST-07", book.bureau, "2024-05", LATE) == "met"
    team = book.unit("team", "affiliated_unit", committee=False)
    assert book.state("ST-06", team, "2024-05", LATE) == "not_applicable"


TERMS = [
    ("ZB-13", "branch", 0),
    ("EL-01", "agency_party_committee", 0),
    ("EL-02", "general_branch", 0),
    ("EL-04", "branch", 365),
]


@pytest.mark.parametrize(("code", "unit_type", "grace"), TERMS)
def test_terms_end_and_are_renewed(book: RuledBook, code: str, unit_type: str, grace: int) -> None:
    """Open for six months before the end, overdue after it (a year later for the postponement), late once held."""
    unit, ends = book.unit("unit", unit_type), date(2023, 6, 30)
    Term.objects.create(unit=unit, number=1, elected_on=date(2020, 7, 1), ends_on=ends)
    deadline = date.fromordinal(ends.toordinal() + grace)
    assert book.state(code, unit, "2022", date(2022, 12, 29)) == "not_yet_due"
    assert book.state(code, unit, "2023-06", deadline) == "open"
    assert book.state(code, unit, "2024-09", date(2024, 9, 1)) == "overdue"
    book.posted(unit, "election.term", date(2024, 9, 10))
    assert book.state(code, unit, "2024-09", LATE) == "met_late"
    assert book.state(code, unit, "2024-09", date(2024, 9, 9)) == "overdue"
    assert book.judge(code, "2024-10", LATE) == {}


def test_an_election_in_time_meets_the_term(book: RuledBook) -> None:
    """The next term, or a recorded election, before the end."""
    unit = book.unit("unit", "branch")
    Term.objects.create(unit=unit, number=1, elected_on=date(2021, 7, 1), ends_on=date(2024, 6, 30))
    Term.objects.create(unit=unit, number=2, elected_on=date(2024, 6, 30), ends_on=date(2027, 6, 30))
    found = book.judge("ZB-13", "2024-05", LATE)
    assert found["unit"].state == "met"
    assert book.judge("EL-04", "2025", date(2025, 1, 1))["unit"].window.start == date(2024, 6, 30)
