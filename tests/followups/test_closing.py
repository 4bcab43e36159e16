"""Answering and closing: by a voucher, by a reason, and what is said when the voucher is reversed later."""

from __future__ import annotations

from datetime import date

import pytest

from tests.followups.followed import Followed
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.followups.gaps import duty_of
from yibenzhang.followups.services import answer, close, withdraw
from yibenzhang.followups.vouchers import fitting, settling
from yibenzhang.kernel.errors import BookError
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Voucher

TODAY = date(2023, 12, 27)
ALL = Voucher.objects.all


@pytest.mark.parametrize(
    ("username", "may"),
    [
        ("secretary", True),
        ("clerk", True),
        ("reviewer", False),  # who opened it does not answer for the other side
        ("leader", False),
        ("administrator", False),
        ("outsider", False),
    ],
)
def test_the_unit_answers(book: Followed, username: str, may: bool) -> None:
    follow_up = book.gap()
    if may:
        answer(follow_up, actor=book.actor(username), text="12月20日已补开")
    else:
        with pytest.raises(BookError, match="只有承办单位能回复"):
            answer(follow_up, actor=book.actor(username), text="已办")
    follow_up.refresh_from_db()
    assert follow_up.state == ("answered" if may else "open")


def test_the_named_person_answers_without_recording_for_the_unit(book: Followed) -> None:
    leader = book.world.leader
    leader.person = book.secretary
    leader.save()
    assert answer(book.gap(), actor=book.actor("leader"), text="在办").state == "answered"


def test_the_superior_closes_for_a_reason(book: Followed) -> None:
    follow_up = book.gap()
    with pytest.raises(BookError, match="请选一笔凭证，或写明办结的理由"):
        close(follow_up, actor=book.actor("reviewer"), reason=" ")
    closed = close(follow_up, actor=book.actor("reviewer"), reason="情况已核实，当月野外停工")
    assert (closed.state, closed.events.last().text) == ("closed", "情况已核实，当月野外停工")  # type: ignore[union-attr]
    with pytest.raises(BookError, match="已办结，不能再改"):
        withdraw(follow_up, actor=book.actor("reviewer"), reason="再来")
    with pytest.raises(BookError, match="已办结，不能再改"):
        answer(follow_up, actor=book.actor("secretary"), text="再说")


def test_the_unit_closes_by_the_voucher_that_met_the_duty_and_not_before(book: Followed) -> None:
    follow_up, secretary = book.gap(), book.actor("secretary")
    with pytest.raises(BookError, match="台账还没有显示已经办好"):
        close(follow_up, actor=secretary, reason="办了")
    voucher = book.world.posted(book.world.entry(date(2023, 10, 10)))
    duty = duty_of(follow_up, TODAY)
    assert duty is not None and duty.state == "met_late"
    assert settling(duty, ALL()) == voucher
    with pytest.raises(BookError, match="台账还没有显示"):
        close(follow_up, actor=secretary, reason="只写理由")
    close(follow_up, actor=secretary, voucher=voucher)
    assert follow_up.events.last().voucher == voucher  # type: ignore[union-attr]


def test_a_matter_by_hand_is_closed_by_the_superior_only(book: Followed) -> None:
    follow_up = book.open()
    voucher = book.world.posted()
    with pytest.raises(BookError, match="由督办单位办结"):
        close(follow_up, actor=book.actor("secretary"), voucher=voucher)
    assert close(follow_up, actor=book.actor("reviewer"), voucher=voucher).state == "closed"


def test_only_posted_vouchers_of_the_unit_close(book: Followed) -> None:
    world, reviewer = book.world, book.actor("reviewer")
    follow_up = book.gap()
    waiting = world.submitted(world.entry(date(2023, 10, 10)))
    foreign = world.posted(world.entry(date(2023, 10, 10), unit=world.other_branch))
    with pytest.raises(BookError, match="待审，入账后才能用来办结"):
        close(follow_up, actor=reviewer, voucher=waiting)
    with pytest.raises(BookError, match="不是第一党支部的"):
        close(follow_up, actor=reviewer, voucher=foreign)
    assert waiting not in fitting(follow_up, duty_of(follow_up, TODAY), ALL())
    assert foreign not in fitting(follow_up, duty_of(follow_up, TODAY), ALL())


def test_a_joint_event_of_another_unit_closes_too(book: Followed) -> None:
    world = book.world
    follow_up = book.open()
    entry = world.entry(date(2023, 12, 5), unit=world.other_branch)
    entry.participants = [book.branch]
    joint = world.posted(entry)
    assert joint in fitting(follow_up, None, ALL())
    assert close(follow_up, actor=book.actor("reviewer"), voucher=joint).state == "closed"


def test_vouchers_that_bear_on_the_duty_are_proposed_first(book: Followed) -> None:
    world = book.world
    follow_up = book.gap()
    right = world.posted(world.entry(date(2023, 10, 10)))
    kind = current_catalogue().kind("research_topic")
    world.posted(Entry(unit=book.branch, kind=kind, title="基层调研", event_date=date(2023, 12, 11)))
    assert fitting(follow_up, duty_of(follow_up, TODAY), ALL())[0] == right


def test_withdrawing_needs_a_reason_and_stays_on_record(book: Followed) -> None:
    follow_up = book.gap()
    with pytest.raises(BookError, match="撤回的理由"):
        withdraw(follow_up, actor=book.actor("reviewer"), reason="")
    with pytest.raises(BookError, match="督办单位"):
        withdraw(follow_up, actor=book.actor("secretary"), reason="不办")
    withdraw(follow_up, actor=book.actor("reviewer"), reason="对象选错")
    assert list(follow_up.events.values_list("step", flat=True)) == ["opened", "withdrawn"]
