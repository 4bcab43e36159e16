"""Pages of figures."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.web.figures.detail import page_context
from yibenzhang.web.figures.listing import found, groups_of, offered, rows_of
from yibenzhang.web.filters import bar, read
from yibenzhang.web.requests import needs

MOST_FOUND = 20


@needs()
def figures_list(request: HttpRequest) -> HttpResponse:
    """One group of indicators at a time, or those found by name."""
    reading = read(request)
    indicators = offered(reading.unit)
    groups = groups_of(indicators)
    text = request.GET.get("q", "").strip()
    group = request.GET.get("group") or (groups[0][0] if groups else "")
    if text:
        shown, group = found(indicators, text), ""
    else:
        shown = [each for each in indicators if each.group == group]
    context: dict[str, Any] = {
        "reading": reading,
        "bar": bar(reading),
        "groups": groups,
        "group": group,
        "q": text,
        "rows": rows_of(shown[:MOST_FOUND] if text else shown, reading),
        "is_cut": bool(text) and len(shown) > MOST_FOUND,
    }
    return render(request, "figures/list.html", context)


@needs()
def figures_detail(request: HttpRequest, code: str) -> HttpResponse:
    """One figure: value, definition, trend, breakdown, and every posting behind it."""
    reading = read(request)
    return render(request, "figures/detail.html", page_context(request, indicator_or_404(code), reading))


def indicator_or_404(code: str) -> Indicator:
    """The indicator of this code; an unknown one is a page that is not there."""
    indicator = current_catalogue().indicators.get(code)
    if indicator is None:
        raise Http404
    return indicator
