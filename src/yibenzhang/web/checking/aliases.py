"""Wordings learnt from confirmed matches: everybody concerned sees them, administrators decide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Role
from yibenzhang.access.scope import get_in_scope, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.checking.aliases import decide_alias
from yibenzhang.checking.models import AliasProposal
from yibenzhang.kernel.errors import BookError
from yibenzhang.web.requests import actor_of, needs

MOST = 200


@needs(Role.ADMINISTRATOR)
def proposals(request: HttpRequest) -> HttpResponse:
    """Proposals of the administrator's books, undecided ones first."""
    rows = restrict(
        AliasProposal.objects.select_related("article", "proposed_by__person", "decided_by__person"),
        actor_of(request),
        Role.ADMINISTRATOR,
        by="book__unit",
    )
    known = current_catalogue().indicators
    lines = [
        {"proposal": row, "indicator": known.get(row.indicator)}
        for row in sorted(rows.order_by("-id")[:MOST], key=lambda row: row.state != row.State.PROPOSED)
    ]
    return render(request, "checking/aliases.html", {"lines": lines})


@require_POST
@needs(Role.ADMINISTRATOR)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or reject one."""
    actor = actor_of(request)
    proposal = get_in_scope(AliasProposal.objects.all(), actor, Role.ADMINISTRATOR, by="book__unit", pk=pk)
    act = request.POST.get("act", "")
    if act not in {"accept", "reject"}:
        raise BookError("请选择采用或不采用。", field="act")
    decide_alias(proposal, accept=act == "accept", by=actor.user)
    return redirect("checking:aliases")
