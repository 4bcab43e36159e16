"""The demo year looks like an office: people, branches, detours of vouchers, closed months, and a sound ledger."""

from __future__ import annotations

import pytest

from yibenzhang.access.models import User
from yibenzhang.access.scope import actor_for, review_units
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.demo import accounts, prepare
from yibenzhang.demo.units.province import BOOKS
from yibenzhang.indicators.figures import figure
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import aggregate, trace
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.models import Closing, Entry
from yibenzhang.ledger.queries import position
from yibenzhang.ledger.verify import verify
from yibenzhang.organisation.models import Person, Term, Unit, UnitEvent
from yibenzhang.organisation.queries import reviewers_of
from yibenzhang.vouchers.models import MatterLink, TrailEntry, Voucher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_book")]


def test_about_sixty_branches_and_fifteen_hundred_people() -> None:
    branches = Unit.objects.filter(unit_type="branch", abolished_on=None)
    assert 55 <= branches.count() <= 65
    assert 1400 <= Person.objects.count() <= 1650


def test_the_organisation_has_a_history() -> None:
    kinds = set(UnitEvent.objects.filter(happened_on__year__gte=2023).values_list("kind", flat=True))
    assert kinds == {"founded", "merged", "rehung", "renamed", "abolished"}


def test_some_elections_are_due_soon() -> None:
    due = [
        term for book in BOOKS for term in Term.objects.all() if 0 <= (term.ends_on - book.today).days <= 90
    ]
    assert due


def test_vouchers_go_every_way() -> None:
    steps = TrailEntry.objects.values_list("step", flat=True)
    assert {"drafted", "submitted", "returned", "posted", "reversed"} == set(steps)
    states = dict.fromkeys(Voucher.objects.values_list("state", flat=True))
    assert set(states) == {"draft", "submitted", "returned", "posted", "reversed"}
    assert sum(voucher.is_late for voucher in Voucher.objects.all()) >= 40
    assert Voucher.objects.filter(corrects__isnull=False, corrects__state="reversed").count() >= 10
    assert MatterLink.objects.exists()


def test_every_reviewer_finds_work() -> None:
    for account in accounts():
        actor = actor_for(User.objects.get(username=account.username))
        if actor.has("approver"):
            waiting = Voucher.objects.filter(state="submitted", unit__in=review_units(actor))
            assert 1 <= waiting.count() <= 60, account


def test_nobody_posted_what_they_prepared_and_reviewers_had_the_right() -> None:
    rows = Entry.objects.filter(kind=Entry.POSTING).select_related("voucher__unit", "voucher", "actor")
    for entry in rows.order_by("number")[::97]:
        assert entry.actor_id != entry.voucher.preparer_id
        bodies = {body.pk for body in reviewers_of(entry.voucher.unit, entry.posted_on)}
        granted = set(entry.actor.grants.filter(role="approver").values_list("unit_id", flat=True))
        assert bodies & granted or entry.voucher.unit.abolished_on, entry


def test_entries_of_a_bureau_follow_the_calendar() -> None:
    for book in BOOKS:
        days = list(
            Entry.objects.filter(book__unit__code=book.bureau)
            .order_by("number")
            .values_list("posted_on", flat=True)
        )
        assert days == sorted(days)
        assert book.opens <= days[0] <= days[-1] <= book.today


def test_months_are_closed_up_to_the_last_quarter() -> None:
    closed = {(row.book.unit.code, row.month) for row in Closing.objects.select_related("book__unit")}
    assert ("geology", 202309) in closed
    assert ("geology", 202310) not in closed
    assert ("meteorology", 202409) in closed


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.bureau)
def test_every_figure_equals_the_aggregate_of_its_trace(book) -> None:
    unit = Unit.objects.get(code=book.bureau)
    question = Question(unit, parse_period(str(book.today.year)))
    recorded = 0
    for indicator in current_catalogue().indicators.values():
        answer = figure(indicator, question)
        if answer.value is None:
            continue
        found = aggregate(indicator, trace(indicator, question))
        assert (found or 0) == answer.value, indicator.code
        recorded += 1
    assert recorded > 100


def test_the_ledger_is_sound() -> None:
    verdict = verify()
    assert verdict.damage is None
    assert verdict.entries > 5000


def test_preparing_again_changes_nothing() -> None:
    before = position(), Voucher.objects.count()
    prepare(lambda stage, done, total: None)
    assert before == (position(), Voucher.objects.count())
