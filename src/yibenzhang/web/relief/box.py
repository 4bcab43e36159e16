"""The suggestion box. Of whoever writes nothing is kept: no user, no audit line, no session, only a signed cookie there.

The cookie counts how often this browser wrote today; the server stores nothing of it.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Book
from yibenzhang.organisation.queries import today_for
from yibenzhang.relief.models import Suggestion
from yibenzhang.relief.queries import box_of, by_code, may_handle, suggestions_for
from yibenzhang.relief.services import answer, drop_in, take_up
from yibenzhang.web.filters import unit_choices
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.relief.forms import SuggestionForm
from yibenzhang.web.requests import actor_of, needs

COOKIE, MOST_HERE, A_DAY = "box", 5, 24 * 60 * 60
STATE_KINDS = {"received": "todo", "handling": "wait", "answered": "ok"}


@needs()
@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Suggestions answered, for everybody in the bureau; those waiting besides, for who handles them."""
    actor = actor_of(request)
    book = box_of(actor)
    rows = suggestions_for(actor)
    handles = bool(book and may_handle(actor, book))
    waiting = rows.exclude(state=Suggestion.State.ANSWERED) if handles else rows.none()
    context = {
        "book": book,
        "handles": handles,
        "waiting": [(row, STATE_KINDS[row.state]) for row in waiting[:100]],
        "page": page_of(rows.filter(state=Suggestion.State.ANSWERED), page_number(request), size=20),
    }
    return render(request, "relief/suggestions.html", context)


@needs()
@require_http_methods(["GET", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """Write a suggestion; the code shown afterwards is the only way back to it."""
    actor = actor_of(request)
    book = box_of(actor)
    if book is None:
        return render(request, "relief/no_box.html")
    units = unit_choices(actor, today_for(book.unit))
    form = SuggestionForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            return _dropped(request, book, form)
        except BookError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    return render(request, "relief/suggest.html", {"form": form}, status=422 if form.errors else 200)


def _dropped(request: HttpRequest, book: Book, form: SuggestionForm) -> HttpResponse:
    written = _written_here(request)
    if written >= MOST_HERE:
        raise BookError(f"这台电脑今天已投 {MOST_HERE} 条，请明天再投。", field="text")
    data = form.cleaned_data
    kept = drop_in(book=book, category=data["category"], text=data["text"], unit=data["unit"])
    response = render(request, "relief/dropped.html", {"suggestion": kept})
    response.set_signed_cookie(
        COOKIE, str(written + 1), max_age=A_DAY, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    response["Cache-Control"] = "no-store"
    return response


def _written_here(request: HttpRequest) -> int:
    text = request.get_signed_cookie(COOKIE, default="0", max_age=A_DAY) or "0"
    return int(text) if text.isdecimal() else 0


@needs()
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """The case of a receipt code: posted, so that no log of addresses keeps the code."""
    code = request.POST.get("code", "")[:20]
    found = by_code(actor_of(request), code)
    context = {
        "suggestion": found,
        "kind": STATE_KINDS[found.state] if found else "",
        "code": code,
    }
    return render(request, "relief/found_case.html", context, status=200 if found else 404)


@needs()
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A suggestion with its answer; for who handles it also the form to answer."""
    return render(request, "relief/suggestion.html", _context(request, pk))


def _context(request: HttpRequest, pk: int) -> dict[str, Any]:
    actor = actor_of(request)
    found = suggestions_for(actor).get(pk=pk)
    return {
        "suggestion": found,
        "kind": STATE_KINDS[found.state],
        "handles": may_handle(actor, found.book),
        "typed": found.answer,
    }


@needs("administrator", "approver")
@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Take up or answer, by administrators and approvers of the bureau."""
    context, user = _context(request, pk), actor_of(request).user
    if not context["handles"]:
        raise Http404
    if act == "take-up":
        take_up(context["suggestion"], actor=user)
    elif act == "answer":
        text = request.POST.get("answer", "")
        try:
            answer(context["suggestion"], text=text, actor=user)
        except BookError as error:
            shown = {**context, "problem": error.message, "typed": text}
            return render(request, "relief/suggestion.html", shown, status=422)
    else:
        raise Http404
    return redirect("relief:suggestion", pk)
