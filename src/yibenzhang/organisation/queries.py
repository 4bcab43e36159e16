"""Questions about the organisation on a day."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from yibenzhang.organisation.memory import remembered
from yibenzhang.organisation.models import (
    Book,
    Guidance,
    Lineage,
    LineageMember,
    Membership,
    Person,
    Placement,
    Post,
    Unit,
)
from yibenzhang.organisation.models.dated import during, on_day


def lineage_on(unit: Unit, day: date) -> Lineage | None:
    """The unit's line of superiors on a day, None when it was not in the tree."""
    return next((line for line in _lines_of(unit) if line.holds_on(day)), None)


@remembered
def _lines_of(unit: Unit) -> list[Lineage]:
    return list(Lineage.objects.filter(unit=unit).order_by("valid_from"))


def units_below(
    unit_ids: list[int], *, start: date | None = None, stop: date | None = None
) -> QuerySet[Unit]:
    """Units whose line passes through any of these (themselves included), at any time or during [start, stop)."""
    lines = Lineage.objects.filter(
        pk__in=LineageMember.objects.filter(ancestor_id__in=unit_ids).values("lineage_id")
    )
    if start is not None and stop is not None:
        lines = lines.filter(during(start, stop))
    return Unit.objects.filter(pk__in=lines.values("unit_id"))


def own_units(unit: Unit) -> list[int]:
    """Keys of what counts as the unit itself: it and, for an administrative unit, the Party bodies it holds directly."""
    return own_units_of([unit])[unit.pk]


def own_units_of(units: Iterable[Unit]) -> dict[int, list[int]]:
    """`own_units` of many, in one query for however many."""
    from yibenzhang.catalogue.loading import current_catalogue

    types, found = current_catalogue().unit_types, {unit.pk: unit for unit in units}
    own = {key: [key] for key in found}
    holders = [key for key, unit in found.items() if not types[unit.unit_type].party_body]
    if holders:
        bodies = [code for code, entry in types.items() if entry.party_body]
        held = Placement.objects.filter(parent__in=holders, unit__unit_type__in=bodies)
        for parent, key in held.values_list("parent_id", "unit_id"):
            if key not in own[parent]:
                own[parent].append(key)
    return own


def children_on(unit: Unit, day: date) -> QuerySet[Unit]:
    """Units directly below on a day, in organisational order."""
    return Unit.objects.filter(placements__in=Placement.objects.filter(on_day(day), parent=unit)).order_by(
        "position", "id"
    )


def children_during(unit: Unit, start: date, stop: date) -> QuerySet[Unit]:
    """Units that hung directly below at some time in [start, stop), in organisational order."""
    placements = Placement.objects.filter(during(start, stop), parent=unit)
    return Unit.objects.filter(pk__in=placements.values("unit_id")).order_by("position", "id")


def superiors_on(unit: Unit, day: date) -> list[Unit]:
    """The line from the root down to the unit on a day."""
    line = lineage_on(unit, day)
    if line is None:
        return [unit]
    members = LineageMember.objects.filter(lineage=line).select_related("ancestor").order_by("depth")
    return [member.ancestor for member in members]


def reviewers_of(unit: Unit, day: date) -> list[Unit]:
    """The bodies that review this unit's vouchers on a day; the unit itself when no superior is in the book."""
    found = Unit.objects.filter(
        pk__in=Guidance.objects.filter(on_day(day), subordinate=unit, reviews=True).values("superior_id")
    )
    return list(found) or [unit]


def reviewed_by(unit_ids: list[int], day: date) -> QuerySet[Unit]:
    """Units whose vouchers these bodies review on a day, with those bodies that have no superior themselves."""
    led = Guidance.objects.filter(on_day(day), superior_id__in=unit_ids, reviews=True).values(
        "subordinate_id"
    )
    has_superior = Guidance.objects.filter(on_day(day), reviews=True).values("subordinate_id")
    return Unit.objects.filter(Q(pk__in=led) | (Q(pk__in=unit_ids) & ~Q(pk__in=has_superior)))


@remembered
def book_of(unit: Unit, day: date | None = None) -> Book | None:
    """The book the unit belongs to: its own or the nearest superior's (by its latest line when no day is given)."""
    lines = Lineage.objects.filter(unit=unit)
    line = (lines.filter(on_day(day)).first() if day else None) or lines.order_by("-valid_from").first()
    if line is None:
        return None
    members = LineageMember.objects.filter(lineage=line).values("ancestor_id")
    books = Book.objects.filter(unit_id__in=members).select_related("unit")
    depth = dict(LineageMember.objects.filter(lineage=line).values_list("ancestor_id", "depth"))
    return max(books, key=lambda book: depth[book.unit_id], default=None)


@remembered
def today_for(unit: Unit | None) -> date:
    """What the unit's book takes for today; above all books the latest of their days; the calendar otherwise."""
    book = book_of(unit) if unit else None
    if book is not None:
        return book.fixed_date or timezone.localdate()
    dates = [fixed or timezone.localdate() for fixed in Book.objects.values_list("fixed_date", flat=True)]
    return max(dates, default=timezone.localdate())


def books_of(unit_ids: Iterable[int]) -> dict[int, Book | None]:
    """`book_of` many units, in two queries for however many."""
    keys = set(unit_ids)
    books = {book.unit_id: book for book in Book.objects.select_related("unit")}
    found: dict[int, Book | None] = dict.fromkeys(keys)
    lines = Lineage.objects.filter(unit_id__in=keys).order_by("valid_from")
    for unit, path in lines.values_list("unit_id", "path"):
        line = [int(key) for key in path.split("/") if key]
        found[unit] = next((books[key] for key in reversed(line) if key in books), None)
    return found


def todays(unit_ids: Iterable[int]) -> dict[int, date]:
    """`today_for` many units, in three queries for however many."""
    latest = today_for(None)
    return {
        unit: (book.fixed_date or timezone.localdate()) if book else latest
        for unit, book in books_of(unit_ids).items()
    }


@remembered
def packs_of(unit: Unit) -> list[str]:
    """Packs in force for a unit: those of its book, and of every book below a unit that stands above them."""
    book = book_of(unit)
    if book is not None:
        return list(book.packs)
    below = Book.objects.filter(unit__in=units_below([unit.pk]))
    return list(dict.fromkeys(["base", *(pack for book in below for pack in book.packs)]))


def members_on(unit: Unit, day: date) -> QuerySet[Person]:
    """Full and probationary members of a body on a day (应到的基数), in the order they were entered."""
    states = [Membership.FULL, Membership.PROBATIONARY]
    rows = Membership.objects.filter(on_day(day), unit=unit, state__in=states)
    posts = Post.objects.filter(on_day(day), unit=unit)
    return Person.objects.filter(Q(pk__in=rows.values("person_id")) | Q(pk__in=posts.values("person_id")))
