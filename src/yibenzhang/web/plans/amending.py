"""Amending an issued plan: change, cancel or add an item, always with a day and a reason."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yibenzhang.access.models import Role
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import today_for
from yibenzhang.plans import services
from yibenzhang.plans.columns import COLUMNS
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.plans.names import Names
from yibenzhang.plans.rows import ItemDraft, Row, RowFault, read_rows, row_of
from yibenzhang.web.dates import day_asked
from yibenzhang.web.plans.access import amendable_item, issuable
from yibenzhang.web.plans.rowform import form_rows
from yibenzhang.web.requests import actor_of, needs


@needs(Role.APPROVER)
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item, or cancel it; what it said is kept."""
    found = amendable_item(request, pk)
    if found.plan.is_draft or found.is_cancelled:
        return redirect("plans:item", found.pk)
    return _ask(request, found.plan, found)


@needs(Role.APPROVER)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an item to an issued plan."""
    plan = issuable(request, pk)
    if plan.is_draft:
        return redirect("plans:edit", plan.pk)
    return _ask(request, plan, None)


def _ask(request: HttpRequest, plan: Plan, found: PlanItem | None) -> HttpResponse:
    names = Names(plan.unit, actor_of(request))
    row: Row = row_of(found, names) if found else {}
    context: dict[str, Any] = {"day": today_for(plan.unit).isoformat(), "revision": plan.revision}
    status = 200
    faults: list[RowFault] = []
    if request.method == "POST":
        sent = request.POST
        row = {column.code: sent.get(f"1.{column.code}", "").strip() for column in COLUMNS[plan.sort]}
        context |= {"reason": sent.get("reason", ""), "day": sent.get("day", "")}
        try:
            return _amended(request, plan, found, row, names)
        except BookError as error:
            faults = getattr(error, "faults", [])
            context["message"] = "" if faults else error.message
            status = 409 if isinstance(error, services.PlanConflictError) else 422
            plan.refresh_from_db()
            context["revision"] = plan.revision
    context |= {
        "plan": plan,
        "item": found,
        "rows": form_rows(plan.sort, [row], faults, spare=0),
        "faults": faults,
        "unit_names": [names.unit_label(unit) for unit in names.units()],
        "kind_names": names.kind_names(),
    }
    return render(request, "plans/amend.html", context, status=status)


def _amended(
    request: HttpRequest, plan: Plan, found: PlanItem | None, row: Row, names: Names
) -> HttpResponse:
    sent, user = request.POST, actor_of(request).user
    revision = sent.get("revision", "")
    how: dict[str, Any] = {
        "reason": sent.get("reason", ""),
        "day": day_asked(sent.get("day", ""), today_for(plan.unit)),
        "revision": int(revision) if revision.isdecimal() and len(revision) < 10 else 0,
        "actor": user,
    }
    if found is not None and sent.get("act") == "cancel":
        services.cancel_item(found, **how)
        return redirect("plans:item", found.pk)
    draft = _draft(plan, row, names)
    amendment = (
        services.amend_item(found, draft=draft, **how)
        if found
        else services.add_item(plan, draft=draft, **how)
    )
    return redirect("plans:item", amendment.item_id)


def _draft(plan: Plan, row: Row, names: Names) -> ItemDraft:
    found = read_rows([(1, row)], sort=plan.sort, year=plan.year, names=names)
    if not found:
        raise BookError("请写明新的内容。", field="rows")
    return found[0]
