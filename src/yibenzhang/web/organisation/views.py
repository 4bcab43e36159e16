"""The tree and the profile of a unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.models import Role
from yibenzhang.access.scope import get_in_scope
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.web.dates import day_asked
from yibenzhang.web.organisation.changes import CHANGES
from yibenzhang.web.organisation.profile import profile
from yibenzhang.web.organisation.tree import abolished_units, tiers_of, tree_rows
from yibenzhang.web.requests import actor_of, needs


@needs()
def tree(request: HttpRequest) -> HttpResponse:
    """All units in scope on a day, abolished ones on demand."""
    actor = actor_of(request)
    day = day_asked(request.GET.get("on", ""), today_for(actor.home_unit()))
    rows = tree_rows(actor, day)
    context = {
        "day": day,
        "rows": rows,
        "tiers": tiers_of(rows, day),
        "abolished": abolished_units(actor, day) if request.GET.get("abolished") else None,
        "may_found": actor.has(Role.ADMINISTRATOR),
    }
    return render(request, "organisation/tree.html", context)


@needs()
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Profile of one unit on a day."""
    actor = actor_of(request)
    shown = get_in_scope(Unit.objects.all(), actor, by="self", code=code)
    day = day_asked(request.GET.get("on", ""), today_for(shown))
    context = {
        **profile(actor, shown, day),
        "rows": tree_rows(actor, day, shown),
        "changes": [(act, change.title) for act, change in CHANGES.items()],
    }
    return render(request, "organisation/unit.html", context)
