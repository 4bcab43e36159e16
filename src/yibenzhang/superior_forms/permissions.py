"""Who fills and issues the forms of a unit, and who sees them.

Forms are filled inside the bureau whose book they are drawn from. Outside it, the tiers above see a form once it is issued.
"""

from dataclasses import replace

from django.db.models import QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict, units_for
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of, own_units
from yibenzhang.superior_forms.models import SuperiorForm


def may_fill(actor: Actor, unit: Unit) -> bool:
    """True when the actor may upload and fill forms of this unit."""
    return _acts_for(actor, unit, Role.PREPARER, Role.APPROVER)


def may_issue(actor: Actor, unit: Unit) -> bool:
    """True when the actor may issue (定稿) forms of this unit."""
    return _acts_for(actor, unit, Role.APPROVER)


def filling_units(actor: Actor) -> list[Unit]:
    """Units whose forms the actor may fill, in organisational order."""
    return [unit for unit in units_for(actor) if may_fill(actor, unit)]


def forms_for(actor: Actor) -> QuerySet[SuperiorForm]:
    """Forms within scope: all of the actor's own book, issued ones of books below."""
    rows = restrict(SuperiorForm.objects.all(), actor, by="unit")
    books = {book_of(unit) for unit in Unit.objects.filter(pk__in=actor.unit_ids())}
    units = Unit.objects.filter(pk__in=rows.order_by().values("unit_id").distinct())
    own = [unit.pk for unit in units if book_of(unit) in books]
    return rows.filter(unit_id__in=own) | rows.filter(state=SuperiorForm.State.ISSUED)


def _acts_for(actor: Actor, unit: Unit, *roles: Role) -> bool:
    """True when a grant inside the unit's own book covers it, or a Party body it holds."""
    if not restrict(Unit.objects.filter(pk=unit.pk), actor, by="self").exists():
        return False
    book = book_of(unit)
    granted = {each.pk: each for each in Unit.objects.filter(pk__in=actor.unit_ids(*roles))}
    inside = replace(
        actor,
        grants=tuple(
            (key, role) for key, role in actor.grants if key in granted and book_of(granted[key]) == book
        ),
    )
    own = Unit.objects.filter(pk__in=own_units(unit))
    return inside.has(*roles) and restrict(own, inside, *roles, by="self").exists()
