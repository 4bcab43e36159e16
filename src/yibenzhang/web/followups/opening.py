"""Opening a follow-up: from a gap, from another page's item (kind, ref, title, due), or by hand."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render

from yibenzhang.access.scope import Actor
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.followups.gaps import asked_of, gap_or_refusal, title_of
from yibenzhang.followups.models import BY_HAND, DUTY
from yibenzhang.followups.permissions import SUPERIORS, openable_units
from yibenzhang.followups.queries import interval_for, newest_about
from yibenzhang.followups.services import open_follow_up
from yibenzhang.indicators.screening import KnownAskError
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.requirements.duties import Duty
from yibenzhang.requirements.explain import reason
from yibenzhang.web.filters import unit_choices
from yibenzhang.web.followups.forms import OpeningForm
from yibenzhang.web.requests import actor_of, needs

USUAL_TIME = 5  # working days


@dataclass(frozen=True)
class Origin:
    """What a new follow-up is about: the unit and, where it comes from another page, the reference."""

    unit: Unit
    kind: str
    ref: str
    day: date
    duty: Duty | None


@needs(*SUPERIORS)
def new(request: HttpRequest) -> HttpResponseBase:
    """Choose the unit where none is named; then recipient, words and deadline."""
    actor = actor_of(request)
    given = request.POST if request.method == "POST" else request.GET
    if not given.get("unit"):
        return _choose_unit(request, actor)
    origin = _origin(actor, given)
    if request.method != "POST":
        newest = newest_about([origin.unit.pk], origin.kind, [origin.ref]).get((origin.unit.pk, origin.ref))
        if origin.ref and newest is not None and newest.is_open:
            return redirect("followups:detail", newest.pk)
        form = OpeningForm(unit=origin.unit, day=origin.day, initial=_begun(origin, given))
        return _page(request, origin, form)
    form = OpeningForm(request.POST, unit=origin.unit, day=origin.day, asks_why="why" in request.POST)
    if not form.is_valid():
        return _page(request, origin, form)
    data = form.cleaned_data
    try:
        opened = open_follow_up(
            actor=actor, unit=origin.unit, recipient=data["recipient"], deadline=data["deadline"],
            asked=data["asked"], title=data["title"], origin_kind=origin.kind, origin_ref=origin.ref,
            why=data.get("why", ""),
        )  # fmt: skip
    except BookError as error:
        if isinstance(error, KnownAskError) and "why" not in form.fields:
            form = OpeningForm(request.POST, unit=origin.unit, day=origin.day, asks_why=True)
            form.is_valid()
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _page(request, origin, form, known=getattr(error, "known", ()))
    return redirect("followups:detail", opened.pk)


def _origin(actor: Actor, given: QueryDict) -> Origin:
    """Read unit, kind and ref; a unit that the actor may not follow up on is a 404."""
    unit = Unit.objects.get(code=given["unit"])
    day = today_for(unit)
    if not openable_units(actor, day).filter(pk=unit.pk).exists():
        raise Http404
    kind, ref = given.get("kind") or BY_HAND, given.get("ref", "")[:120]
    if not re.fullmatch(r"[a-z_]{1,30}", kind):
        raise Http404
    return Origin(unit, kind, ref, day, gap_or_refusal(unit, ref, day) if kind == DUTY else None)


def _begun(origin: Origin, given: QueryDict) -> dict[str, object]:
    deadline = current_workdays().add(origin.day, USUAL_TIME)
    with suppress(ValueError):  # none given, or no date
        due = date.fromisoformat(given.get("due", ""))
        deadline = current_workdays().add(due, 0) if due > origin.day else deadline
    if origin.duty is not None:
        return {"title": title_of(origin.duty), "asked": asked_of(origin.duty), "deadline": deadline}
    return {"title": given.get("title", "")[:120], "deadline": deadline}


def _choose_unit(request: HttpRequest, actor: Actor) -> HttpResponse:
    day = today_for(actor.home_unit())
    open_to = set(openable_units(actor, day).values_list("code", flat=True))
    units = [(code, name) for code, name in unit_choices(actor, day, *SUPERIORS) if code in open_to]
    passed_on = [
        (name, request.GET[name]) for name in ("kind", "ref", "title", "due") if request.GET.get(name)
    ]
    return render(request, "followups/choose.html", {"units": units, "passed_on": passed_on})


def _page(request: HttpRequest, origin: Origin, form: OpeningForm, known: object = ()) -> HttpResponse:
    duty = origin.duty
    context = {
        "form": form,
        "origin": origin,
        "known": known,
        "word": "提醒" if duty is not None and duty.requirement.strength == "general" else "督办",
        "reason": reason(duty, current_catalogue()) if duty is not None else "",
        "interval": interval_for(origin.unit),
        "missing": current_workdays().missing([origin.day, current_workdays().add(origin.day, USUAL_TIME)]),
    }
    return render(request, "followups/new.html", context, status=422 if form.errors else 200)
