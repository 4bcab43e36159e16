"""换届 as a matter: each record moves it one step, its page shows the days, and the rule on elections still holds."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.web.signed_in import client_of, page
from tests.worlds import World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.services import reverse_voucher
from yibenzhang.organisation.models import Term
from yibenzhang.requirements.duties import duties
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter, Voucher

STEPS = [
    ("term_election_request", date(2023, 4, 11), "requested", "已请示"),
    ("term_election_reply", date(2023, 4, 27), "replied", "已批复"),
    ("term_election", date(2023, 5, 25), "elected", "已选举"),
    ("term_election_report", date(2023, 6, 5), "filed", "已备案"),
]


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def step(world: World, kind: str, day: date, matter: Matter | None) -> Voucher:
    """A posted record of one step; the request opens the matter."""
    return world.posted(
        Entry(
            unit=world.branch,
            kind=current_catalogue().kind(kind),
            title="第一党支部换届",
            event_date=day,
            values={"form": "term"} if kind == "term_election" else {},
            matters={"matter": matter} if matter else {},
        )
    )


def test_the_matter_goes_from_request_to_filing_with_its_days(world: World) -> None:
    matter = None
    for kind, day, state, word in STEPS:
        step(world, kind, day, matter)
        matter = Matter.objects.get(kind="term_election_matter")
        assert (matter.state, matter.state_name) == (state, word)
    assert matter is not None
    assert (matter.opened_on, matter.closed_on) == (date(2023, 4, 11), date(2023, 6, 5))
    shown = page(client_of(world, "secretary"), reverse("matters:detail", args=[matter.pk]))
    for word, shown_day in [
        ("已请示", "2023年4月11日"),
        ("已批复", "2023年4月27日"),
        ("已选举", "2023年5月25日"),
        ("已备案", "2023年6月5日"),
    ]:
        assert f"<b>{word}</b><small>{shown_day}</small>" in shown


def test_an_election_reversed_leaves_the_matter_at_the_reply(world: World) -> None:
    step(world, *STEPS[0][:2], None)
    matter = Matter.objects.get(kind="term_election_matter")
    step(world, *STEPS[1][:2], matter)
    election = step(world, *STEPS[2][:2], matter)
    reverse_voucher(election, actor=world.reviewer, reason="日期有误")
    matter.refresh_from_db()
    assert matter.state == "replied"


@pytest.mark.parametrize("with_matter", [False, True])
def test_the_rule_on_elections_is_met_by_the_election_and_by_nothing_before_it(
    world: World, with_matter: bool
) -> None:
    Term.objects.create(unit=world.branch, number=3, elected_on=date(2020, 6, 1), ends_on=date(2023, 6, 1))
    matter = None
    if with_matter:
        step(world, *STEPS[0][:2], None)
        matter = Matter.objects.get(kind="term_election_matter")
        step(world, *STEPS[1][:2], matter)
    assert states(world) == {"overdue"}
    step(world, *STEPS[2][:2], matter)
    assert states(world) <= {"met", "met_late"}


def states(world: World) -> set[str]:
    """States of the branch's duty to elect in time."""
    rule = next(
        rule
        for rule in current_catalogue().requirements.values()
        if rule.measure and rule.measure.fact == "term_election" and "branch" in rule.binds.unit_types
    )
    return {duty.state for duty in duties([world.branch], parse_period("2023"), requirements=[rule])}
