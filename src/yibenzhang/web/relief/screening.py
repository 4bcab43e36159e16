"""审一审: paste a form, a scheme or a notice and see what is barred, what the ledger has, what could be shorter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yibenzhang.indicators.screening import screen
from yibenzhang.organisation.queries import packs_of
from yibenzhang.web.requests import actor_of, needs

LONGEST = 60_000


@needs()
@require_http_methods(["GET", "POST"])
def screen_text(request: HttpRequest) -> HttpResponse:
    """The form, and after a text was sent what was found in it. Nothing is kept."""
    text = request.POST.get("text", "")[:LONGEST]
    assessed = request.POST.get("assessed") == "1"
    context: dict[str, object] = {"text": text, "assessed": assessed, "longest": LONGEST}
    if request.method == "POST":
        home = actor_of(request).home_unit()
        found = screen(text, packs=packs_of(home) if home else None, assessed=assessed)
        context |= {"barred": found.barred, "known": found.known, "hints": found.hints}
        context["done"] = bool(text.strip())
        context["is_clean"] = found.is_clean and not found.hints
    return render(request, "relief/screen.html", context)
