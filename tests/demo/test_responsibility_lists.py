"""The lists of the demo year: four tiers from one origin in both bureaus, one chain overdue, reforms with milestones."""

from __future__ import annotations

import pytest

from yibenzhang.organisation.models import Unit
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList, Review
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import descendants_of, items_of, origins_of
from yibenzhang.responsibility.rollup import rollup
from yibenzhang.responsibility.standing import OVERDUE
from yibenzhang.vouchers.models import Voucher

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_book")]

BUREAUS = {
    "meteorology": ["meteorology_group", "meteorology_leading_group", "meteorology_agency_committee"],
    "geology": ["geology_committee", "geology_leading_group", "geology_agency_committee"],
}


def items_at(code: str) -> list[ResponsibilityItem]:
    """The items of the unit's own lists."""
    return items_of(ResponsibilityList.objects.filter(unit__code=code, post=""))


@pytest.mark.parametrize("bureau", BUREAUS)
def test_an_item_reaches_the_branches_through_every_tier(bureau: str) -> None:
    branch = Unit.objects.filter(guided_by__superior__code=BUREAUS[bureau][2], unit_type="branch").first()
    assert branch is not None
    split = [item for item in items_at(branch.code) if item.origin_id]
    assert len(split) >= 4
    for item in split:
        assert [each.list.unit.code for each in origins_of(item) if each.list.unit] == BUREAUS[bureau]


@pytest.mark.parametrize("bureau", BUREAUS)
def test_one_of_the_top_s_own_tasks_is_overdue_and_nobody_below_mended_it(bureau: str) -> None:
    top = items_at(BUREAUS[bureau][0])
    assert 8 <= len(top) <= 12
    overdue = [item for item in top if assess([item])[item.pk].is_overdue and item.current.matter_id]
    assert [item.current.text for item in overdue] == ["听取各级书记抓党建述职并点评到人"]
    below = descendants_of(overdue)
    children = below[overdue[0].pk]
    told = rollup(children, assess(children))
    assert told is not None and OVERDUE in {group.state for group in told.groups}


@pytest.mark.parametrize("bureau", BUREAUS)
def test_reforms_have_milestones_and_a_party_item_stands_beside_the_business_it_serves(bureau: str) -> None:
    found = [item.current for item in items_at(BUREAUS[bureau][0])]
    assert sum(bool(version.milestones) for version in found) == 2
    (served,) = [version for version in found if version.business_goal]
    assert served.business_matter is not None
    assert Voucher.objects.filter(matters__matter=served.business_matter, state="posted").exists()


def test_the_tiers_were_reviewed_at_half_year_and_a_secretary_has_a_list() -> None:
    assert set(Review.objects.values_list("on__month", flat=True)) == {7}
    reviewed = ResponsibilityList.objects.filter(state="reviewed")
    assert {code for codes in BUREAUS.values() for code in codes} == {
        each.unit.code for each in reviewed if each.unit
    }
    posts = ResponsibilityList.objects.filter(post="书记")
    assert len(posts) == 2 and all(each.holder for each in posts)
