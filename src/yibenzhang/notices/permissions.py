"""Who may write, issue and receive notices."""

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.notices.queries import acting_units, units_addressed
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units


def may_write(actor: Actor, unit: Unit) -> bool:
    """True when the actor may write notices in the name of this unit: who records for it or a Party body it holds."""
    return unit.pk in acting_units(actor, Role.PREPARER)


def may_issue(actor: Actor, unit: Unit) -> bool:
    """True when the actor may issue (签发) notices of this unit."""
    return unit.pk in acting_units(actor, Role.APPROVER)


def writing_units(actor: Actor) -> list[Unit]:
    """Units in whose name the actor may write, those only that have somebody to write to."""
    units = Unit.objects.filter(pk__in=acting_units(actor, Role.PREPARER)).exclude(unit_type="branch_group")
    return [unit for unit in units.order_by("position", "id") if units_addressed(unit)]


def may_receive(actor: Actor, unit: Unit) -> bool:
    """True when the actor works for the unit, or records for it: then one tap says 收到 in its name."""
    own = {key for granted in Unit.objects.filter(pk__in=actor.unit_ids()) for key in own_units(granted)}
    return (
        unit.pk in own or restrict(Unit.objects.filter(pk=unit.pk), actor, Role.PREPARER, by="self").exists()
    )
