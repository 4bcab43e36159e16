"""Deciding a cell, and searching the indicator for one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yibenzhang.access.models import Role
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.kernel.text import matches
from yibenzhang.organisation.queries import packs_of
from yibenzhang.superior_forms import deciding
from yibenzhang.superior_forms.models import Decision, SuperiorForm
from yibenzhang.superior_forms.proposals import Proposal
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.superior_forms.access import fillable
from yibenzhang.web.superior_forms.sheet import previews

FILLERS = (Role.PREPARER, Role.APPROVER)
MOST = 12
PLAIN = {
    "leave": deciding.leave_cell, "nobody": deciding.mark_unrecorded, "reopen": deciding.reopen_cell,
}  # fmt: skip


@needs(*FILLERS)
@require_POST
def decide(request: HttpRequest, pk: int, number: int, act: str) -> HttpResponse:
    """Map, declare, leave, mark or reopen one cell; then on to the next open one."""
    form = fillable(request, pk)
    sent, user = request.POST, actor_of(request).user
    revision = int(sent.get("revision", "0")[:9]) if sent.get("revision", "0")[:9].isdecimal() else 0
    before = form.cells.get(number=number)
    was_open = before.kind == Decision.Kind.OPEN
    if act == "map":
        deciding.map_cell(
            form, number, indicator=sent.get("indicator", ""), programme=sent.get("programme", ""),
            rule=sent.get("rule", ""), target=sent.get("target", ""), revision=revision, actor=user,
        )  # fmt: skip
    elif act == "declare":
        deciding.declare_cell(
            form, number, text=sent.get("text", ""), reason=sent.get("reason", ""), source=sent.get("source", ""),
            revision=revision, actor=user,
        )  # fmt: skip
    elif act in PLAIN:
        PLAIN[act](form, number, revision=revision, actor=user)
    else:
        raise Http404
    place = reverse("superior_forms:detail", args=[form.pk])
    ahead = _next_open(form, number) if was_open else number
    return redirect(
        f"{place}?cell={ahead}&done={number}#c{ahead}"
        if ahead != number
        else f"{place}?cell={number}#c{number}"
    )


def _next_open(form: SuperiorForm, number: int) -> int:
    """The next open cell after this one, from the top again at the end; this one when none is left."""
    open_cells = list(
        form.cells.filter(kind=Decision.Kind.OPEN).order_by("number").values_list("number", flat=True)
    )
    return next((each for each in open_cells if each > number), open_cells[0] if open_cells else number)


@needs(*FILLERS)
@require_GET
def search(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Indicators by Chinese, pinyin or initials, each with what it would write into the cell."""
    form = fillable(request, pk)
    cell = form.cells.get(number=number)
    text = request.GET.get("q", "").strip()[:40]
    found = _matching(form, text) if text else []
    made = [Proposal(each.code, cell.programme, cell.rule, cell.target) for each in found]
    rows = list(zip(found, made, previews(form, cell, made), strict=True))
    page = "superior_forms/found.html" if request.headers.get("HX-Request") else "superior_forms/search.html"
    return render(request, page, {"form": form, "cell": cell, "q": text, "rows": rows})


def _matching(form: SuperiorForm, text: str) -> list[Indicator]:
    catalogue, packs = current_catalogue(), set(packs_of(form.unit))
    adopted = [
        each for each in catalogue.indicators.values() if catalogue.home[("indicators", each.code)] in packs
    ]
    named = [each for each in adopted if matches(text, each.name)]
    also = [
        each for each in adopted if each not in named and any(matches(text, name) for name in each.aliases)
    ]
    return [*named, *also][:MOST]
