"""The demo's follow-ups: every course in both books, true to the ledger on the book's day."""

import pytest

from yibenzhang.access.models import User
from yibenzhang.access.scope import actor_for
from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.followups.gaps import duty_of
from yibenzhang.followups.models import FollowUp, FollowUpEvent
from yibenzhang.followups.queries import addressed_to, opened_by, reminders_of
from yibenzhang.organisation.queries import book_of, today_for

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_book")]


@pytest.mark.parametrize("bureau", ["meteorology", "geology"])
def test_each_book_shows_every_course(bureau: str) -> None:
    shown = [each for each in FollowUp.objects.all() if _keeper(each) == bureau]
    assert {each.state for each in shown} >= {"open", "closed"}
    closings = FollowUpEvent.objects.filter(follow_up__in=shown, step="closed")
    assert closings.filter(voucher=None).exists() and closings.exclude(voucher=None).exists()
    assert any(reminders_of(each).count == 2 for each in shown)
    assert any(each.is_advice for each in shown)


def _keeper(follow_up: FollowUp) -> str:
    book = book_of(follow_up.unit)
    return book.unit.code if book else ""


def test_what_is_open_is_still_a_gap_and_nothing_lies_ahead_of_the_book() -> None:
    workdays = current_workdays()
    for follow_up in FollowUp.objects.select_related("unit"):
        today = today_for(follow_up.unit)
        assert workdays.is_workday(follow_up.deadline)
        assert all(event.day <= today for event in follow_up.events.all())
        duty = duty_of(follow_up, today)
        if duty is not None and follow_up.is_open:
            assert duty.state == "overdue", follow_up.title


@pytest.mark.parametrize(("username", "count"), [("meteo-secretary", 2), ("geo-secretary", 2)])
def test_the_demo_secretaries_have_something_to_settle(username: str, count: int) -> None:
    actor = actor_for(User.objects.get(username=username))
    assert addressed_to(actor).filter(state="open").count() == count


@pytest.mark.parametrize("username", ["meteo-committee", "geo-committee", "geo-unit", "organs-staff"])
def test_the_demo_superiors_have_opened_some(username: str) -> None:
    assert opened_by(actor_for(User.objects.get(username=username))).exists()
