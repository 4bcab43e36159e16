"""Reading the suggestion box: who may see what, and who handles it."""

from django.db.models import QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.organisation.models import Book
from yibenzhang.organisation.queries import book_of, own_units
from yibenzhang.relief.models import Assumption, Suggestion


def box_of(actor: Actor) -> Book | None:
    """The bureau whose box the user writes to and reads; None for who works above all bureaus."""
    home = actor.home_unit()
    return book_of(home) if home else None


def may_handle(actor: Actor, book: Book) -> bool:
    """True for administrators and approvers of the bureau itself or of a Party body it holds."""
    granted = actor.unit_ids(Role.ADMINISTRATOR, Role.APPROVER)
    return bool(set(granted) & set(own_units(book.unit)))


def suggestions_for(actor: Actor) -> QuerySet[Suggestion]:
    """All of them for who handles them; for everybody else in the bureau those answered."""
    book = box_of(actor)
    rows = Suggestion.objects.filter(book=book).select_related("unit", "handled_by__person")
    if book is not None and may_handle(actor, book):
        return rows
    return rows.filter(state=Suggestion.State.ANSWERED)


def by_code(actor: Actor, code: str) -> Suggestion | None:
    """The suggestion of a receipt code in the reader's bureau, whatever its state."""
    wanted = code.strip().upper().replace(" ", "")
    return Suggestion.objects.filter(book=box_of(actor), code=wanted).select_related("unit").first()


def minutes_of(book: Book | None) -> int | None:
    """Minutes an entry is taken to cost in this bureau; None when nobody has said."""
    found = Assumption.objects.filter(book=book).first() if book else None
    return found.minutes if found else None
