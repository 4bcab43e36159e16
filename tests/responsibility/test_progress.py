"""How items stand, for each way of showing progress: boundary days, late records, waiting vouchers, later reversals."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.utils import timezone

from tests.responsibility.listed_book import issued_item, standing, worded
from tests.worlds import World
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.ledger.models import Entry as LedgerEntry
from yibenzhang.ledger.services import post_voucher, reverse_voucher
from yibenzhang.organisation.models import Unit
from yibenzhang.responsibility.models import ItemVersion
from yibenzhang.responsibility.stating import state_progress
from yibenzhang.responsibility.wording import Milestone, ShownBy
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter, Voucher
from yibenzhang.vouchers.services import save_draft, submit_voucher

OWN, ALL = ItemVersion.Covers.OWN, ItemVersion.Covers.ALL


def at(day: date) -> datetime:
    """Nine o'clock that day."""
    return timezone.make_aware(datetime.combine(day, time(9)))


def recorded(world: World, entry: Entry, *, on: date, posted: date | None = None) -> Voucher:
    """Submit a record on a day; posted on a day when given, else it waits."""
    voucher = save_draft(entry, preparer=world.secretary, at=at(on))
    submit_voucher(entry, voucher, actor=world.secretary, at=at(on))
    if posted is not None:
        post_voucher(voucher, actor=world.reviewer, at=at(posted))
    return voucher


def party_day(world: World, day: date, *, unit: Unit | None = None, posted: date | None = None) -> Voucher:
    """A 主题党日 recorded and posted the same day unless said otherwise."""
    return recorded(world, world.entry(day, unit=unit), on=day, posted=posted or day)


def test_a_monthly_duty_tells_which_months_lack(world: World) -> None:
    item = issued_item(
        world, worded(shown_by=ShownBy.REQUIREMENT, requirement="ZB-06", deadline=date(2023, 12, 31))
    )
    party_day(world, date(2023, 1, 8))
    # 主题党日 may be recorded up to five days after the month.
    february = standing(item, date(2023, 3, 5))
    assert (february.state, february.found) == ("met", 1), "the window of February is still open"
    overdue = standing(item, date(2023, 3, 6))
    assert overdue.state == "overdue" and "逾期未记：2月" in overdue.reason
    recorded(world, world.entry(date(2023, 2, 15)), on=date(2023, 3, 8), posted=date(2023, 3, 8))
    late = standing(item, date(2023, 3, 20))
    assert (late.word, late.found, late.needed) == ("补记", 2, 12)
    assert standing(item, date(2023, 3, 6)).state == "overdue", "what came later changes no earlier answer"


def test_an_items_own_earlier_deadline_counts_for_a_yearly_duty(world: World) -> None:
    item = issued_item(
        world, worded(shown_by=ShownBy.REQUIREMENT, requirement="ZB-07", deadline=date(2023, 6, 30))
    )
    assert standing(item, date(2023, 6, 30)).state == "open"
    assert standing(item, date(2023, 7, 1)).state == "overdue", (
        "the rule itself would wait until the year's end"
    )
    meeting = Entry(
        unit=world.branch, kind=current_catalogue().kind("organisational_life_meeting"), title="组织生活会",
        event_date=date(2023, 7, 5), people={"attendees": [(person, "present") for person in world.members]},
    )  # fmt: skip
    recorded(world, meeting, on=date(2023, 7, 5), posted=date(2023, 7, 5))
    assert standing(item, date(2023, 7, 6)).word == "补记"


def test_a_duty_the_unit_is_not_bound_by_says_why(world: World) -> None:
    item = issued_item(
        world, worded(shown_by=ShownBy.REQUIREMENT, requirement="ZB-02", deadline=date(2023, 12, 31))
    )
    found = standing(item)
    assert found.state == "not_applicable" and "没有设支委会" in found.reason


def days_wanted(world: World, needed: int, **changes: Any) -> Any:
    """An item that wants so many 主题党日."""
    wording = worded(shown_by=ShownBy.INDICATOR, indicator="life.theme_party_days", needed=needed, **changes)
    return issued_item(world, wording)


