"""Which plans and tasks a user may read: plans of units in scope, and issued tasks that a unit in scope leads or supports."""

from typing import Any

from django.db.models import Q, QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict, units_for
from yibenzhang.organisation.models import Unit
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.plans.permissions import acting_units


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Issued plans of units in scope, and drafts of units the actor writes or issues for."""
    seen = restrict(Plan.objects.select_related("unit"), actor, by="unit")
    writes = acting_units(actor, Role.PREPARER, Role.APPROVER).order_by().values("pk")
    return seen.filter(Q(state=Plan.State.ISSUED) | Q(unit__in=writes))


def visible_items(actor: Actor) -> QuerySet[PlanItem]:
    """Items of the plans one may read, and tasks of others' issued plans that one's units lead or support."""
    rows = PlanItem.objects.select_related("plan__unit", "lead")
    own = Q(plan__in=visible_plans(actor).order_by().values("pk"))
    return rows.filter(own | (Q(plan__state=Plan.State.ISSUED) & _concerning(units_for(actor))))


def _concerning(units: QuerySet[Unit]) -> Q:
    keys = units.order_by().values("pk")
    supported = PlanItem.objects.filter(supporting__unit__in=keys).values("pk")
    return Q(lead__in=keys) | Q(pk__in=supported)


def tasks_of(units: QuerySet[Unit], year: int) -> QuerySet[PlanItem]:
    """Items of issued plans of a year that these units lead or support, the plan's own units first."""
    rows = PlanItem.objects.filter(_concerning(units), plan__state=Plan.State.ISSUED, plan__year=year)
    rows = rows.select_related("plan__unit", "lead").prefetch_related("supporting__unit")
    return rows.order_by("deadline", "month", "plan_id", "number")


def items_of(plan: Plan) -> QuerySet[PlanItem]:
    """The plan's items with everything a page shows of them."""
    rows = plan.items.select_related("plan__unit", "lead")
    return rows.prefetch_related("supporting__unit", "people", "milestones")


def get_plan(actor: Actor, **lookup: Any) -> Plan:
    """The plan in scope; raises `DoesNotExist` for any other."""
    return visible_plans(actor).select_related("unit", "saved_by__person", "follows").get(**lookup)


def get_item(actor: Actor, **lookup: Any) -> PlanItem:
    """The item in scope; raises `DoesNotExist` for any other."""
    return visible_items(actor).prefetch_related("supporting__unit", "people", "milestones").get(**lookup)
