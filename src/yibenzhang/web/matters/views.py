"""Lists of matters and the page of one."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, get_in_scope, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.models import Posting
from yibenzhang.organisation.models import LineageMember
from yibenzhang.vouchers.links import link_matters, unlink_matters
from yibenzhang.vouchers.models import Matter, MatterLink, VoucherMatter, VoucherProgramme
from yibenzhang.vouchers.queries import visible_to
from yibenzhang.web.filters import bar, read
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.requests import actor_of, needs

MOST_CHOICES = 20
EDITORS = (Role.PREPARER, Role.APPROVER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Step:
    """A state in the matter's life: passed, reached now, or ahead, with the day it was reached."""

    name: str
    reached_on: Any
    is_now: bool


@needs()
def matters_list(request: HttpRequest) -> HttpResponse:
    """Matters of a unit's subtree by kind, state and programme; those open at any time up to the end of the period."""
    reading, asked, catalogue = read(request), request.GET, current_catalogue()
    kind, state, text = asked.get("kind", ""), asked.get("state", ""), asked.get("q", "").strip()[:60]
    below = LineageMember.objects.filter(ancestor=reading.unit).values("lineage_id")
    rows = restrict(Matter.objects.select_related("unit"), reading.actor).filter(lineage_id__in=below)
    states = []
    if kind:
        if kind not in catalogue.matter_kinds:
            raise BookError("没有这种事项，请从列表中选。", field="kind")
        rows = rows.filter(kind=kind)
        states = [(each.code, each.name) for each in catalogue.matter_kinds[kind].states]
    if state:
        rows = rows.filter(state=state)
    if reading.programme:
        vouchers = VoucherProgramme.objects.filter(programme=reading.programme).values("voucher_id")
        rows = rows.filter(pk__in=VoucherMatter.objects.filter(voucher__in=vouchers).values("matter_id"))
    for word in text.lower().split():
        rows = rows.filter(search_key__contains=word)
    if asked.get("period"):
        rows = rows.filter(opened_on__lt=reading.period.stop).exclude(closed_on__lt=reading.period.start)
    context = {
        "reading": reading,
        "bar": bar(reading),
        "kinds": [(each.code, each.name) for each in catalogue.matter_kinds.values()],
        "kind": kind,
        "states": states,
        "state": state,
        "q": text,
        "page": page_of(rows.defer("search_key").order_by("-id"), page_number(request)),
    }
    return render(request, "matters/list.html", context)


@needs()
def matters_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter: owner, life, vouchers in order of time, links, figures it counts in."""
    actor = actor_of(request)
    matter = get_in_scope(Matter.objects.select_related("unit"), actor, pk=pk)
    return render(request, "matters/detail.html", _context(request, actor, matter))


def _context(request: HttpRequest, actor: Actor, matter: Matter) -> dict[str, Any]:
    kinds = current_catalogue().matter_kinds
    moves = VoucherMatter.objects.filter(matter=matter, voucher__in=visible_to(actor).values("pk"))
    moves = moves.select_related("voucher__unit").order_by("voucher__event_date", "voucher_id")
    appearances = list(moves)
    kind = kinds.get(matter.kind)
    text = request.GET.get("link", "").strip()[:60]
    return {
        "matter": matter,
        "kind": kind,
        "steps": _steps(matter, appearances),
        "appearances": appearances,
        "comes_from": _links(
            actor, MatterLink.objects.filter(target=matter).select_related("source"), "source"
        ),
        "leads_to": _links(
            actor, MatterLink.objects.filter(source=matter).select_related("target"), "target"
        ),
        "figures": figures_counting(matter),
        "may_link": _may_link(actor, matter) and kind is not None and bool(kind.links_to),
        "targets": [kinds[code].name for code in kind.links_to if code in kinds] if kind else [],
        "link": text,
        "candidates": _candidates(actor, matter, text) if text else [],
    }


def _steps(matter: Matter, appearances: list[VoucherMatter]) -> list[Step]:
    """The states the kind declares, in order; those reached carry the day of the voucher that brought them."""
    kind = current_catalogue().matter_kinds.get(matter.kind)
    if kind is None:
        return []
    reached = {
        each.moves_to: each.voucher.event_date for each in appearances if each.voucher.state == "posted"
    }
    if matter.opened_on is not None:
        reached.setdefault(kind.states[0].code, matter.opened_on)
    return [Step(state.name, reached.get(state.code), state.code == matter.state) for state in kind.states]


def _links(actor: Actor, rows: Any, side: str) -> list[Matter]:
    """The matters at the other end, within scope."""
    return [getattr(row, side) for row in restrict(rows, actor, by=f"{side}__lineage").order_by("id")]


def figures_counting(matter: Matter) -> list[Indicator]:
    """Indicators that read an account this matter has postings in."""
    accounts = set(Posting.objects.filter(matter=matter).values_list("account", flat=True).distinct())
    return [each for each in current_catalogue().indicators.values() if accounts & set(each.all_accounts())]


def _may_link(actor: Actor, matter: Matter) -> bool:
    return actor.has(*EDITORS) and restrict(Matter.objects.filter(pk=matter.pk), actor, *EDITORS).exists()


def _candidates(actor: Actor, matter: Matter, text: str) -> list[Matter]:
    kinds = current_catalogue().matter_kinds
    allowed = kinds[matter.kind].links_to if matter.kind in kinds else []
    rows = restrict(Matter.objects.filter(kind__in=allowed).select_related("unit"), actor)
    rows = rows.exclude(comes_from__source=matter).exclude(pk=matter.pk)
    for word in text.lower().split():
        rows = rows.filter(search_key__contains=word)
    return list(rows.order_by("-id")[:MOST_CHOICES])


@needs(*EDITORS)
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link this matter to one that grew out of it, or take the link back."""
    actor = actor_of(request)
    matter = get_in_scope(Matter.objects.all(), actor, *EDITORS, pk=pk)
    given = request.POST.get("target", "")
    if not given.isdecimal() or len(given) > 18:
        raise BookError("请从列表中选要关联的事项。", field="target")
    target = get_in_scope(Matter.objects.all(), actor, pk=int(given))
    if request.POST.get("act") == "remove":
        unlink_matters(source=matter, target=target, actor=actor.user)
    else:
        link_matters(source=matter, target=target, actor=actor.user)
    return redirect("matters:detail", matter.pk)
