"""Periods of a book (账期): closing and opening again, with all marks they left."""

from dataclasses import dataclass

from django import forms
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, get_in_scope, restrict
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import month_of, month_period
from yibenzhang.ledger.models import Closing, Entry
from yibenzhang.ledger.queries import closings
from yibenzhang.ledger.services import close_month, reopen_month
from yibenzhang.organisation.models import Book
from yibenzhang.organisation.queries import today_for
from yibenzhang.web.filters import unit_asked
from yibenzhang.web.requests import actor_of, needs


@dataclass(frozen=True)
class Month:
    """A month of the book: how much went into it, and whether it is closed."""

    number: int
    entries: int
    last_position: int
    closing: Closing | None

    @property
    def label(self) -> str:
        """2024年8月."""
        return month_period(self.number).label

    @property
    def code(self) -> str:
        """2024-08."""
        return month_period(self.number).code

    @property
    def is_closed(self) -> bool:
        """True when nothing posts into it any more."""
        return self.closing is not None and self.closing.act == Closing.CLOSED


class ReopenForm(forms.Form):
    """Why a closed month is opened again."""

    reason = forms.CharField(
        label="反结账的原因", max_length=200, error_messages={"required": "请写明反结账的原因。"}
    )


def visible_books(actor: Actor) -> list[Book]:
    """Books whose keeper the actor sees."""
    return list(
        restrict(Book.objects.select_related("unit"), actor, by="unit").order_by("unit__position", "id")
    )


@needs()
def periods(request: HttpRequest) -> HttpResponse:
    """Months of one book, newest first, and the history of marks."""
    actor = actor_of(request)
    books = visible_books(actor)
    book = _book_shown(request, actor, books)
    context = {
        "books": books,
        "book": book,
        "months": months_of(book) if book else [],
        "marks": Closing.objects.filter(book=book).select_related("actor").order_by("-id")[:50]
        if book
        else [],
        "may_close": book is not None and _may_close(actor, book),
        "form": ReopenForm(),
    }
    return render(request, "ledger/periods.html", context)


def _book_shown(request: HttpRequest, actor: Actor, books: list[Book]) -> Book | None:
    code = request.GET.get("book")
    if code:
        return get_in_scope(Book.objects.select_related("unit"), actor, by="unit", unit__code=code)
    home = unit_asked(actor, "")
    return next((book for book in books if book.unit_id == home.pk), books[0] if books else None)


def months_of(book: Book) -> list[Month]:
    """Every month with entries or marks, up to the book's own, newest first."""
    counted = Entry.objects.filter(book=book).order_by().values("book_month")
    rows = {
        row["book_month"]: (row["n"], row["top"])
        for row in counted.annotate(n=Count("number"), top=Max("number"))
    }
    marks = closings(book)
    numbers = sorted({*rows, *marks, month_of(today_for(book.unit))}, reverse=True)
    return [Month(number, *rows.get(number, (0, 0)), marks.get(number)) for number in numbers]


def _may_close(actor: Actor, book: Book) -> bool:
    return restrict(Book.objects.filter(pk=book.pk), actor, Role.ADMINISTRATOR, by="unit").exists()


def _book_to_close(request: HttpRequest, code: str) -> Book:
    return get_in_scope(
        Book.objects.select_related("unit"), actor_of(request), Role.ADMINISTRATOR, by="unit", unit__code=code
    )


@needs(Role.ADMINISTRATOR)
@require_POST
def close(request: HttpRequest, book: str, month: int) -> HttpResponse:
    """Close a month."""
    kept = _book_to_close(request, book)
    if not (200001 <= month <= 209912 and 1 <= month % 100 <= 12):
        raise BookError("没有这个账期，请从列表中选。")
    close_month(kept, month, actor=actor_of(request).user)
    return redirect(f"{reverse('ledger:periods')}?book={kept.unit.code}")


@needs(Role.ADMINISTRATOR)
def reopen(request: HttpRequest, book: str, month: int) -> HttpResponse:
    """Ask for the reason, then open a closed month again."""
    kept = _book_to_close(request, book)
    shown = next((entry for entry in months_of(kept) if entry.number == month), None)
    if shown is None:
        raise BookError("没有这个账期，请从列表中选。")
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reopen_month(kept, month, actor=actor_of(request).user, reason=form.cleaned_data["reason"])
        return redirect(f"{reverse('ledger:periods')}?book={kept.unit.code}")
    status = 422 if form.errors else 200
    return render(request, "ledger/reopen.html", {"book": kept, "month": shown, "form": form}, status=status)
