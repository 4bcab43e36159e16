"""What happens to a list as a whole: issue, half-year review, split downwards, carry forward."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import today_for
from yibenzhang.responsibility.issuing import issue_list, review_list
from yibenzhang.responsibility.models import ResponsibilityList
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import COMPOSERS, items_of
from yibenzhang.responsibility.services import draft_units
from yibenzhang.responsibility.splitting import roll_forward, split_items
from yibenzhang.responsibility.tiers import receivers_of
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.responsibility.access import may, must, readable_list
from yibenzhang.web.responsibility.composing import composable_list, revision_of, show_fault
from yibenzhang.web.responsibility.forms import HeadForm, IssueForm
from yibenzhang.web.responsibility.looks import row_of


@needs(Role.APPROVER)
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the draft once more, then issue it: the issuer's approver only."""
    actor = actor_of(request)
    draft = readable_list(actor, pk)
    must(may(actor, draft).issue and draft.is_draft)
    form = IssueForm(request.POST or None, today=today_for(draft.issued_by))
    if request.method == "POST" and form.is_valid():
        try:
            issued = issue_list(
                draft, revision=revision_of(request), actor=actor.user, on=form.cleaned_data["on"]
            )
            if len(issued) == 1:
                return redirect("responsibility:detail", issued[0].pk)
            return redirect(f"{reverse('responsibility:list')}?box=given&year={draft.year}")
        except BookError as error:
            show_fault(form, error)
            draft = readable_list(actor, pk)
    day = today_for(draft.issued_by)
    context = {
        "shown": draft, "form": form, "units": draft_units(draft), "day": day,
        "rows": [row_of(item, None, day) for item in items_of([draft])],
    }  # fmt: skip
    return render(request, "responsibility/issue.html", context, status=422 if form.errors else 200)


@needs(Role.APPROVER)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The half-year review: a note by item, once."""
    actor = actor_of(request)
    shown = readable_list(actor, pk)
    must(may(actor, shown).issue and not shown.is_draft)
    items = items_of([shown])
    notes = {item.pk: request.POST.get(f"note_{item.pk}", "") for item in items}
    problem = None
    if request.method == "POST":
        try:
            review_list(shown, notes, actor=actor.user)
            return redirect("responsibility:detail", shown.pk)
        except BookError as error:
            problem = error
    day = today_for(shown.unit)
    found = assess(items, as_of=day)
    context = {
        "shown": shown, "problem": problem, "day": day,
        "rows": [(row_of(item, found.get(item.pk), day), notes[item.pk], f"note_{item.pk}") for item in items],
    }  # fmt: skip
    return render(request, "responsibility/review.html", context, status=400 if problem else 200)


@needs(*COMPOSERS)
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose items of a list one received and the units below that are to take them on; a draft begins."""
    actor = actor_of(request)
    shown = readable_list(actor, pk)
    unit = shown.unit
    must(may(actor, shown).split)
    if unit is None:
        raise ResponsibilityList.DoesNotExist
    day = today_for(unit)
    items = [item for item in items_of([shown]) if not item.version_on(day).is_dropped]
    chosen = set(request.POST.getlist("items") or request.GET.getlist("item"))
    initial = {"title": f"{shown.year}年责任清单"}
    below = receivers_of(unit, day)
    form = HeadForm(request.POST or None, initial=initial, issuer=unit, units=below, with_issuer=False)
    del form.fields["document_number"]
    if request.method == "POST" and form.is_valid():
        try:
            draft = split_items(
                [item for item in items if str(item.pk) in chosen], units=form.chosen_units(),
                title=form.cleaned_data["title"], post=form.cleaned_data["post"], actor=actor.user,
            )  # fmt: skip
            return redirect("responsibility:detail", draft.pk)
        except BookError as error:
            show_fault(form, error)
    context = {
        "shown": shown, "form": form, "day": day,
        "rows": [(row_of(item, None, day), str(item.pk) in chosen) for item in items],
    }  # fmt: skip
    return render(request, "responsibility/split.html", context, status=422 if form.errors else 200)


@needs(*COMPOSERS)
@require_POST
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Next year's draft from this list."""
    actor: Actor = actor_of(request)
    draft = roll_forward(composable_list(actor, pk), actor=actor.user)
    return redirect("responsibility:detail", draft.pk)
