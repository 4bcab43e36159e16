"""Who may write, issue and receive notices."""

from django.utils import timezone

from yibenzhang.access.models import Grant, Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.notices.queries import acting_units, own_keys, units_addressed
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.models.dated import on_day


def may_write(actor: Actor, unit: Unit) -> bool:
    """True when the actor may write notices in the name of this unit: who records for it or a Party body it holds."""
    return unit.pk in acting_units(actor, Role.PREPARER)


def may_issue(actor: Actor, unit: Unit) -> bool:
    """True when the actor may issue (签发) notices of this unit."""
    return unit.pk in acting_units(actor, Role.APPROVER)


def writing_units(actor: Actor) -> list[Unit]:
    """Units in whose name the actor may write, those only that have somebody to write to; the actor's own first."""
    units = Unit.objects.filter(pk__in=acting_units(actor, Role.PREPARER)).exclude(unit_type="branch_group")
    granted = actor.unit_ids(Role.PREPARER)
    ordered = sorted(units.order_by("position", "id"), key=lambda unit: unit.pk not in granted)
    return [unit for unit in ordered if units_addressed(unit)]


def may_receive(actor: Actor, unit: Unit) -> bool:
    """True when the actor works for the unit: then one tap says 收到 in its name.

    For a unit without an account of its own (AF-11) it is whoever records for it.
    """
    if unit.pk in own_keys(actor):
        return True
    if Grant.objects.filter(on_day(timezone.localdate()), unit=unit).exists():
        return False
    return restrict(Unit.objects.filter(pk=unit.pk), actor, Role.PREPARER, by="self").exists()
