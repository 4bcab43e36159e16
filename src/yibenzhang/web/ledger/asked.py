"""What the ledger page is filtered by."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.db.models import F, Model, QuerySet
from django.http import HttpRequest

from yibenzhang.access.people import people_for
from yibenzhang.access.scope import lineages_for, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.ledger.models import Posting
from yibenzhang.ledger.queries import filtered
from yibenzhang.organisation.models import LineageMember, Person
from yibenzhang.organisation.queries import own_units
from yibenzhang.vouchers.models import Matter
from yibenzhang.web.filters import SCOPES, Reading, read

M = TypeVar("M", bound=Model)
MOST_NAMES = 200
WIDE = 200  # lines from which a scope counts as wide


@dataclass(frozen=True)
class Asked:
    """A reading narrowed by kind, account, person and matter; the last two as typed and as the keys that fit."""

    reading: Reading
    kind: str = ""
    account: str = ""
    person: str = ""
    matter: str = ""
    people: tuple[int, ...] = ()
    matters: tuple[int, ...] = ()

    def rows(self) -> QuerySet[Posting]:
        """The postings asked for, newest first. The primary key follows the order of entry."""
        reading = self.reading
        rows = restrict(Posting.objects.all(), reading.actor)
        below = LineageMember.objects.filter(ancestor=reading.unit).values("lineage_id")
        rows = filtered(
            rows,
            lineages=below if reading.scope == "subtree" else None,
            period=reading.period,
            kind=self.kind,
            accounts=[self.account] if self.account else (),
            programme=reading.programme,
        )
        if reading.scope == "own":
            rows = rows.filter(unit_id__in=own_units(reading.unit))
        if reading.position:
            rows = rows.filter(entry_id__lte=reading.position)
        if self.person:
            rows = rows.filter(person_id__in=self.people)
        if self.matter:
            rows = rows.filter(matter_id__in=self.matters)
        return rows.order_by("-id")

    def newest_rows(self) -> QuerySet[Posting]:
        """The same rows, to be read from the newest back.

        For a wide scope in the period under way almost every new posting fits, and walking back along the key finds a
        page at once; by way of the lines the database would sort the whole year first. `+ 0` keeps it from doing that.
        """
        if not self.is_wide or not self.reading.period.contains(self.reading.today):
            return self.rows()
        reading = self.reading
        below = LineageMember.objects.filter(ancestor=reading.unit).values("lineage_id")
        seen = lineages_for(reading.actor)
        newest = filtered(Posting.objects.all(), period=reading.period).annotate(line_key=F("lineage_id") + 0)
        newest = newest.filter(line_key__in=below).filter(line_key__in=seen)
        return (newest.filter(entry_id__lte=reading.position) if reading.position else newest).order_by("-id")

    @cached_property
    def is_wide(self) -> bool:
        """True when nothing but the period narrows the lines of very many units."""
        if any([self.kind, self.account, self.person, self.matter, self.reading.programme]):
            return False
        lines = LineageMember.objects.filter(ancestor=self.reading.unit)
        return self.reading.scope == "subtree" and lines.count() >= WIDE

    def described(self) -> list[tuple[str, str]]:
        """The filter in words, for the head of an export."""
        catalogue, reading = current_catalogue(), self.reading
        words = [
            ("单位", f"{reading.unit.name}（{SCOPES[reading.scope]}）"),
            ("期间", reading.period.label),
            ("专题", reading.programme_name),
            ("种类", catalogue.kind(self.kind).name if self.kind else ""),
            ("科目", catalogue.account(self.account).name if self.account else ""),
            ("人员", self.person),
            ("事项", self.matter),
            ("账面时点", reading.as_of),
        ]
        return [(label, text) for label, text in words if text]


def asked(request: HttpRequest) -> Asked:
    """Read the filter; raises BookError naming what is wrong, DoesNotExist for a unit out of scope."""
    reading, given = read(request), request.GET
    kind, account = given.get("kind", ""), given.get("account", "")
    person, matter = given.get("person", "").strip(), given.get("matter", "").strip()
    catalogue = current_catalogue()
    if kind:
        catalogue.kind(kind)
    if account:
        catalogue.account(account)
    actor = reading.actor
    people = people_for(actor) if person else Person.objects.none()
    matters = restrict(Matter.objects.all(), actor) if matter else Matter.objects.none()
    return Asked(
        reading, kind, account, person, matter, _named(people, person, "key"), _named(matters, matter, "pk")
    )


def _named(rows: QuerySet[M], text: str, key: str) -> tuple[int, ...]:
    """Keys of the rows whose search key holds every word typed, or whose own key was given by a link."""
    if not text:
        return ()
    if key == "key" or text.isdecimal():
        exact = tuple(rows.filter(**{key: text[:18]}).values_list("pk", flat=True).distinct())
        if exact:
            return exact
    for word in text.lower().split():
        rows = rows.filter(search_key__contains=word)
    return tuple(rows.values_list("pk", flat=True).distinct()[:MOST_NAMES])
