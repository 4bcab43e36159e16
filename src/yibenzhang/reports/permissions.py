"""Who may write and issue a report: whoever records or examines for the unit, or for a Party body it holds.

The staff of the agency Party committee (机关党委) writes the bureau's report; it must be able to see the bureau.
"""

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict, units_for
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units


def may_write(actor: Actor, unit: Unit) -> bool:
    """True when the actor may write reports about this unit."""
    return _acts_for(actor, unit, Role.PREPARER)


def may_issue(actor: Actor, unit: Unit) -> bool:
    """True when the actor may issue (定稿) reports about this unit."""
    return _acts_for(actor, unit, Role.APPROVER)


def writable_units(actor: Actor) -> list[Unit]:
    """Units the actor may write reports about, in organisational order."""
    return [unit for unit in units_for(actor) if may_write(actor, unit)]


def may_see_names(actor: Actor, unit: Unit) -> bool:
    """True when the actor may take people's names out of the system: who examines or administers the whole unit."""
    rows = Unit.objects.filter(pk=unit.pk)
    return restrict(rows, actor, Role.APPROVER, Role.ADMINISTRATOR, by="self").exists()


def receiving_units(actor: Actor) -> list[Unit]:
    """Units the actor may receive published pages for: those it writes or issues for."""
    return [unit for unit in units_for(actor) if may_write(actor, unit) or may_issue(actor, unit)]


def _acts_for(actor: Actor, unit: Unit, role: Role) -> bool:
    visible = restrict(Unit.objects.filter(pk=unit.pk), actor, by="self").exists()
    own = Unit.objects.filter(pk__in=own_units(unit))
    return visible and restrict(own, actor, role, by="self").exists()
