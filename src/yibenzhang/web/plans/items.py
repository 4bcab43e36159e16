"""One item: where it comes from, who does it, its vouchers, how far it has come, how it was amended."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.followups.permissions import openable_units
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import today_for
from yibenzhang.plans import services
from yibenzhang.plans.columns import COLUMNS
from yibenzhang.plans.models import PlanAmendment, PlanItem
from yibenzhang.plans.permissions import may_issue
from yibenzhang.plans.queries import visible_plans
from yibenzhang.plans.standing import OVERDUE, ItemStanding, standings
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.queries import visible_to
from yibenzhang.web.plans.access import keeps, kept_item, readable_item, speaking_unit
from yibenzhang.web.plans.detail import audience_name
from yibenzhang.web.plans.looks import LOOKS
from yibenzhang.web.plans.recording import record_url
from yibenzhang.web.record.typed import key_of
from yibenzhang.web.requests import actor_of, needs

KEEPERS = (Role.PREPARER, Role.APPROVER)
MOST_CANDIDATES = 20


@needs()
@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """The item's page."""
    return render(request, "plans/item.html", _context(readable_item(request, pk), actor_of(request)))


def _context(found: PlanItem, actor: Actor) -> dict[str, Any]:
    standing = standings([found], today_for(found.plan.unit))[0]
    seen = visible_to(actor).filter(pk__in=[link.voucher.pk for link in standing.links])
    may_keep = keeps(actor, found) and not found.plan.is_draft and not found.is_cancelled
    programmes = current_catalogue().programmes
    return {
        "item": found,
        "plan": found.plan,
        "standing": standing,
        "look": LOOKS[standing.state],
        "sees_plan": visible_plans(actor).filter(pk=found.plan_id).exists(),
        "seen": set(seen.values_list("pk", flat=True)),
        "supporting": [row.unit for row in found.supporting.all()],
        "programmes": [programmes[code] for code in found.programmes if code in programmes],
        "audience": audience_name(found),
        "milestones": list(found.milestones.all()),
        "progress": list(found.progress.select_related("unit", "by__person")),
        "amendments": [(row, differences(row)) for row in found.amendments.select_related("by__person")],
        "record": record_url(actor, found),
        "may_keep": may_keep,
        "candidates": list(candidates(found, actor)[:MOST_CANDIDATES]) if may_keep else [],
        "may_amend": may_issue(actor, found.plan.unit) and not found.plan.is_draft and not found.is_cancelled,
        "follow_up": follow_up_url(standing, actor),
    }


def candidates(found: PlanItem, actor: Actor) -> QuerySet[Voucher]:
    """Vouchers that could be linked: of the item's units and kind, in the plan's year, newest first."""
    rows = visible_to(actor).filter(unit__in=services.units_of(found), event_date__year=found.plan.year)
    if found.kind:
        rows = rows.filter(kind=found.kind)
    rows = rows.filter(state__in=[Voucher.State.SUBMITTED, Voucher.State.POSTED])
    rows = rows.exclude(plan_fulfilments__item=found)
    return rows.select_related("unit").order_by("-event_date", "-id")


def differences(amendment: PlanAmendment) -> list[tuple[str, str, str]]:
    """What an amendment changed: heading, before, after."""
    columns = COLUMNS[amendment.item.plan.sort]
    pairs = [(c.heading, amendment.before.get(c.code, ""), amendment.after.get(c.code, "")) for c in columns]
    return [pair for pair in pairs if pair[1] != pair[2]]


def follow_up_url(standing: ItemStanding, actor: Actor) -> str:
    """Where a follow-up (督办) of an overdue item is opened, for who stands above its lead; empty otherwise."""
    found = standing.item
    if standing.state != OVERDUE or not openable_units(actor, today_for(found.lead)).filter(pk=found.lead_id):
        return ""
    asked = {
        "kind": "plan_item",
        "ref": str(found.pk),
        "unit": found.lead.code,
        "title": found.text,
        "due": str(found.deadline or ""),
    }
    return f"{reverse('followups:new')}?{urlencode(asked)}"


@needs(*KEEPERS)
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a voucher to the item, or take the link back (`act=remove`)."""
    actor, found = actor_of(request), kept_item(request, pk)
    key = key_of(request.POST.get("voucher", ""))
    if key is None:
        raise BookError("请从列表中选一笔凭证。", field="voucher")
    voucher = visible_to(actor).select_related("unit").get(pk=key)
    if request.POST.get("act") == "remove":
        services.unlink_voucher(found, voucher, actor=actor.user)
    else:
        services.link_voucher(found, voucher, actor=actor.user)
    return redirect("plans:item", found.pk)


@needs(*KEEPERS)
@require_POST
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Write how far the task has come; a milestone named with it is reached."""
    actor, found = actor_of(request), kept_item(request, pk)
    key = key_of(request.POST.get("milestone", ""))
    milestone = found.milestones.filter(pk=key).first() if key else None
    services.note_progress(
        found,
        unit=speaking_unit(actor, found),
        text=request.POST.get("text", ""),
        actor=actor.user,
        milestone=milestone,
    )
    return redirect("plans:item", found.pk)
