"""Suggestions while typing: a few people, matters or units within the user's reach."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.models import Role
from yibenzhang.access.scope import get_in_scope
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import FieldSpec
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.web.record.finders import MatterFinder, PeopleFinder, UnitFinder
from yibenzhang.web.record.picking import SEPARATORS, Finder
from yibenzhang.web.requests import actor_of, needs


@needs(Role.PREPARER)
def people(request: HttpRequest) -> HttpResponse:
    """Persons in scope whose name, pinyin or initials hold what was typed last."""
    unit = _unit(request)
    return _suggest(request, PeopleFinder(actor_of(request), unit, today_for(unit)))


@needs(Role.PREPARER)
def matters(request: HttpRequest) -> HttpResponse:
    """Matters of one kind in scope."""
    kind = current_catalogue().matter_kinds.get(request.GET.get("kind", ""))
    if kind is None:
        raise Http404
    spec = FieldSpec(code="matter", name=kind.name, type="matter", matter_kind=kind.code)
    return _suggest(request, MatterFinder(actor_of(request), spec))


@needs(Role.PREPARER)
def units(request: HttpRequest) -> HttpResponse:
    """Units of the same book; for a joint event only those that may record its kind."""
    unit = _unit(request)
    kind = current_catalogue().kinds.get(request.GET.get("kind", ""))
    return _suggest(request, UnitFinder(unit, today_for(unit), kind.recorded_by if kind else ()))


def _unit(request: HttpRequest) -> Unit:
    code = request.GET.get("unit", "")
    return get_in_scope(Unit.objects.all(), actor_of(request), Role.PREPARER, by="self", code=code)


def _suggest(request: HttpRequest, finder: Finder) -> HttpResponse:
    field = request.GET.get("field", "")[:60]
    typed = request.GET.get(f"{field}.names", request.GET.get("q", ""))[:200]
    fragment = SEPARATORS.split(typed)[-1] if finder.separates else typed.strip()
    found = finder.search(fragment) if fragment else []
    context = {"picks": finder.picks(found), "field": field, "fragment": fragment}
    return render(request, "record/suggestions.html", context)
