"""A plan: what was intended beside what the ledger shows, item by item, and what was done beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yibenzhang.access.scope import Actor
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.known import known_figures
from yibenzhang.organisation.queries import packs_of, today_for
from yibenzhang.plans.models import Plan, PlanAmendment, PlanItem
from yibenzhang.plans.permissions import may_issue, may_write
from yibenzhang.plans.queries import items_of
from yibenzhang.plans.standing import OPEN, OVERDUE, WORDS, ItemStanding, standings, unplanned
from yibenzhang.vouchers.queries import visible_to
from yibenzhang.web.plans.access import readable
from yibenzhang.web.plans.looks import LOOKS, counts_of
from yibenzhang.web.plans.recording import record_urls
from yibenzhang.web.requests import actor_of, needs


@needs()
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan against done; `state` shows only the items in a state."""
    plan, actor = readable(request, pk), actor_of(request)
    found = standings(items_of(plan), today_for(plan.unit))
    state = request.GET.get("state", "")
    shown = [each for each in found if each.state == state] if state in WORDS else found
    seen = set(
        visible_to(actor)
        .filter(pk__in=[link.voucher.pk for each in found for link in each.links])
        .values_list("pk", flat=True)
    )
    open_now = [each.item for each in shown if not plan.is_draft and each.state in {OPEN, OVERDUE}]
    urls = record_urls(actor, open_now)
    outside = unplanned(plan)
    visible = set(visible_to(actor).filter(pk__in=[v.pk for v in outside]).values_list("pk", flat=True))
    context = frame(plan, actor) | {
        "rows": [_row(each, urls, seen) for each in shown],
        "counts": [] if plan.is_draft else counts_of(found),
        "total": len(found),
        "state": state if state in WORDS else "",
        "outside": [voucher for voucher in outside if voucher.pk in visible],
        "amendments": list(
            PlanAmendment.objects.filter(item__plan=plan).select_related("item").order_by("-day", "-id")
        ),
        "known": known_in(plan, [each.item for each in found]) if plan.is_draft else [],
        "sorts": Plan.Sort,
        "matched": request.GET.get("matched", "")[:4],
    }
    return render(request, "plans/detail.html", context)


def frame(plan: Plan, actor: Actor) -> dict[str, Any]:
    """What the pages of one plan have in common."""
    return {
        "plan": plan,
        "may_write": may_write(actor, plan.unit),
        "may_issue": may_issue(actor, plan.unit),
    }


def _row(each: ItemStanding, urls: dict[int, str], seen: set[int]) -> dict[str, Any]:
    item = each.item
    return {
        "standing": each,
        "item": item,
        "look": LOOKS[each.state],
        "seen": seen,
        "record": urls.get(item.pk, ""),
        "audience": audience_name(item),
    }


def audience_name(item: PlanItem) -> str:
    """The audience of a class in words."""
    given = str(item.values.get("audience", ""))
    options = current_catalogue().choices.get("audiences", [])
    return next((option.name for option in options if option.code == given), given)


def known_in(plan: Plan, items: list[PlanItem]) -> list[tuple[PlanItem, list[Indicator]]]:
    """Items that ask for figures the ledger has already (台账已有，不用再报)."""
    packs = packs_of(plan.unit)
    found = [(item, known_figures(item.text, packs=packs)) for item in items]
    return [(item, figures) for item, figures in found if figures]
