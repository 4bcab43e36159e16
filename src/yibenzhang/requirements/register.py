"""Dated facts of many units, read in a few queries and asked for a day: committees, groups, members, posts, exemptions."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from yibenzhang.organisation.models import LineageMember, Membership, Placement, Post
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.requirements.models import Exemption

COMMITTEE_TITLES = {Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER}
MEMBER_STATES = {Membership.FULL, Membership.PROBATIONARY}
FEW = 500


class Span(NamedTuple):
    """A dated fact: [start, stop) with what it says and about whom."""

    start: date
    stop: date | None
    what: str
    person: int = 0
    more: str = ""

    def holds(self, day: date) -> bool:
        """True when the fact holds on the day."""
        return self.start <= day and (self.stop is None or day < self.stop)


Spans = dict[int, list[Span]]


class Register:
    """The register (册) of some units. Each sort of fact is read once, when first asked for."""

    def __init__(self, units: list[int]) -> None:
        self._units = units
        self._below: dict[date, dict[int, int]] = {}
        self._counted: dict[tuple[int, date], tuple[int, int]] = {}

    def _mine(self, rows: QuerySet[Any], column: str) -> QuerySet[Any]:
        return rows.filter(**{f"{column}__in": self._units}) if len(self._units) <= FEW else rows

    @cached_property
    def parents(self) -> Spans:
        """Type of the unit directly above."""
        rows = self._mine(Placement.objects.all(), "unit_id")
        return _gather(
            (unit, Span(start, stop, kind or ""))
            for unit, start, stop, kind in rows.values_list(
                "unit_id", "valid_from", "valid_to", "parent__unit_type"
            )
        )

    @cached_property
    def bodies(self) -> Spans:
        """Types of the units that hang directly below."""
        rows = self._mine(Placement.objects.exclude(parent=None), "parent_id")
        return _gather(
            (unit, Span(start, stop, kind))
            for unit, start, stop, kind in rows.values_list(
                "parent_id", "valid_from", "valid_to", "unit__unit_type"
            )
        )

    @cached_property
    def posts(self) -> Spans:
        """Party posts: the title, who holds it and the division of work."""
        rows = self._mine(Post.objects.order_by("id"), "unit_id")
        fields = rows.values_list("unit_id", "valid_from", "valid_to", "title", "person_id", "duty")
        return _gather(
            (unit, Span(start, stop, title, person, duty))
            for unit, start, stop, title, person, duty in fields
        )

    @cached_property
    def members(self) -> Spans:
        """Memberships: the state and the person."""
        rows = self._mine(Membership.objects.order_by("id"), "unit_id")
        fields = rows.values_list("unit_id", "valid_from", "valid_to", "state", "person_id")
        return _gather(
            (unit, Span(start, stop, state, person)) for unit, start, stop, state, person in fields
        )

    @cached_property
    def exemptions(self) -> dict[tuple[int, str], list[Exemption]]:
        """Exemptions by unit and requirement."""
        found: dict[tuple[int, str], list[Exemption]] = defaultdict(list)
        for exemption in self._mine(Exemption.objects.all(), "unit_id"):
            found[exemption.unit_id, exemption.requirement].append(exemption)
        return found

    def has_committee(self, unit: int, day: date) -> bool:
        """True when the unit had committee members (委员) on the day; a secretary and a deputy alone are none."""
        return any(
            span.what == Post.COMMITTEE_MEMBER and span.holds(day) for span in self.posts.get(unit, ())
        )

    def committee(self, unit: int, day: date) -> list[Span]:
        """The posts of the committee in office on the day."""
        return [
            span for span in self.posts.get(unit, ()) if span.what in COMMITTEE_TITLES and span.holds(day)
        ]

    def has_groups(self, unit: int, day: date) -> bool:
        """True when Party groups (党小组) hung under the unit on the day."""
        return any(span.what == "branch_group" and span.holds(day) for span in self.bodies.get(unit, ()))

    def count_bodies(self, unit: int, types: list[str], day: date) -> int:
        """How many units of these types hung directly below on the day."""
        return sum(span.what in types and span.holds(day) for span in self.bodies.get(unit, ()))

    def member_counts(self, unit: int, day: date) -> tuple[int, int]:
        """Full members, and full with probationary ones, on the day."""
        key = (unit, day)
        if key not in self._counted:
            states = [span.what for span in self.members.get(unit, ()) if span.holds(day)]
            full = states.count(Membership.FULL)
            self._counted[key] = (full, full + states.count(Membership.PROBATIONARY))
        return self._counted[key]

    def parent_type(self, unit: int, day: date) -> str:
        """Type of the unit directly above on the day; empty for a root."""
        return next((span.what for span in self.parents.get(unit, ()) if span.holds(day)), "")

    def members_below(self, unit: int, day: date) -> int:
        """Members of everything under the unit on the day."""
        if day not in self._below:
            self._below[day] = self._count_below(day)
        return self._below[day].get(unit, 0)

    def _count_below(self, day: date) -> dict[int, int]:
        lines = self._mine(LineageMember.objects.filter(on_day(day, "lineage__")), "ancestor_id")
        holding = on_day(day, "lineage__unit__memberships__") & Q(
            lineage__unit__memberships__state__in=MEMBER_STATES
        )
        rows = lines.filter(holding).values_list("ancestor_id")
        return dict(rows.annotate(people=Count("lineage__unit__memberships__person", distinct=True)))

    def audience(self, unit: int, audience: str, day: date) -> list[int]:
        """The persons of an audience of the unit on the day, each once."""
        if audience in _MEMBERS:
            states = _MEMBERS[audience]
            found = [s.person for s in self.members.get(unit, ()) if s.what in states and s.holds(day)]
        else:
            titles = _POSTS[audience]
            found = [s.person for s in self.posts.get(unit, ()) if s.what in titles and s.holds(day)]
        return list(dict.fromkeys(found))


_MEMBERS = {
    "members": MEMBER_STATES,
    "full_members": {Membership.FULL},
    "probationary_members": {Membership.PROBATIONARY},
    "activists": {Membership.ACTIVIST},
}
_POSTS = {
    "secretary": {Post.SECRETARY},
    "officers": COMMITTEE_TITLES,
    "leading_officials": {Post.LEADING_OFFICIAL},
}


def _gather(rows: Iterable[tuple[int, Span]]) -> Spans:
    found: Spans = defaultdict(list)
    for unit, span in rows:
        found[unit].append(span)
    return dict(found)
