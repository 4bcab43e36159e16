"""The list: plans of the reader's units by sort and year, and the tasks the reader's own units lead or support."""

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units, today_for
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.plans.permissions import acting_units
from yibenzhang.plans.queries import tasks_of, visible_plans
from yibenzhang.plans.standing import standings
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.plans.looks import LOOKS, counts_of
from yibenzhang.web.requests import actor_of, needs

ALL, TASKS = "all", "tasks"


@needs()
@require_GET
def plans_list(request: HttpRequest) -> HttpResponse:
    """Plans by sort and year; `sort=tasks` shows what the reader's own units lead or support, whosever plan it is in.

    Who has such tasks and no plan to read begins with the tasks.
    """
    actor = actor_of(request)
    today = today_for(actor.home_unit())
    plans = visible_plans(actor)
    years = sorted({today.year, *plans.order_by().values_list("year", flat=True).distinct()}, reverse=True)
    year = _year(request.GET.get("year", ""), today.year)
    of_year = plans.filter(year=year)
    tasks = tasks_of(my_units(actor), year)
    total, carried = of_year.count(), tasks.count()
    sort = request.GET.get("sort") or (TASKS if carried and not total else ALL)
    if sort not in {ALL, TASKS, *Plan.Sort.values}:
        raise BookError("没有这种计划，请从标签里选。", field="sort")
    context: dict[str, Any] = {
        "year": year,
        "years": years,
        "sort": sort,
        "total": total,
        "tabs": [(code, name, of_year.filter(sort=code).count()) for code, name in Plan.Sort.choices],
        "tasks_total": carried,
        "may_write": acting_units(actor, Role.PREPARER).exists(),
    }
    if sort == TASKS:
        context["tasks"] = task_rows(actor, tasks)
    else:
        page = page_of(of_year if sort == ALL else of_year.filter(sort=sort), page_number(request))
        context |= {"page": page, "rows": _with_counts(list(page.rows))}
    return render(request, "plans/list.html", context)


def my_units(actor: Actor) -> QuerySet[Unit]:
    """Units the reader records or examines for (any granted one when there is none), with the bodies they hold."""
    granted = actor.unit_ids(Role.PREPARER, Role.APPROVER) or actor.unit_ids()
    keys = [key for unit in Unit.objects.filter(pk__in=granted) for key in own_units(unit)]
    return Unit.objects.filter(pk__in=keys)


def task_rows(actor: Actor, tasks: QuerySet[PlanItem]) -> list[dict[str, Any]]:
    """Tasks with their states, and whether the reader's units lead or support them."""
    mine = set(my_units(actor).values_list("pk", flat=True))
    items: list[PlanItem] = list(tasks)
    by_unit: dict[Unit, list[PlanItem]] = defaultdict(list)
    for item in items:
        by_unit[item.plan.unit].append(item)
    found = [each for unit, own in by_unit.items() for each in standings(own, today_for(unit))]
    by_item = {each.item.pk: each for each in found}
    rows = [by_item[item.pk] for item in items]
    return [
        {"standing": each, "look": LOOKS[each.state], "part": "牵头" if each.item.lead_id in mine else "配合"}
        for each in rows
    ]


def _with_counts(plans: list[Plan]) -> list[dict[str, Any]]:
    items: dict[int, list[PlanItem]] = defaultdict(list)
    rows = PlanItem.objects.filter(plan__in=plans).select_related("plan__unit", "lead")
    for item in rows:
        items[item.plan_id].append(item)
    found = []
    for plan in plans:
        counts = [] if plan.is_draft else counts_of(standings(items[plan.pk], today_for(plan.unit)))
        found.append({"plan": plan, "items": len(items[plan.pk]), "counts": counts})
    return found


def _year(text: str, otherwise: int) -> int:
    if not text:
        return otherwise
    if not (text.isdecimal() and len(text) == 4):
        raise BookError("年度应是四位数字，例如 2024。", field="year")
    return int(text)
