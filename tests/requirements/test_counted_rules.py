"""Every rule that counts records: the same table of cases, with the rule's own window, deadline and article."""

from datetime import date, timedelta

import pytest

from tests.requirements.ruled_book import RuledBook
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements.due import due
from yibenzhang.requirements.models import Exemption
from yibenzhang.requirements.windows import Window, calendar_windows

PERIODS = {"month": "2024-05", "quarter": "2024Q2", "half": "2024H1", "year": "2024"}
DAY = timedelta(days=1)


def counted() -> list[Requirement]:
    rules = current_catalogue().requirements.values()
    return [rule for rule in rules if rule.is_on and rule.measure and rule.measure.indicator]


def window_of(rule: Requirement) -> Window:
    return calendar_windows(rule, parse_period(PERIODS[rule.cadence]))[0]


@pytest.fixture
def told(book: RuledBook, request: pytest.FixtureRequest) -> RuledBook:
    """One unit for each case of the table."""
    rule: Requirement = request.getfixturevalue("rule")
    unit_type, window = rule.binds.unit_types[0], window_of(rule)
    account = current_catalogue().indicator(rule.measure.indicator).accounts[0]  # type: ignore[union-attr,arg-type]
    cases = {
        "in_time": (window.start, window.start),
        "boundary": (min(window.last_day, window.deadline), window.deadline),
        "late": (window.start, window.deadline + DAY),
        "day_before": (window.start - DAY, window.start),
        "day_after": (window.stop, window.stop),
    }
    for name, (day, recorded) in cases.items():
        for _ in range(rule.at_least):
            book.posted(book.unit(name, unit_type), account, day, recorded=recorded, posted=recorded)
    book.unit("nothing", unit_type)
    book.unit("founded_late", unit_type, on=window.last_day - timedelta(days=5))
    excused = book.unit("excused", unit_type)
    Exemption.objects.create(
        unit=excused, requirement=rule.code, reason="野外施工", granted_by=book.user, valid_from=window.start
    )
    gone = book.unit("gone", unit_type)
    Unit.objects.filter(pk=gone.pk).update(abolished_on=window.last_day)
    return book


@pytest.mark.parametrize("rule", counted(), ids=lambda rule: rule.code)
def test_a_counted_rule(rule: Requirement, told: RuledBook) -> None:
    """Met, late, overdue, not applicable, boundary days, mid-period founding."""
    window = window_of(rule)
    after = told.judge(rule.code, window.code, window.deadline + DAY)
    assert {name: duty.state for name, duty in after.items()} == {
        "in_time": "met",
        "boundary": "met",
        "late": "met_late",
        "day_before": "overdue",
        "day_after": "overdue",
        "nothing": "overdue",
        "founded_late": "not_applicable",
        "excused": "not_applicable",
        "gone": "not_applicable",
    }
    on_the_day = told.judge(rule.code, window.code, window.deadline)
    assert on_the_day["nothing"].state == "open"
    assert on_the_day["late"].state == "open", "what is recorded tomorrow is not known today"
    early = told.judge(rule.code, window.code, window.start - DAY)
    assert early["nothing"].state == "not_yet_due"
    if window.opens > window.start:
        assert (
            told.state(rule.code, Unit.objects.get(code="nothing"), window.code, window.opens - DAY)
            == "not_yet_due"
        )
        assert told.state(rule.code, Unit.objects.get(code="nothing"), window.code, window.opens) == "open"


def test_the_table_covers_most_rules() -> None:
    """A rule cannot slip out of the table unseen."""
    assert len(counted()) >= 20


def test_a_unit_founded_in_mid_year_owes_its_share(book: RuledBook) -> None:
    """Seven whole months of twelve are more than half; five are less."""
    book.unit("june", "branch", on=date(2024, 6, 1))
    book.unit("august", "branch", on=date(2024, 8, 1))
    found = book.judge("ZB-08", "2024", date(2025, 2, 1))
    assert found["june"].state == "overdue"
    assert found["august"].state == "not_applicable"
    assert "成立" in found["august"].why_not


def test_a_branch_without_a_committee_owes_no_committee_meeting(book: RuledBook) -> None:
    """支部工作条例: a branch of fewer than seven has no committee and no such duty; neither has one elected mid-month."""
    book.unit("small", "branch", committee=False)
    fresh = book.unit("fresh", "branch", committee=False)
    book.post(fresh, "committee_member", date(2024, 5, 20))
    found = book.judge("ZB-02", "2024-05", date(2024, 6, 30))
    assert found["small"].why_not == "没有设支委会"
    assert found["fresh"].why_not == "本期内才选出支委会，下期起适用"
    assert book.judge("ZB-02", "2024-06", date(2024, 7, 30))["fresh"].state == "overdue"


def test_waiting_and_reversed_records(book: RuledBook) -> None:
    """What lies with the reviewer is 待审; what is reversed is gone from that day on."""
    waiting, undone = book.unit("waiting", "branch"), book.unit("undone", "branch")
    book.voucher(waiting, "theme_party_day", date(2024, 5, 9), recorded=date(2024, 5, 10))
    voucher = book.posted(undone, "life.theme_party_day", date(2024, 5, 9))
    book.reverse(voucher, date(2024, 6, 20))
    assert book.state("ZB-06", waiting, "2024-05", date(2024, 5, 9)) == "open"
    assert book.state("ZB-06", waiting, "2024-05", date(2024, 6, 30)) == "awaiting_review"
    assert book.state("ZB-06", undone, "2024-05", date(2024, 6, 19)) == "met"
    assert book.state("ZB-06", undone, "2024-05", date(2024, 6, 20)) == "overdue"


def test_words_follow_the_strength(book: RuledBook) -> None:
    """一般 is only a reminder, a local rule a request of the unit, 应当 is overdue."""
    branch, group = book.unit("branch", "branch"), book.unit("group", "leading_party_group")
    late = date(2024, 12, 30)
    assert book.judge("ZB-01", "2024Q2", late)[branch.code].word == "提醒"
    assert book.judge("ZB-06", "2024-05", late)[branch.code].word == "逾期未记"
    assert book.judge("QX-01", "2024-05", late)[group.code].word == "单位要求"


def test_the_old_year_is_still_due_in_january(book: RuledBook) -> None:
    """What may be recorded until 5 January is on the list of 3 January, and gone once recorded."""
    branch = book.unit("branch", "branch")
    listed = {(duty.requirement.code, duty.window.code) for duty in due([branch], date(2024, 1, 3))}
    assert {("ZB-06", "2023-12"), ("ZB-06", "2024-01"), ("ZB-07", "2023"), ("ZB-01", "2023Q4")} <= listed
    book.posted(branch, "life.theme_party_day", date(2023, 12, 20), recorded=date(2024, 1, 3))
    listed = {(duty.requirement.code, duty.window.code) for duty in due([branch], date(2024, 1, 3))}
    assert ("ZB-06", "2023-12") not in listed
