"""Each member stands in exactly one group, and what is reached and what is not always add up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.worlds import FOUNDED, World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.coverage.groups import GROUPS, LEADERS, OTHERS, YOUNG, members
from yibenzhang.coverage.members import ANY, EVERYBODY, coverage
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Membership, Post, Unit
from yibenzhang.organisation.queries import units_below
from yibenzhang.organisation.services import found_unit, register_person
from yibenzhang.vouchers.entry import Entry

DAY = date(2023, 12, 5)
PACKS = ["base", "geology"]


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_who_leads_who_is_young_and_all_others(world: World) -> None:
    """By post, by seat in a Party group, by the audience registered; an activist is no member yet."""
    group = found_unit(
        code="geo-group", name="局党组", unit_type="leading_party_group", parent=world.bureau, on=FOUNDED
    )
    seat, post = register_person(name="组员"), register_person(name="处长")
    Post.objects.create(person=seat, unit=group, title=Post.COMMITTEE_MEMBER, valid_from=FOUNDED)
    Post.objects.create(person=post, unit=world.branch, title=Post.LEADING_OFFICIAL, valid_from=FOUNDED)
    people = {
        "audience": register_person(name="甲", audiences=["leading_official"]),
        "both": register_person(name="乙", audiences=["young_official", "division_level_official"]),
        "young": register_person(name="丙", audiences=["young_official"]),
        "secretary": register_person(name="丁", audiences=["secretary"]),
        "activist": register_person(name="戊", audiences=["young_official"]),
    }
    for name, person in people.items():
        state = Membership.ACTIVIST if name == "activist" else Membership.PROBATIONARY
        Membership.objects.create(person=person, unit=world.branch, state=state, valid_from=FOUNDED)
    found = {member.person: member for member in members(units_below([world.bureau.pk]), DAY)}
    groups = {name: found[person.pk].group for name, person in people.items() if person.pk in found}
    assert groups == {"audience": LEADERS, "both": LEADERS, "young": YOUNG, "secretary": OTHERS}
    assert (found[seat.pk].group, found[post.pk].group) == (LEADERS, LEADERS)
    assert found[world.members[0].pk].group == OTHERS, "a branch's secretary is no leading official"


def test_somebody_who_moved_counts_where_they_are(world: World) -> None:
    """On the day before in the old branch, on the day in the new one, once."""
    person = world.members[4]
    person.memberships.update(valid_to=DAY)
    Membership.objects.create(person=person, unit=world.other_branch, valid_from=DAY)
    Post.objects.create(person=person, unit=world.committee, title=Post.COMMITTEE_MEMBER, valid_from=FOUNDED)
    for day, unit in ((DAY - timedelta(days=1), world.branch), (DAY, world.other_branch)):
        mine = [each for each in members(units_below([world.bureau.pk]), day) if each.person == person.pk]
        assert [each.unit for each in mine] == [unit.pk]


def test_only_what_is_in_the_books_reaches(world: World) -> None:
    """A draft, a waiting and a returned voucher reach nobody, a list of those on leave neither."""
    world.draft(world.entry(date(2023, 11, 7)))
    world.submitted(world.entry(DAY))
    away = world.entry(date(2023, 10, 10))
    away.people["attendees"] = [(person, "excused") for person in world.members]
    world.posted(away)
    units = units_below([world.branch.pk])
    reach = coverage(units, parse_period("2023"), DAY, PACKS).reach("theme_day", EVERYBODY)
    assert reach is not None and (reach.members, reach.reached) == (10, 0)


def test_a_pack_not_adopted_teaches_nothing(world: World) -> None:
    """分类教育 belongs to another agency's pack: it makes no row."""
    found = coverage(units_below([world.branch.pk]), parse_period("2023"), DAY, PACKS)
    assert found.reach("grouped", EVERYBODY) is None
    assert found.reach("theme_day", "nobody") is None


class Sums(TestCase):
    """Whatever is recorded of whom, groups add up to everybody and no sort reaches more than any."""

    world: ClassVar[World]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = small_world()
        for number, audiences in enumerate((["young_official"], ["leading_official"], ["young_official"])):
            person = cls.world.members[number]
            person.audiences = audiences
            person.save()

    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(st.sampled_from(["theme_party_day", "party_lecture"]), st.sets(st.integers(0, 9))),
            max_size=4,
        )
    )
    def test_they_add_up(self, told: list[tuple[str, set[int]]]) -> None:
        expected: set[int] = set()
        for number, (kind, came) in enumerate(told):
            people = [
                (person, "present" if place in came else "absent")
                for place, person in enumerate(self.world.members)
            ]
            self.world.posted(
                Entry(
                    unit=self.world.branch, kind=current_catalogue().kind(kind), title=f"第{number}次",
                    event_date=DAY, people={"attendees": people},
                    values={"lecturer_role": "others"} if kind == "party_lecture" else {},
                )
            )  # fmt: skip
            expected |= came
        found = coverage(Unit.objects.filter(pk=self.world.branch.pk), parse_period("2023"), DAY, PACKS)
        for sort, reaches in found.rows:
            *groups, everybody = reaches
            assert sum(reach.members for reach in groups) == everybody.members == 10
            assert sum(reach.reached for reach in groups) == everybody.reached
            total = found.reach(ANY, EVERYBODY)
            assert total is not None and everybody.reached <= total.reached
            assert len(groups) == len(GROUPS), sort
        whole = found.reach(ANY, EVERYBODY)
        assert whole is not None and whole.reached == len(expected)
