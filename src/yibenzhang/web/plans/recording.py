"""From an item to the form of its voucher: the link 记一笔 leads to."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, recording_units
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Kind
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units_of
from yibenzhang.plans.models import PlanItem


def record_url(actor: Actor, item: PlanItem) -> str:
    """Where the actor records for an item; empty when they record for none of its units."""
    return record_urls(actor, [item])[item.pk]


def record_urls(actor: Actor, items: Iterable[PlanItem]) -> dict[int, str]:
    """`record_url` of many items, in two queries. An item that any kind fulfils leads to the choice of kinds."""
    found = list(items)
    urls = {item.pk: "" for item in found}
    if not actor.has(Role.PREPARER):
        return urls
    concerned = {item.pk: [item.lead, *(row.unit for row in item.supporting.all())] for item in found}
    own = own_units_of(unit for units in concerned.values() for unit in units)
    keys = {key for held in own.values() for key in held}
    recorded = list(recording_units(actor).filter(pk__in=keys, abolished_on=None))
    for item in found:
        theirs = {key for unit in concerned[item.pk] for key in own[unit.pk]}
        kind = current_catalogue().kinds.get(item.kind)
        first = next((unit for unit in recorded if unit.pk in theirs and _records(unit, kind)), None)
        if first is not None and not item.plan.is_draft and not item.is_cancelled:
            place = reverse("record:new", args=[kind.code]) if kind else reverse("record:choose")
            urls[item.pk] = f"{place}?{urlencode({'plan_item': item.pk, 'unit': first.code})}"
    return urls


def _records(unit: Unit, kind: Kind | None) -> bool:
    return kind is None or unit.unit_type in kind.recorded_by
