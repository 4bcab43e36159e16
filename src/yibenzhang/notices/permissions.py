"""Who may write, issue and receive notices."""

from collections.abc import Iterable, Iterator

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
    return list(_writing_units(actor))


def writes_somewhere(actor: Actor) -> bool:
    """True when there is a unit in whose name the actor may write to somebody."""
    return next(_writing_units(actor), None) is not None


def _writing_units(actor: Actor) -> Iterator[Unit]:
    units = Unit.objects.filter(pk__in=acting_units(actor, Role.PREPARER)).exclude(unit_type="branch_group")
    granted = actor.unit_ids(Role.PREPARER)
    ordered = sorted(units.order_by("position", "id"), key=lambda unit: unit.pk not in granted)
    return (unit for unit in ordered if units_addressed(unit))


def receivable(actor: Actor, units: Iterable[int]) -> set[int]:
    """Which of these units the actor says 收到 for with one tap: those the actor works for.

    For a unit without an account of its own (AF-11) it is whoever records for it.
    """
    asked = set(units)
    own = asked & set(own_keys(actor))
    granted = Grant.objects.filter(on_day(timezone.localdate()), unit__in=asked).values_list(
        "unit_id", flat=True
    )
    orphans = asked - own - set(granted)
    covered = restrict(Unit.objects.filter(pk__in=orphans), actor, Role.PREPARER, by="self")
    return own | set(covered.values_list("pk", flat=True))


def may_receive(actor: Actor, unit: Unit) -> bool:
    """True when the actor may say 收到 for this unit."""
    return unit.pk in receivable(actor, [unit.pk])