def test_a_figure_is_met_on_the_day_it_reaches_what_is_needed(world: World) -> None:
    item = days_wanted(world, 2)
    party_day(world, date(2023, 3, 8))
    assert standing(item, date(2023, 10, 31)).state == "open"
    assert standing(item, date(2023, 11, 1)).state == "overdue"
    party_day(world, date(2023, 10, 31))
    found = standing(item, date(2023, 10, 31))
    assert (found.state, found.found, found.needed) == ("met", 2, 2)


def test_a_figure_recorded_after_the_deadline_is_late_and_events_after_it_do_not_count(world: World) -> None:
    item = days_wanted(world, 2)
    party_day(world, date(2023, 3, 8))
    party_day(world, date(2023, 11, 2))
    assert standing(item, date(2023, 11, 3)).state == "overdue"
    recorded(world, world.entry(date(2023, 10, 20)), on=date(2023, 11, 4), posted=date(2023, 11, 6))
    assert standing(item, date(2023, 11, 5)).state == "awaiting_review"
    assert standing(item, date(2023, 11, 6)).word == "补记"
    assert standing(item, date(2023, 11, 3)).state == "overdue", "as of a day, whatever came after"


def test_a_later_reversal_takes_a_figure_back(world: World) -> None:
    item = days_wanted(world, 1)
    voucher = party_day(world, date(2023, 3, 8))
    assert standing(item).state == "met"
    reverse_voucher(voucher, actor=world.reviewer, reason="重复", at=at(date(2023, 11, 10)))
    assert standing(item, date(2023, 11, 9)).state == "met"
    assert standing(item, date(2023, 11, 10)).state == "overdue"


@pytest.mark.parametrize(("covers", "found"), [(OWN, 0), (ALL, 2)])
def test_a_figure_covers_the_unit_itself_or_all_it_answers_for(world: World, covers: str, found: int) -> None:
    for unit in (world.branch, world.other_branch):
        party_day(world, date(2023, 3, 8), unit=unit)
    wording = worded(shown_by=ShownBy.INDICATOR, indicator="life.theme_party_days", needed=2, covers=covers)
    item = issued_item(world, wording, units=[world.committee])
    assert standing(item).found == found


def topic(world: World, day: date) -> tuple[Matter, Voucher]:
    """A research topic of branch one, opened by a posted voucher."""
    kind = current_catalogue().kind("research_topic")
    entry = Entry(unit=world.branch, kind=kind, title="基层调研", event_date=day)
    voucher = recorded(world, entry, on=day, posted=day)
    return voucher.matters.get().matter, voucher


def reform(
    world: World, kind: str, day: date, matter: Matter | None = None, *, posted: bool = True
) -> Voucher:
    """A reform item's next step, recorded by the committee."""
    spec = current_catalogue().kind(kind)
    field = next(each.code for each in spec.fields if each.type == "matter")
    entry = Entry(unit=world.committee, kind=spec, title="改革事项", event_date=day)
    if matter is not None:
        entry.matters = {field: matter}
    voucher = save_draft(entry, preparer=world.clerk, at=at(day))
    submit_voucher(entry, voucher, actor=world.clerk, at=at(day))
    if posted:
        post_voucher(voucher, actor=world.reviewer, at=at(day))
    return voucher


def test_a_matter_is_met_when_it_is_closed_and_no_longer_once_that_is_reversed(world: World) -> None:
    opened = reform(world, "reform_item", date(2023, 3, 1))
    matter = opened.matters.get().matter
    steps = (
        Milestone("方案", date(2023, 3, 31), "planned"),
        Milestone("推进", date(2023, 8, 31), "under_way"),
    )
    item = issued_item(world, worded(shown_by=ShownBy.MATTER, matter=matter, milestones=steps))
    found = standing(item, date(2023, 8, 31))
    assert [step.state for step in found.steps] == ["met", "open"] and found.state == "open"
    missed = standing(item, date(2023, 9, 1))
    assert missed.state == "overdue" and "推进" in missed.reason
    reform(world, "reform_progress", date(2023, 9, 5), matter)
    assert [step.state for step in standing(item, date(2023, 9, 5)).steps] == ["met", "met_late"]
    done = reform(world, "reform_completion", date(2023, 10, 31), matter)
    assert standing(item, date(2023, 10, 31)).state == "met"
    reverse_voucher(done, actor=world.reviewer, reason="未验收", at=at(date(2023, 11, 8)))
    assert standing(item, date(2023, 11, 8)).state == "overdue"
    assert standing(item, date(2023, 11, 7)).state == "met"


