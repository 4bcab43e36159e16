"""Every rule with its basis and whether it is on here; administrators of the book switch rules on and off."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yibenzhang.access.models import Role
from yibenzhang.access.scope import get_in_scope, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Book, Unit
from yibenzhang.organisation.queries import packs_of, today_for
from yibenzhang.requirements.choices import about, choices_by_book, may_be_on, on_since, why_off
from yibenzhang.requirements.models import RequirementChoice
from yibenzhang.requirements.services import choose_requirement
from yibenzhang.requirements.wording import STRENGTHS, asks, bound
from yibenzhang.web.filters import read
from yibenzhang.web.organisation.forms import day_field, text_field
from yibenzhang.web.requests import actor_of, needs


@dataclass(frozen=True)
class RuleLine:
    """A rule as a row: whom it binds, what it asks, and whether it is on today."""

    rule: Requirement
    bound: str
    asks: str
    is_on: bool
    why: str
    may_change: bool


class ChoiceForm(forms.Form):
    """From when to when, and why."""

    since = day_field("自哪天起", help_text="一个期间按它最后一天是不是启用来算。")
    until = day_field("到哪天为止", required=False, help_text="不含这一天；不填一直有效。")
    reason = text_field("理由", 200, help_text="例如：机关党委2024年第3次会议定为每季度一次。")


@needs()
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule of the packs in force for the unit, group by group as the packs order them."""
    reading, catalogue = read(request), current_catalogue()
    book = reading.book
    choices = choices_by_book().get(book.pk, ()) if book else ()
    may = book is not None and _administers(request, book)
    packs = set(packs_of(reading.unit))
    sections: dict[str, list[RuleLine]] = {}
    for rule in catalogue.requirements.values():
        home = catalogue.home["requirements", rule.code]
        if home not in packs:
            continue
        own = about(rule, choices)
        since = on_since(rule, own, reading.today)
        why = _since(since) if since else why_off(rule, own, reading.today)
        may_change = may and (_may_end(rule) if since else may_be_on(rule))
        line = RuleLine(
            rule, bound(rule, catalogue), asks(rule, catalogue), since is not None, why, may_change
        )
        sections.setdefault(catalogue.packs[home], []).append(line)
    lines = [line for part in sections.values() for line in part]
    context = {
        "reading": reading,
        "sections": list(sections.items()),
        "count": len(lines),
        "on_count": sum(line.is_on for line in lines),
        "may": may,
    }
    return render(request, "requirements/rules.html", context)


@needs(Role.ADMINISTRATOR)
def choose(request: HttpRequest, unit: str, code: str) -> HttpResponse:
    """Switch one rule on or off for the book that the unit keeps, whichever it is not today."""
    actor = actor_of(request)
    holder = get_in_scope(Unit.objects.all(), actor, Role.ADMINISTRATOR, by="self", code=unit)
    book, rule = Book.objects.get(unit=holder), current_catalogue().requirements.get(code)
    if rule is None or current_catalogue().home["requirements", code] not in book.packs:
        raise Http404
    today = today_for(holder)
    own = about(rule, choices_by_book().get(book.pk, ()))
    is_on = on_since(rule, own, today) is not None
    form = ChoiceForm(request.POST if request.method == "POST" else None, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            choose_requirement(
                book=book, requirement=rule, is_on=not is_on, since=given["since"], until=given["until"],
                reason=given["reason"], actor=actor.user,
            )  # fmt: skip
            return redirect("requirements:rules")
        except BookError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    context: dict[str, Any] = {
        "form": form,
        "rule": rule,
        "book": book,
        "is_on": is_on,
        "bound": bound(rule, current_catalogue()),
        "asks": asks(rule, current_catalogue()),
        "strength": STRENGTHS[rule.strength],
        "made": RequirementChoice.objects.filter(book=book, requirement=code)
        .select_related("chosen_by__person")
        .order_by("valid_from"),
    }
    return render(request, "requirements/choose.html", context, status=422 if form.errors else 200)


def _administers(request: HttpRequest, book: Book) -> bool:
    return units_for(actor_of(request), Role.ADMINISTRATOR).filter(pk=book.unit_id).exists()


def _may_end(rule: Requirement) -> bool:
    return not (rule.is_on and rule.strength == "shall")


def _since(day: date) -> str:
    return "" if day == date.min else f"本单位{day.year}年{day.month}月{day.day}日起启用"
