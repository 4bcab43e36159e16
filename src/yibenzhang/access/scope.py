"""The only door to lists and objects: everything is limited to the reader's units (security.md B1, B3).

A grant covers a unit's subtree. Rows with a lineage (vouchers, postings) are seen by whoever holds the line they froze;
units and people by the lines they ever had there. What one may not know does not exist: `DoesNotExist`, a 404 on the wire.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.organisation.models import Guidance, Lineage, LineageMember, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.queries import reviewed_by, today_for, units_below

M = TypeVar("M", bound=Model)
ALL_ROLES = frozenset(Role.values)


@dataclass(frozen=True)
class Actor:
    """A signed-in user with the units each role covers, read once a request."""

    user: User
    grants: tuple[tuple[int, str], ...]

    def unit_ids(self, *roles: str) -> list[int]:
        """Units granted under any of these roles (all roles when none is named)."""
        wanted = roles or ALL_ROLES
        return list(dict.fromkeys(unit for unit, role in self.grants if role in wanted))

    def has(self, *roles: str) -> bool:
        """True when any of these roles is held anywhere."""
        return bool(self.unit_ids(*roles))

    def home_unit(self) -> Unit | None:
        """The unit the user works for: the first granted."""
        return Unit.objects.filter(pk=self.grants[0][0]).first() if self.grants else None


def actor_for(user: User) -> Actor:
    """The user's standing today; expired grants do not count."""
    rows = Grant.objects.filter(on_day(timezone.localdate()), user=user).order_by("id")
    return Actor(user, tuple(rows.values_list("unit_id", "role")))


def lineages_for(actor: Actor, *roles: str) -> QuerySet[LineageMember, Any]:
    """Sub-select of the lineage keys the actor covers, with those of bodies reviewed by way of guidance."""
    units = actor.unit_ids(*roles)
    condition = Q(ancestor_id__in=units)
    if not roles or Role.APPROVER in roles:
        condition |= Q(ancestor_id__in=_guided(actor.unit_ids(Role.APPROVER)))
    return LineageMember.objects.filter(condition).values("lineage_id")


def _guided(unit_ids: list[int]) -> QuerySet[Guidance, Any]:
    """Bodies whose vouchers these units review today, even where the tree does not put them below."""
    return Guidance.objects.filter(superior_id__in=unit_ids, reviews=True, valid_to=None).values(
        "subordinate_id"
    )


def restrict(rows: QuerySet[M], actor: Actor, *roles: str, by: str = "lineage") -> QuerySet[M]:
    """Rows within the actor's scope. `by` is the lookup path to a lineage, or to a unit when it ends in `unit`."""
    lines = lineages_for(actor, *roles)
    if by.endswith("lineage"):
        return rows.filter(**{f"{by}_id__in": lines})
    units = Lineage.objects.filter(pk__in=lines).values("unit_id")
    return rows.filter(**{f"{by}_id__in" if by != "self" else "pk__in": units})


def units_for(actor: Actor, *roles: str) -> QuerySet[Unit]:
    """Units the actor may see (or use under these roles), in organisational order."""
    return restrict(Unit.objects.order_by("position", "id"), actor, *roles, by="self")


def get_in_scope(rows: QuerySet[M], actor: Actor, *roles: str, by: str = "lineage", **lookup: Any) -> M:
    """The one row of this lookup within scope; raises `DoesNotExist` exactly as for a row that is not there."""
    return restrict(rows, actor, *roles, by=by).get(**lookup)


def recording_units(actor: Actor) -> QuerySet[Unit]:
    """Units the actor may record for."""
    return units_for(actor, Role.PREPARER)


def review_units(actor: Actor) -> QuerySet[Unit]:
    """Units whose vouchers the actor examines: those the actor's bodies lead or guide.

    A body without a superior in the book is examined by a second person of its own (DESIGN: who reviews whom).
    """
    bodies = list(units_below(actor.unit_ids(Role.APPROVER)).values_list("pk", flat=True))
    granted = actor.unit_ids(Role.APPROVER)
    day = today_for(actor.home_unit())
    return reviewed_by(list(dict.fromkeys([*granted, *_bodies_at(granted, bodies)])), day)


def _bodies_at(granted: list[int], below: list[int]) -> list[int]:
    """Bodies held directly by a granted administrative unit act under its grant."""
    from yibenzhang.organisation.queries import own_units

    return [key for unit in Unit.objects.filter(pk__in=granted) for key in own_units(unit) if key in below]
