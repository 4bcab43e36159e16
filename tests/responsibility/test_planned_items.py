"""Items that look at an item of a plan: the lead's vouchers show how they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.plans.planned_book import draft_plan, issued_plan, item_of
from tests.responsibility.listed_book import issued_item, issued_lists, standing, worded
from tests.responsibility.test_progress import at, party_day, recorded
from tests.worlds import World
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.services import reverse_voucher
from yibenzhang.plans.models import PlanItem
from yibenzhang.plans.services import cancel_item, link_voucher
from yibenzhang.responsibility.models import ResponsibilityItem
from yibenzhang.responsibility.queries import items_of
from yibenzhang.responsibility.splitting import roll_forward
from yibenzhang.responsibility.wording import ShownBy

DEADLINE = date(2023, 11, 20)


def looked_at(world: World, planned: PlanItem) -> ResponsibilityItem:
    """An item of branch one that looks at the plan's 主题党日, due on 20 November."""
    return issued_item(world, worded(shown_by=ShownBy.PLAN, plan_item=planned, deadline=DEADLINE))


def test_an_item_stands_as_the_leads_vouchers_do(world: World) -> None:
    planned = item_of(issued_plan(world))
    item = looked_at(world, planned)
    assert standing(item, DEADLINE).state == "open"
    assert standing(item, date(2023, 11, 21)).state == "overdue"
    done = party_day(world, date(2023, 11, 8))
    link_voucher(planned, done, actor=world.clerk)
    found = standing(item, date(2023, 11, 8))
    assert (found.word, found.found, found.needed, found.vouchers) == ("按期", 1, 1, (done.pk,))
    assert standing(item, date(2023, 11, 7)).state == "open", "what came later changes no earlier answer"
    reverse_voucher(done, actor=world.reviewer, reason="记错", at=at(date(2023, 12, 1)))
    assert standing(item, date(2023, 12, 1)).state == "overdue"
    assert standing(item, date(2023, 11, 30)).state == "met"


def test_what_is_recorded_after_the_deadline_is_late_and_what_waits_awaits_review(world: World) -> None:
    planned = item_of(issued_plan(world))
    item = looked_at(world, planned)
    waiting = recorded(world, world.entry(date(2023, 11, 15)), on=date(2023, 11, 16))
    link_voucher(planned, waiting, actor=world.clerk)
    assert standing(item, date(2023, 11, 17)).state == "awaiting_review"
    late = party_day(world, date(2023, 11, 22))
    link_voucher(planned, late, actor=world.clerk)
    assert standing(item, date(2023, 11, 22)).word == "补记"


def test_a_supporting_units_voucher_does_not_fulfil(world: World) -> None:
    planned = item_of(issued_plan(world))
    item = looked_at(world, planned)
    link_voucher(planned, party_day(world, date(2023, 11, 8), unit=world.other_branch), actor=world.clerk)
    assert standing(item, date(2023, 11, 21)).state == "overdue"


def test_a_cancelled_item_of_the_plan_asks_nothing_from_that_day_on(world: World) -> None:
    planned = item_of(issued_plan(world))
    item = looked_at(world, planned)
    revision = planned.plan.revision
    cancel_item(
        planned, reason="并入别的活动", day=date(2023, 11, 10), revision=revision, actor=world.reviewer
    )
    assert standing(item, date(2023, 11, 9)).state == "open"
    found = standing(item, date(2023, 12, 1))
    assert found.state == "not_applicable" and "2023年11月10日取消" in found.reason


@pytest.mark.parametrize("case", ["nothing", "draft", "other year"])
def test_only_items_of_the_years_issued_plans_can_be_looked_at(world: World, case: str) -> None:
    planned: Any = None
    if case == "draft":
        planned = item_of(draft_plan(world))
    elif case == "other year":
        planned = item_of(issued_plan(world))
        planned.plan.year = 2022
    with pytest.raises(BookError) as caught:
        looked_at(world, planned)
    assert caught.value.field == "plan_item"


def test_next_year_begins_without_the_old_years_plan(world: World) -> None:
    planned = item_of(issued_plan(world))
    wording = worded(shown_by=ShownBy.PLAN, plan_item=planned, deadline=DEADLINE)
    draft = roll_forward(issued_lists(world, items=[wording])[0], actor=world.clerk)
    version = items_of([draft])[0].current
    assert (version.shown_by, version.plan_item) == (ShownBy.STATED, None)
