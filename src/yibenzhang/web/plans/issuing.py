"""Acts on a plan as a whole: issue, take back a draft, roll forward to the next year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yibenzhang.access.models import Role
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import today_for
from yibenzhang.plans import services
from yibenzhang.plans.matching import match_records
from yibenzhang.plans.queries import items_of
from yibenzhang.web.dates import day_asked
from yibenzhang.web.plans.access import issuable, writable
from yibenzhang.web.plans.detail import frame, known_in
from yibenzhang.web.requests import actor_of, needs


@needs(Role.APPROVER)
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm and issue (印发); the page says what follows from it."""
    plan, actor = issuable(request, pk), actor_of(request)
    context = frame(plan, actor) | {"on": plan.issued_on or today_for(plan.unit)}
    if request.method == "POST":
        sent = request.POST.get("revision", "")
        try:
            on = day_asked(request.POST.get("on", ""), today_for(plan.unit))
            revision = int(sent) if sent.isdecimal() and len(sent) < 10 else 0
            services.issue_plan(plan, revision=revision, actor=actor.user, on=on)
        except BookError as error:
            context |= {"message": error.message}
        else:
            return redirect("plans:detail", plan.pk)
    items = list(items_of(plan))
    context |= {"items": items, "known": known_in(plan, items)}
    return render(request, "plans/issue.html", context, status=422 if "message" in context else 200)


@needs(Role.PREPARER)
@require_POST
def plan_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Delete a draft, begin next year's from this plan, or link what was recorded already."""
    plan, user = writable(request, pk), actor_of(request).user
    if act == "discard":
        services.discard_plan(plan, actor=user)
        return redirect("plans:list")
    if act == "roll":
        return redirect("plans:edit", services.roll_forward(plan, actor=user).pk)
    if act == "match":
        found = match_records(plan, actor=user)
        return redirect(f"{reverse('plans:detail', args=[plan.pk])}?matched={found}")
    raise Http404