def test_a_matter_closed_by_a_waiting_voucher_waits(world: World) -> None:
    matter = reform(world, "reform_item", date(2023, 3, 1)).matters.get().matter
    item = issued_item(world, worded(shown_by=ShownBy.MATTER, matter=matter))
    reform(world, "reform_completion", date(2023, 10, 30), matter, posted=False)
    assert standing(item, date(2023, 11, 15)).state == "awaiting_review"


def test_the_word_of_the_responsible_is_never_called_on_time(world: World) -> None:
    item = issued_item(world)
    assert standing(item, date(2023, 2, 19)).state == "not_yet_due", "not issued yet"
    assert standing(item, date(2023, 10, 31)).state == "open"
    assert standing(item, date(2023, 11, 1)).state == "overdue"
    state_progress(item, text="正在办", actor=world.secretary, on=date(2023, 9, 1))
    assert standing(item, date(2023, 11, 1)).state == "overdue", "progress is not completion"
    state_progress(item, text="办完了", is_done=True, actor=world.secretary, on=date(2023, 11, 2))
    found = standing(item, date(2023, 11, 2))
    assert (found.word, found.statement and found.statement.by) == ("自述", world.secretary)
    assert "期限之后" in found.reason and standing(item, date(2023, 11, 1)).state == "overdue"
    state_progress(item, text="还差一户", actor=world.secretary, on=date(2023, 11, 3))
    assert standing(item, date(2023, 11, 3)).state == "overdue", "the newest word counts"


def test_a_statement_with_a_voucher_stands_as_the_voucher_does(world: World) -> None:
    item = issued_item(world)
    entry = world.entry(date(2023, 10, 20))
    voucher = recorded(world, entry, on=date(2023, 10, 25))
    state_progress(
        item, text="办完了", is_done=True, voucher=voucher, actor=world.secretary, on=date(2023, 10, 26)
    )
    assert standing(item, date(2023, 10, 27)).state == "awaiting_review"
    post_voucher(voucher, actor=world.reviewer, at=at(date(2023, 11, 5)))
    assert standing(item, date(2023, 11, 5)).word == "按期", "recorded in time, though reviewed later"
    reverse_voucher(voucher, actor=world.reviewer, reason="记错", at=at(date(2023, 11, 9)))
    found = standing(item, date(2023, 11, 9))
    assert found.word == "自述" and "不在账上" in found.reason


def test_milestones_decide_an_item_that_has_them(world: World) -> None:
    steps = tuple(Milestone(name, date(2023, month, 15)) for name, month in (("一", 4), ("二", 6), ("三", 9)))
    item = issued_item(world, worded(milestones=steps))
    ahead = standing(item, date(2023, 4, 15))
    assert [step.word for step in ahead.steps] == ["期内未记", "未到期", "未到期"]
    assert standing(item, date(2023, 4, 16)).state == "overdue"
    for name, month in (("一", 4), ("二", 6), ("三", 9)):
        state_progress(
            item, text="到了", is_done=True, milestone=name, actor=world.secretary, on=date(2023, month, 15)
        )
    assert standing(item, date(2023, 5, 1)).state == "open"
    done = standing(item, date(2023, 9, 15))
    assert (done.state, done.found, done.needed) == ("stated", 3, 3)


def test_posting_order_in_the_ledger_is_untouched_by_reading(world: World) -> None:
    item = days_wanted(world, 1)
    party_day(world, date(2023, 3, 8))
    before = list(LedgerEntry.objects.values_list("number", "head"))
    standing(item)
    assert list(LedgerEntry.objects.values_list("number", "head")) == before
