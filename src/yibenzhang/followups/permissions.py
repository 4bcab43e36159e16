"""Who may follow up on whom: superiors who examine or administer, never on their own unit."""

from datetime import date

from django.db.models import Q, QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.followups.models import FollowUp
from yibenzhang.organisation.models import Guidance, LineageMember, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.queries import own_units

SUPERIORS = (Role.APPROVER, Role.ADMINISTRATOR)


def openable_units(actor: Actor, day: date) -> QuerySet[Unit]:
    """Units below what the actor examines or administers on the day; the actor's own units are left out."""
    granted = actor.unit_ids(*SUPERIORS)
    through = [*granted, *_guided(actor, day).values_list("subordinate_id", flat=True)]
    lines = LineageMember.objects.filter(on_day(day, "lineage__"), ancestor_id__in=through)
    own = {key for unit in Unit.objects.filter(pk__in=granted) for key in own_units(unit)}
    alive = Q(abolished_on=None) | Q(abolished_on__gt=day)
    found = Unit.objects.filter(alive, pk__in=lines.values("lineage__unit_id"), founded_on__lte=day)
    return found.exclude(pk__in=own).order_by("position", "id")


def opener_unit(actor: Actor, unit: Unit, day: date) -> Unit | None:
    """The unit in whose name the actor follows up on this one, the nearest first; None when the actor may not."""
    if not openable_units(actor, day).filter(pk=unit.pk).exists():
        return None
    line = LineageMember.objects.filter(on_day(day, "lineage__"), lineage__unit=unit)
    above = dict(line.values_list("ancestor_id", "depth"))
    for superior, subordinate in _guided(actor, day).values_list("superior_id", "subordinate_id"):
        if subordinate in above:
            above.setdefault(superior, above[subordinate])
    held = [key for key in actor.unit_ids(*SUPERIORS) if key in above]
    return Unit.objects.get(pk=max(held, key=above.__getitem__)) if held else None


def manages(actor: Actor, follow_up: FollowUp) -> bool:
    """True for those who may remind, close and withdraw: whoever stands for the unit that opened it."""
    return follow_up.opener_unit_id in actor.unit_ids(*SUPERIORS)


def may_answer(actor: Actor, follow_up: FollowUp) -> bool:
    """True for the named person and for whoever records for the unit; who opened it does not answer for the other side."""
    person = actor.user.person_id
    if person is not None and person == follow_up.recipient_id:
        return True
    if manages(actor, follow_up):
        return False
    rows = restrict(FollowUp.objects.filter(pk=follow_up.pk), actor, Role.PREPARER, by="unit")
    return rows.exists()


def _guided(actor: Actor, day: date) -> QuerySet[Guidance]:
    """By guidance only who examines reaches further than the tree, as in `access.scope`."""
    return Guidance.objects.filter(
        on_day(day), superior_id__in=actor.unit_ids(Role.APPROVER), reviews=True, valid_to=None
    )
