"""The demo year's plans: three sorts in both bureaus, matched to what was recorded, with what goes otherwise in a year."""

from __future__ import annotations

import pytest

from yibenzhang.organisation.queries import today_for
from yibenzhang.plans.models import Plan, PlanAmendment
from yibenzhang.plans.queries import items_of
from yibenzhang.plans.standing import DONE, OVERDUE, ItemStanding, standings, unplanned
from yibenzhang.vouchers.models import Matter

pytestmark = pytest.mark.usefixtures("demo_book", "db")
BUREAUS = [("geology", "geology_committee", "geology_agency_committee", 2023),
           ("meteorology", "meteorology_group", "meteorology_agency_committee", 2024)]  # fmt: skip


def found(unit: str, sort: str, year: int) -> tuple[Plan, list[ItemStanding]]:
    """A plan of the demo year with its items as they stand."""
    plan = Plan.objects.select_related("unit").get(unit__code=unit, sort=sort, year=year)
    return plan, standings(items_of(plan), today_for(plan.unit))


@pytest.mark.parametrize(("bureau", "group", "agency", "year"), BUREAUS)
def test_each_bureau_has_its_three_plans(bureau: str, group: str, agency: str, year: int) -> None:
    _, tasks = found(bureau, Plan.Sort.KEY_POINTS, year)
    assert 8 <= len(tasks) <= 10
    assert sum(each.state == OVERDUE for each in tasks) == 1
    _, study = found(group, Plan.Sort.CENTRE_GROUP, year)
    assert [each.item.month for each in study] == list(range(1, 13))
    recorded = today_for(study[0].item.plan.unit).month - (1 if year == 2024 else 0)
    assert sum(each.state == DONE for each in study) >= min(recorded, 11)
    training, classes = found(agency, Plan.Sort.TRAINING, year)
    assert sum(each.state == DONE for each in classes) >= 3
    assert all(
        each.fulfilled_by and each.item.text in each.fulfilled_by.title
        for each in classes
        if each.state == DONE
    )
    assert PlanAmendment.objects.filter(item__plan__year=year).exists()
    assert [*unplanned(training), *unplanned(study[0].item.plan)], "more was done than planned"


def test_one_term_election_is_through_and_one_is_under_way() -> None:
    states = Matter.objects.filter(kind="term_election_matter").values_list("unit__code", "state")
    assert dict(states) == {"geology_youth_league": "filed", "meteo_b15": "replied"}
