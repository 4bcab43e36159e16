"""The relief account of a small book equals what a person counts by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests.notices.sent import issued_notice, wording
from tests.requirements.ruled_book import RuledBook
from tests.worlds import World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.relief.account import Account, accounts, together
from yibenzhang.relief.asks import DUTY, NOTICE
from yibenzhang.relief.queries import minutes_of
from yibenzhang.relief.services import set_minutes
from yibenzhang.requirements.services import choose_requirement

STUDY = "study.centre_group"


@dataclass(frozen=True)
class Taken:
    """Figures a report took, as `reports.fed` says it."""

    unit: int
    title: str
    ref: int
    month: int
    figures: int
    source: str = "report"


def account_of(unit: Unit, period: str, *fed: Taken) -> Account:
    (found,) = accounts([unit], parse_period(period), fed)
    return found


@pytest.fixture
def book(db: None) -> RuledBook:
    return RuledBook()


def test_one_study_a_month_serves_the_monthly_and_the_quarterly_duty(book: RuledBook) -> None:
    """First quarter: a study each month (QX-01, three records) and one a quarter (DZ-07): four asked, three made, one saved."""
    group = book.unit("group", "leading_party_group")
    studies = [book.posted(group, STUDY, date(2024, month, 10)) for month in (1, 2, 3)]
    found = account_of(group, "2024Q1")
    asked = {ask.ref: 0 for ask in found.asks}
    for ask in found.asks:
        asked[ask.ref] += ask.entries
    assert (asked["QX-01"], asked["DZ-07"]) == (3, 1)
    assert [(each.voucher, set(dict(each.rules))) for each in found.shared] == [
        (studies[0].pk, {"QX-01", "DZ-07"})
    ]
    assert (found.entries_saved, found.vouchers) == (1, 3)
    assert [(row.label, row.recorded, row.saved) for row in found.months()] == [
        ("1月", 1, 1),
        ("2月", 1, 0),
        ("3月", 1, 0),
    ]


def test_a_reversed_event_saves_nothing(book: RuledBook) -> None:
    group = book.unit("group", "leading_party_group")
    book.reverse(book.posted(group, STUDY, date(2024, 1, 10)), date(2024, 2, 1))
    assert account_of(group, "2024Q1").entries_saved == 0


def test_a_meeting_with_two_items_serves_two_duties(book: RuledBook) -> None:
    """The book has switched DZ-02 on: one meeting on Party building and on strict governance (DZ-04) saves an entry."""
    choose_requirement(
        book=book.book, requirement=current_catalogue().requirement("DZ-02"), is_on=True, since=date(2024, 1, 1),
        until=None, reason="每半年研究一次", actor=book.user,
    )  # fmt: skip
    group = book.unit("group", "leading_party_group")
    agenda = [{"kind": "strict_governance", "text": "一"}, {"kind": "party_building", "text": "二"}]
    meeting = book.posted(
        group, "meeting.party_group", date(2024, 3, 5), kind="party_group_meeting", values={"agenda": agenda}
    )
    (shared,) = account_of(group, "2024H1").shared
    assert (shared.voucher, {code for code, _ in shared.rules}, shared.saved) == (
        meeting.pk,
        {"DZ-02", "DZ-04"},
        1,
    )


def test_months_add_up_to_the_year(book: RuledBook) -> None:
    group = book.unit("group", "leading_party_group")
    for month in range(1, 13):
        book.posted(group, STUDY, date(2024, month, 10))
    year = account_of(group, "2024")
    parts = [account_of(group, f"2024-{month:02d}") for month in range(1, 13)]
    assert year.entries_asked == sum(part.entries_asked for part in parts) > 0
    assert [row.asked for row in year.months()] == [part.entries_asked for part in parts]


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_a_branch_in_november_has_one_record_to_make(world: World) -> None:
    """主题党日 is monthly; without a committee 支委会 does not apply; all else ends in another month."""
    found = account_of(world.branch, "2023-11")
    assert [(ask.ref, ask.entries) for ask in found.asks] == [("ZB-06", 1)]
    assert (found.count(DUTY), found.count(NOTICE), found.entries_asked) == (1, 0, 1)


def test_a_notice_counts_and_one_that_asks_for_a_known_figure_counts_as_asked_twice(world: World) -> None:
    issued_notice(world, on=date(2023, 11, 2))
    assert account_of(world.branch, "2023-11").repeats == []
    said = wording("请报送主题党日次数。", kept_reason="上级年报按场地统计，口径不同")
    issued_notice(world, said, on=date(2023, 11, 9))
    found = account_of(world.branch, "2023-11")
    (repeat,) = found.repeats
    assert (repeat.code, repeat.why, repeat.month) == (
        "life.theme_party_days",
        "上级年报按场地统计，口径不同",
        202311,
    )
    assert found.count(NOTICE) == 2
    assert account_of(world.branch, "2023-10").count(NOTICE) == 0


def test_one_event_recorded_twice_is_found_and_two_events_are_not(world: World) -> None:
    world.posted(world.entry(date(2023, 11, 7)))
    world.posted(world.entry(date(2023, 11, 14)))
    assert account_of(world.branch, "2023-11").repeats == []
    second = world.posted(world.entry(date(2023, 11, 7)))
    (repeat,) = account_of(world.branch, "2023-11").repeats
    assert (repeat.kind, repeat.code) == ("record", str(second.pk))


def test_the_sum_of_a_superior_is_that_of_its_units(world: World) -> None:
    issued_notice(world, on=date(2023, 11, 2))
    world.posted(world.entry(date(2023, 11, 7)))
    period = parse_period("2023-11")
    fed = [
        Taken(world.branch.pk, "年度报告", 1, 202311, 3),
        Taken(world.other_branch.pk, "年度报告", 1, 202311, 2),
    ]
    parts = accounts([world.branch, world.other_branch], period, fed)
    total = together(parts, period)
    assert [part.figures_fed for part in parts] == [3, 2]
    assert (total.entries_asked, total.vouchers, total.figures_fed, total.count(NOTICE)) == (2, 1, 5, 2)


def test_time_is_shown_only_when_somebody_has_said_what_an_entry_costs(world: World) -> None:
    assert minutes_of(world.book) is None
    set_minutes(world.book, minutes=8, actor=world.administrator)
    assert minutes_of(world.book) == 8
    set_minutes(world.book, minutes=None, actor=world.administrator)
    assert minutes_of(world.book) is None
    for wrong in (0, 241):
        with pytest.raises(BookError):
            set_minutes(world.book, minutes=wrong, actor=world.administrator)
