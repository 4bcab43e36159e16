"""Reminding: at most once in the interval of working days, in working hours, whatever people press."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.followups.followed import GAP, Followed, at
from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.followups.models import DUTY, FollowUp, FollowUpEvent
from yibenzhang.followups.queries import interval_for, reminders_of
from yibenzhang.followups.services import answer, close, remind, set_interval, withdraw
from yibenzhang.kernel.errors import BookError


def opened_on(book: Followed, day: date) -> FollowUp:
    """A matter by hand, opened on that day with a far deadline."""
    deadline = current_workdays().add(day + timedelta(days=60), 0)
    return book.open(at=at(day), deadline=deadline)


@pytest.mark.parametrize(
    ("opened", "next_on"),
    [
        (date(2024, 11, 11), date(2024, 11, 18)),  # an ordinary week
        (date(2024, 11, 15), date(2024, 11, 22)),  # a Friday
        (date(2024, 9, 29), date(2024, 10, 11)),  # the Sunday worked before National Day
        (date(2024, 9, 30), date(2024, 10, 12)),  # 8 to 11 October, and the Saturday worked after it
        (date(2024, 2, 8), date(2024, 2, 21)),  # Spring Festival: the eve works, so does Sunday 18 February
        (date(2024, 2, 2), date(2024, 2, 8)),  # Sunday 4 February is worked
        (date(2023, 9, 27), date(2023, 10, 10)),  # Mid-Autumn and National Day, then a worked weekend
        (date(2026, 2, 13), date(2026, 2, 27)),  # Saturday 14 February is worked, nine days are off
        (date(2026, 12, 30), date(2027, 1, 6)),  # 2027 is not published: Monday to Friday
    ],
)
def test_the_interval_runs_over_working_days(book: Followed, opened: date, next_on: date) -> None:
    follow_up = opened_on(book, opened)
    reviewer = book.actor("reviewer")
    assert reminders_of(follow_up).next_on == next_on
    with pytest.raises(BookError):
        remind(follow_up, actor=reviewer, at=at(next_on - timedelta(days=1)))
    remind(follow_up, actor=reviewer, at=at(next_on))
    assert reminders_of(follow_up).count == 1
    with pytest.raises(BookError, match="5个工作日内只提醒一次"):
        remind(follow_up, actor=reviewer, at=at(next_on, 16))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(date(2024, 10, 4)), "10月4日是国庆节放假，不催办；10月8日上班后再办"),
        (at(date(2024, 10, 13)), "10月13日是周末，不催办；10月14日上班后再办"),
        (at(date(2024, 10, 14), 8, 29), "8:30 至 17:30"),
        (at(date(2024, 10, 14), 17, 31), "8:30 至 17:30"),
        (at(date(2024, 10, 14), 8, 30), ""),
        (at(date(2024, 10, 14), 17, 30), ""),
        (at(date(2024, 10, 12)), ""),  # a Saturday worked instead
    ],
)
def test_nobody_is_reminded_outside_working_hours(book: Followed, moment: datetime, words: str) -> None:
    follow_up = opened_on(book, date(2024, 9, 2))
    if words:
        with pytest.raises(BookError, match=words):
            remind(follow_up, actor=book.actor("reviewer"), at=moment)
    else:
        remind(follow_up, actor=book.actor("reviewer"), at=moment)
    assert FollowUpEvent.objects.filter(step="reminded").count() == (0 if words else 1)


def test_a_living_book_goes_by_the_clock(book: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    book.world.book.fixed_date = None
    book.world.book.save()
    follow_up = opened_on(book, date(2026, 11, 2))
    night = at(date(2026, 11, 20), 22)
    monkeypatch.setattr(timezone, "now", lambda: night)
    with pytest.raises(BookError, match="8:30"):
        remind(follow_up, actor=book.actor("reviewer"))
    monkeypatch.setattr(timezone, "now", lambda: at(date(2026, 11, 20), 9))
    remind(follow_up, actor=book.actor("reviewer"))


@pytest.mark.parametrize("username", ["secretary", "clerk", "leader", "administrator", "outsider"])
def test_only_who_opened_it_reminds(book: Followed, username: str) -> None:
    follow_up = opened_on(book, date(2023, 11, 6))
    with pytest.raises(BookError, match="督办单位"):
        remind(follow_up, actor=book.actor(username))


def test_what_is_answered_or_closed_or_met_is_not_reminded(book: Followed) -> None:
    reviewer = book.actor("reviewer")
    answered, closed = opened_on(book, date(2023, 11, 6)), opened_on(book, date(2023, 11, 6))
    answer(answered, actor=book.actor("secretary"), text="已办")
    close(closed, actor=reviewer, reason="已核实")
    with pytest.raises(BookError, match="已经回复"):
        remind(answered, actor=reviewer)
    with pytest.raises(BookError, match="已办结"):
        remind(closed, actor=reviewer)
    met = book.gap(at=at(date(2023, 12, 4)))
    book.world.posted(book.world.entry(date(2023, 10, 10)))
    with pytest.raises(BookError, match="台账显示这件事已经办了"):
        remind(met, actor=reviewer)


def test_an_administrator_sets_the_interval_of_the_book(book: Followed) -> None:
    set_interval(book=book.world.book, workdays=10, actor=book.actor("administrator"))
    assert interval_for(book.branch) == 10
    assert interval_for(book.world.foreign_branch) == 5
    follow_up = opened_on(book, date(2024, 11, 4))
    assert reminders_of(follow_up).next_on == date(2024, 11, 18)
    for workdays in (0, 2, 31):
        with pytest.raises(BookError, match="3 到 30"):
            set_interval(book=book.world.book, workdays=workdays, actor=book.actor("administrator"))
    for username in ("reviewer", "outsider"):
        with pytest.raises(BookError, match="管理范围"):
            set_interval(book=book.world.book, workdays=7, actor=book.actor(username))


ACTS = st.lists(
    st.tuples(st.sampled_from(["open", "remind", "answer", "close", "withdraw"]), st.integers(0, 6)),
    max_size=25,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS, st.dates(date(2023, 11, 8), date(2024, 10, 8)), st.sampled_from([3, 5, 8]))
def test_a_matter_is_never_brought_up_twice_within_the_interval(
    book: Followed, acts: list[tuple[str, int]], start: date, interval: int
) -> None:
    """Whatever sequence of opening, reminding, answering, closing and withdrawing people try."""
    with transaction.atomic():
        set_interval(book=book.world.book, workdays=interval, actor=book.actor("administrator"))
        _try_all(book, acts, start)
        steps = FollowUpEvent.objects.filter(step__in=["opened", "reminded"]).order_by("id")
        days = list(steps.values_list("day", flat=True))
        workdays = current_workdays()
        gaps = [workdays.between(first, second) for first, second in pairwise(days)]
        assert all(gap >= interval for gap in gaps), days
        transaction.set_rollback(True)


def _try_all(book: Followed, acts: list[tuple[str, int]], start: date) -> None:
    day = start
    for act, wait in acts:
        day += timedelta(days=wait)
        newest = FollowUp.objects.order_by("-pk").first()
        try:
            _try(book, act, newest, day)
        except BookError:
            continue


def _try(book: Followed, act: str, newest: FollowUp | None, day: date) -> None:
    reviewer, moment = book.actor("reviewer"), at(day)
    if act == "open":
        deadline = current_workdays().add(day, 3)
        book.open(origin_kind=DUTY, origin_ref=GAP, deadline=deadline, at=moment)
    elif newest is None:
        return
    elif act == "remind":
        remind(newest, actor=reviewer, at=moment)
    elif act == "answer":
        answer(newest, actor=book.actor("secretary"), text="在办", at=moment)
    elif act == "close":
        close(newest, actor=reviewer, reason="核实", at=moment)
    else:
        withdraw(newest, actor=reviewer, reason="误发", at=moment)
