"""Which plans and items a reader may open, and which of them to write in, issue or record for."""

from django.http import Http404, HttpRequest

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.plans.permissions import acting_units, may_issue, may_write
from yibenzhang.plans.queries import get_item, get_plan
from yibenzhang.plans.services import units_of
from yibenzhang.web.requests import actor_of


def readable(request: HttpRequest, pk: int) -> Plan:
    """The plan, when it is in scope; DoesNotExist (404) exactly as for one that is not there."""
    return get_plan(actor_of(request), pk=pk)


def writable(request: HttpRequest, pk: int) -> Plan:
    """The plan, when the reader may write it; 404 otherwise."""
    plan = readable(request, pk)
    if not may_write(actor_of(request), plan.unit):
        raise Http404
    return plan


def issuable(request: HttpRequest, pk: int) -> Plan:
    """The plan, when the reader may issue and amend it; 404 otherwise."""
    plan = readable(request, pk)
    if not may_issue(actor_of(request), plan.unit):
        raise Http404
    return plan


def readable_item(request: HttpRequest, pk: int) -> PlanItem:
    """The item, when it is in scope."""
    return get_item(actor_of(request), pk=pk)


def amendable_item(request: HttpRequest, pk: int) -> PlanItem:
    """The item, when the reader may amend its plan; 404 otherwise."""
    item = readable_item(request, pk)
    if not may_issue(actor_of(request), item.plan.unit):
        raise Http404
    return item


def kept_item(request: HttpRequest, pk: int) -> PlanItem:
    """The item, when the reader records or examines for its plan's, lead or a supporting unit; 404 otherwise."""
    item = readable_item(request, pk)
    if not keeps(actor_of(request), item):
        raise Http404
    return item


def keeps(actor: Actor, item: PlanItem) -> bool:
    """True when the actor may link vouchers to an item and write how far it has come."""
    concerned = {item.plan.unit_id, *units_of(item)}
    return acting_units(actor, Role.PREPARER, Role.APPROVER).filter(pk__in=concerned).exists()


def speaking_unit(actor: Actor, item: PlanItem) -> Unit:
    """For which unit the actor writes about an item: the lead, a supporting one, else the plan's."""
    acting = acting_units(actor, Role.PREPARER, Role.APPROVER)
    for unit in (item.lead, *(row.unit for row in item.supporting.all())):
        if acting.filter(pk__in=own_units(unit)).exists():
            return unit
    return item.plan.unit
