"""One item: write it, change it, read how it stands, say how it stands."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.plans.queries import visible_items
from yibenzhang.responsibility.issuing import amend_item
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.queries import COMPOSERS
from yibenzhang.responsibility.services import add_item, draft_units, remove_item, save_item
from yibenzhang.responsibility.stating import state_progress
from yibenzhang.responsibility.wording import ShownBy, milestones_of
from yibenzhang.vouchers.models import Matter, Voucher
from yibenzhang.vouchers.queries import visible_to
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.responsibility.access import may, must, readable_item
from yibenzhang.web.responsibility.composing import composable_list, revision_of, show_fault
from yibenzhang.web.responsibility.forms import ItemForm, StatementForm, initial_of
from yibenzhang.web.responsibility.item_page import item_context

KINDS = ("responsibility_item", "reform_item", "business_item")
MOST_MATTERS = 200
MOST_PLANNED = 400


@needs(*COMPOSERS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more item in a draft; 再加一项 comes back to an empty form."""
    actor = actor_of(request)
    draft = composable_list(actor, pk)
    form = _form(request, actor, draft, None)
    if request.method == "POST" and form.is_valid():
        try:
            add_item(draft, form.wording(), actor=actor.user)
            if request.POST.get("act") == "more":
                return redirect(f"{reverse('responsibility:add', args=[draft.pk])}?added=1")
            return redirect(f"{reverse('responsibility:detail', args=[draft.pk])}#items")
        except BookError as error:
            show_fault(form, error)
    context = {"form": form, "shown": draft, "added": "added" in request.GET}
    return render(request, "responsibility/item_form.html", context, status=422 if form.errors else 200)


@needs(*COMPOSERS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an item: of a draft as one likes, of an issued list by the issuer's approver with a reason."""
    actor = actor_of(request)
    item = readable_item(actor, pk)
    allowed = may(actor, item.list)
    must(allowed.compose if item.list.is_draft else allowed.issue)
    form = _form(request, actor, item.list, item)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, actor, item, form)
            done = reverse("responsibility:item", args=[item.pk])
            back = f"{reverse('responsibility:detail', args=[item.list_id])}#items"
            return redirect(back if item.list.is_draft else done)
        except BookError as error:
            show_fault(form, error)
            item = readable_item(actor, pk)
            theirs = item.current if revision_of(request) != item.revision else None
    context = {
        "form": form,
        "shown": item.list,
        "item": item,
        "theirs": theirs,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "responsibility/item_form.html", context, status=422 if form.errors else 200)


def _save(request: HttpRequest, actor: Actor, item: ResponsibilityItem, form: ItemForm) -> None:
    revision = revision_of(request)
    if item.list.is_draft:
        save_item(item, form.wording(), revision=revision, actor=actor.user)
        return
    amend_item(
        item, form.wording(), reason=request.POST.get("reason", ""), revision=revision, actor=actor.user,
        is_dropped=request.POST.get("is_dropped") == "on",
    )  # fmt: skip


def _form(
    request: HttpRequest, actor: Actor, shown: ResponsibilityList, item: ResponsibilityItem | None
) -> ItemForm:
    units = draft_units(shown) if shown.is_draft else [shown.unit] if shown.unit else []
    return ItemForm(
        request.POST or None, initial=initial_of(item.current) if item else None, year=shown.year,
        issuer=shown.issued_by, units=units, matters=_matters(actor, shown, units, item),
        planned=_planned(actor, shown, item),
    )  # fmt: skip


def _matters(
    actor: Actor, shown: ResponsibilityList, units: list[Unit], item: ResponsibilityItem | None
) -> list[Matter]:
    """Matters of the year that the actor may read, of the issuer and those it goes to first; those chosen already stay."""
    wanted = Q(kind__in=KINDS, opened_on__year__lte=shown.year) & (
        Q(closed_on=None) | Q(closed_on__year=shown.year)
    )
    if item is not None:
        version = item.current
        wanted |= Q(pk__in=[key for key in (version.matter_id, version.business_matter_id) if key])
    rows = restrict(Matter.objects.filter(wanted).select_related("unit"), actor).order_by("-opened_on", "-id")
    own = {shown.issued_by_id, *(unit.pk for unit in units)}
    return sorted(rows[:MOST_MATTERS], key=lambda matter: matter.unit_id not in own)


def _planned(actor: Actor, shown: ResponsibilityList, item: ResponsibilityItem | None) -> list[PlanItem]:
    """Items of the year's issued plans that the actor may read; the one chosen already stays."""
    wanted = Q(plan__year=shown.year, plan__state=Plan.State.ISSUED, is_cancelled=False)
    if item is not None and item.current.plan_item_id:
        wanted |= Q(pk=item.current.plan_item_id)
    rows = visible_items(actor).filter(wanted).order_by("plan__unit__position", "plan_id", "number")
    return list(rows.distinct()[:MOST_PLANNED])


@needs(*COMPOSERS)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an item out of a draft."""
    actor = actor_of(request)
    item = readable_item(actor, pk)
    must(may(actor, item.list).compose)
    remove_item(item, revision=revision_of(request), actor=actor.user)
    return redirect(f"{reverse('responsibility:detail', args=[item.list_id])}#items")


@needs()
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How an item stands, from whose item it came and what was split from it."""
    actor = actor_of(request)
    item = readable_item(actor, pk)
    return _page(request, actor, item, _statement_form(None, item))


@needs(Role.PREPARER)
@require_POST
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how an item stands."""
    actor = actor_of(request)
    item = readable_item(actor, pk)
    must(may(actor, item.list).state)
    form = _statement_form(request.POST, item)
    if form.is_valid():
        data = form.cleaned_data
        try:
            voucher = _voucher(actor, item, data["voucher"])
            state_progress(
                item, text=data["text"], actor=actor.user, is_done=data.get("is_done", False),
                milestone=data.get("milestone", ""), voucher=voucher,
            )  # fmt: skip
            return redirect(f"{reverse('responsibility:item', args=[item.pk])}#said")
        except BookError as error:
            show_fault(form, error)
    return _page(request, actor, item, form)


def _statement_form(data: Any, item: ResponsibilityItem) -> StatementForm:
    version = item.current
    steps = milestones_of(version)
    stated = [each.name for each in steps if not each.state]
    may_finish = bool(stated) or (version.shown_by == ShownBy.STATED and not steps)
    return StatementForm(data, milestones=stated, may_finish=may_finish)


def _voucher(actor: Actor, item: ResponsibilityItem, text: str) -> Voucher | None:
    """The voucher of this number within scope; raises BookError when there is none."""
    number = text.strip().rsplit("-", 1)[-1]
    if not text.strip():
        return None
    found = None
    if number.isdecimal() and len(number) < 12:
        found = visible_to(actor).filter(pk=int(number)).first()
    if found is None or found.number != text.strip():
        raise BookError(
            f"找不到凭证“{text.strip()[:20]}”，请照凭证页上的号写，例如 2024-0123。", field="voucher"
        )
    return found


def _page(request: HttpRequest, actor: Actor, item: ResponsibilityItem, form: StatementForm) -> HttpResponse:
    context = item_context(actor, item) | {"form": form}
    return render(request, "responsibility/item.html", context, status=422 if form.errors else 200)
