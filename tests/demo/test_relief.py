"""The demo year has notices somebody has yet to open, and suggestions in every state in both bureaus."""

from __future__ import annotations

import pytest

from yibenzhang.access.models import User
from yibenzhang.access.scope import actor_for
from yibenzhang.notices.models import Notice
from yibenzhang.notices.queries import awaiting_issue, unread_by
from yibenzhang.organisation.queries import today_for
from yibenzhang.relief.models import Suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_book")]


def test_notices_wait_for_their_readers_and_one_for_its_issue() -> None:
    secretary = User.objects.get(username="meteo-secretary")
    assert unread_by(actor_for(secretary)).count() == 2
    assert awaiting_issue(actor_for(User.objects.get(username="meteo-chief"))).count() == 1
    for notice in Notice.objects.filter(state=Notice.State.ISSUED).select_related("unit"):
        assert notice.issued_on and notice.issued_on <= today_for(notice.unit)


def test_suggestions_stand_in_every_state_and_name_no_writer() -> None:
    states = {code: set[str]() for code in ("meteorology", "geology")}
    for suggestion in Suggestion.objects.select_related("book__unit"):
        states[suggestion.book.unit.code].add(suggestion.state)
        assert suggestion.day <= today_for(suggestion.book.unit)
    assert states["meteorology"] == {"received", "handling", "answered"}
    assert states["geology"] >= {"handling", "answered"}
