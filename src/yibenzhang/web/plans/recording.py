"""From an item to the form of its voucher: the link 记一笔 leads to."""

from urllib.parse import urlencode

from django.urls import reverse

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, recording_units
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.plans.models import PlanItem
from yibenzhang.plans.services import units_of


def record_url(actor: Actor, item: PlanItem) -> str:
    """Where the actor records for an item; empty when they record for none of its units.

    An item that any kind fulfils leads to the choice of kinds.
    """
    if item.plan.is_draft or item.is_cancelled or not actor.has(Role.PREPARER):
        return ""
    kind = current_catalogue().kinds.get(item.kind)
    units = recording_units(actor).filter(pk__in=units_of(item), abolished_on=None)
    if kind is not None:
        units = units.filter(unit_type__in=kind.recorded_by)
    first = units.first()
    if first is None:
        return ""
    place = reverse("record:new", args=[kind.code]) if kind else reverse("record:choose")
    return f"{place}?{urlencode({'plan_item': item.pk, 'unit': first.code})}"
