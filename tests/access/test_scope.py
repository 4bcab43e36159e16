"""What an actor sees is exactly the brute-force set: the subtree of each grant, and bodies guided by an approver."""

import random
from datetime import date, timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.access.scope import actor_for, get_in_scope, recording_units, review_units, units_for
from yibenzhang.organisation.models import Guidance, Unit
from yibenzhang.organisation.services import found_unit, guide

BEGIN = date(2010, 1, 1)


def plant(rng: random.Random, size: int) -> tuple[list[Unit], dict[int, int | None]]:
    """A random tree and its parents by key."""
    units: list[Unit] = []
    parents: dict[int, int | None] = {}
    for number in range(size):
        parent = rng.choice(units) if units else None
        unit = found_unit(
            code=f"u{number}", name=f"单位{number}", unit_type="branch", parent=parent, on=BEGIN
        )
        units.append(unit)
        parents[unit.pk] = parent.pk if parent else None
    return units, parents


def is_below(unit: int, top: int, parents: dict[int, int | None]) -> bool:
    here: int | None = unit
    while here is not None:
        if here == top:
            return True
        here = parents[here]
    return False


@pytest.mark.parametrize("seed", range(12))
def test_visible_units_are_the_brute_force_set(db: None, seed: int) -> None:
    rng = random.Random(seed)
    units, parents = plant(rng, 25)
    user = User.objects.create(username="u")
    granted = rng.sample(units, rng.randint(0, 3))
    for unit in granted:
        Grant.objects.create(
            user=user, unit=unit, role=rng.choice([Role.READER, Role.PREPARER]), valid_from=BEGIN
        )
    seen = set(units_for(actor_for(user)).values_list("pk", flat=True))
    assert seen == {u.pk for u in units if any(is_below(u.pk, top.pk, parents) for top in granted)}
    recording = {g.unit_id for g in Grant.objects.filter(role=Role.PREPARER)}
    expected = {u.pk for u in units if any(is_below(u.pk, top, parents) for top in recording)}
    assert set(recording_units(actor_for(user)).values_list("pk", flat=True)) == expected


def test_an_expired_grant_opens_nothing(db: None) -> None:
    units, _ = plant(random.Random(1), 3)
    user = User.objects.create(username="u")
    today = timezone.localdate()
    Grant.objects.create(user=user, unit=units[0], role=Role.READER, valid_from=BEGIN, valid_to=today)
    assert not units_for(actor_for(user)).exists()
    Grant.objects.create(
        user=user, unit=units[0], role=Role.READER, valid_from=BEGIN, valid_to=today + timedelta(days=1)
    )
    assert units_for(actor_for(user)).count() == 3


def test_an_approver_reviews_guided_bodies_outside_the_subtree(db: None) -> None:
    committee = found_unit(
        code="c", name="机关党委", unit_type="agency_party_committee", parent=None, on=BEGIN
    )
    guided = found_unit(code="g", name="属地单位党支部", unit_type="branch", parent=None, on=BEGIN)
    found_unit(code="s", name="无关支部", unit_type="branch", parent=None, on=BEGIN)
    guide(superior=committee, subordinate=guided, kind=Guidance.GUIDES, on=BEGIN)
    user = User.objects.create(username="u")
    Grant.objects.create(user=user, unit=committee, role=Role.APPROVER, valid_from=BEGIN)
    actor = actor_for(user)
    assert {unit.code for unit in review_units(actor)} == {"c", "g"}
    assert {unit.code for unit in units_for(actor)} == {"c", "g"}


def test_a_foreign_object_does_not_exist(db: None) -> None:
    units, _ = plant(random.Random(2), 3)
    user = User.objects.create(username="u")
    for unit in units:
        with pytest.raises(ObjectDoesNotExist):
            get_in_scope(Unit.objects.all(), actor_for(user), by="self", code=unit.code)
