"""Who may write, issue and record from a plan: whoever records or examines for its unit, or for a Party body it holds.

The staff of the agency Party committee (机关党委) writes the bureau's key points; it must be able to see the bureau.
"""

from django.db.models import Q, QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Placement, Unit


def acting_units(actor: Actor, *roles: str) -> QuerySet[Unit]:
    """Visible units the actor acts for under these roles, administrative ones through the bodies they hold included."""
    if not actor.has(*roles):
        return Unit.objects.none()
    bodies = [code for code, entry in current_catalogue().unit_types.items() if entry.party_body]
    direct = units_for(actor, *roles).order_by().values("pk")
    held = Placement.objects.filter(unit__in=direct, unit__unit_type__in=bodies)
    holders = Unit.objects.filter(pk__in=held.values("parent_id")).exclude(unit_type__in=bodies)
    return units_for(actor).filter(Q(pk__in=direct) | Q(pk__in=holders.order_by().values("pk")))


def may_write(actor: Actor, unit: Unit) -> bool:
    """True when the actor may write plans of this unit."""
    return acting_units(actor, Role.PREPARER).filter(pk=unit.pk).exists()


def may_issue(actor: Actor, unit: Unit) -> bool:
    """True when the actor may issue and amend plans of this unit."""
    return acting_units(actor, Role.APPROVER).filter(pk=unit.pk).exists()
