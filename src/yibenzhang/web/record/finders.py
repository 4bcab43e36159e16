"""Where picks come from, limited to what the user may name: people, matters, units."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from yibenzhang.access.people import people_for
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import FieldSpec
from yibenzhang.organisation.models import Membership, Person, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.queries import book_of, units_below
from yibenzhang.vouchers.models import Matter
from yibenzhang.web.record.picking import Pick
from yibenzhang.web.record.typed import keys_of

MOST_SUGGESTIONS = 8


@dataclass
class PeopleFinder:
    """Persons in the actor's scope; those of the recording unit come first."""

    actor: Actor
    unit: Unit
    day: date
    known: Iterable[Person] = ()  # already on the voucher, even when they have since moved away
    noun: str = "人"
    separates: bool = True

    def by_keys(self, keys: Sequence[str]) -> list[Person]:
        """Persons by primary key."""
        wanted = keys_of(keys)
        kept = {person.pk: person for person in self.known}
        if missing := [key for key in wanted if key not in kept]:
            kept |= {p.pk: p for p in people_for(self.actor).filter(pk__in=missing)}
        return [kept[key] for key in dict.fromkeys(wanted) if key in kept]

    def by_names(self, names: Sequence[str]) -> dict[str, list[Person]]:
        """Persons by name; a name borne once in the unit means that person, wherever else it is borne."""
        found: dict[str, list[Person]] = {}
        for person in people_for(self.actor).filter(name__in=names).order_by("id"):
            found.setdefault(person.name, []).append(person)
        shared = [person.pk for namesakes in found.values() if len(namesakes) > 1 for person in namesakes]
        if shared:
            here = set(self._memberships(shared).filter(unit=self.unit).values_list("person_id", flat=True))
            for name, namesakes in found.items():
                own = [person for person in namesakes if person.pk in here]
                found[name] = own if len(own) == 1 else namesakes
        return found

    def search(self, fragment: str) -> list[Person]:
        """People of the unit first."""
        here = Membership.objects.filter(on_day(self.day), unit=self.unit).values("person_id")
        rows = _holding(people_for(self.actor), fragment)
        near = Case(When(pk__in=here, then=Value(0)), default=Value(1), output_field=IntegerField())
        return list(rows.annotate(near=near).order_by("near", "id")[:MOST_SUGGESTIONS])

    def picks(self, things: Sequence[Person]) -> list[Pick]:
        """Name, with the branch that tells namesakes apart."""
        rows = self._memberships([person.pk for person in things]).select_related("unit")
        units = {row.person_id: str(row.unit) for row in rows}
        return [Pick(str(person.pk), person.name, units.get(person.pk, "")) for person in things]

    def advice(self, name: str) -> str:
        """Outsiders are not in the list of people."""
        return f"人员名册里没有“{name}”，请核对姓名；名册以外的人写进标题或说明即可。"

    def _memberships(self, keys: Sequence[int]) -> QuerySet[Membership]:
        return Membership.objects.filter(on_day(self.day), person_id__in=keys)


@dataclass
class MatterFinder:
    """Matters of the field's kind in the actor's scope, open ones first."""

    actor: Actor
    spec: FieldSpec
    noun: str = "项"
    separates: bool = False

    def by_keys(self, keys: Sequence[str]) -> list[Matter]:
        """Matters by primary key."""
        wanted = keys_of(keys)
        found = {matter.pk: matter for matter in self._rows().filter(pk__in=wanted)} if wanted else {}
        return [found[key] for key in dict.fromkeys(wanted) if key in found]

    def by_names(self, names: Sequence[str]) -> dict[str, list[Matter]]:
        """Matters by title."""
        found: dict[str, list[Matter]] = {}
        for matter in self._rows().filter(title__in=names):
            found.setdefault(matter.title, []).append(matter)
        return found

    def search(self, fragment: str) -> list[Matter]:
        """Open before closed, newest first."""
        rows = _holding(self._rows(), fragment)
        return list(rows.order_by(F("closed_on").asc(nulls_first=True), "-id")[:MOST_SUGGESTIONS])

    def picks(self, things: Sequence[Matter]) -> list[Pick]:
        """Title, with responsible unit and state."""
        return [Pick(str(row.pk), row.title, f"{row.unit}，{row.state_name}") for row in things]

    def advice(self, name: str) -> str:
        """Which kind of record opens such a matter."""
        kinds = current_catalogue().kinds.values()
        opening = [
            kind.name
            for kind in kinds
            if any(spec.creates and spec.matter_kind == self.spec.matter_kind for spec in kind.fields)
        ]
        first = f"；还没有记过的，先记一笔“{opening[0]}”" if opening else ""
        return f"{self.spec.name}里没有“{name}”，请从候选中选{first}。"

    def _rows(self) -> QuerySet[Matter]:
        return restrict(
            Matter.objects.filter(kind=self.spec.matter_kind or "").select_related("unit"), self.actor
        )


@dataclass
class UnitFinder:
    """Units of the same book: who took part in a joint event, who was visited. Names only, no records."""

    unit: Unit
    day: date
    types: Sequence[str] = ()
    noun: str = "个单位"
    separates: bool = True

    def by_keys(self, keys: Sequence[str]) -> list[Unit]:
        """Units by code."""
        found = {unit.code: unit for unit in self._rows().filter(code__in=keys)} if keys else {}
        return [found[key] for key in dict.fromkeys(keys) if key in found]

    def by_names(self, names: Sequence[str]) -> dict[str, list[Unit]]:
        """Units by full or short name."""
        found: dict[str, list[Unit]] = {}
        for unit in self._rows().filter(Q(name__in=names) | Q(short_name__in=names)):
            for name in {unit.name, unit.short_name} & set(names):
                found.setdefault(name, []).append(unit)
        return found

    def search(self, fragment: str) -> list[Unit]:
        """In organisational order."""
        return list(_holding(self._rows(), fragment).order_by("position", "id")[:MOST_SUGGESTIONS])

    def picks(self, things: Sequence[Unit]) -> list[Pick]:
        """Short name, with the full one when it differs."""
        return [Pick(unit.code, str(unit), unit.name if unit.short_name else "") for unit in things]

    def advice(self, name: str) -> str:
        """Units outside the book are text."""
        return f"组织里没有“{name}”，请从候选中选；本系统以外的单位写进标题或说明。"

    def _rows(self) -> QuerySet[Unit]:
        book = book_of(self.unit)
        rows = units_below([book.unit_id if book else self.unit.pk]).exclude(pk=self.unit.pk)
        rows = rows.exclude(abolished_on__lte=self.day)
        return rows.filter(unit_type__in=self.types) if self.types else rows


def _holding(rows: QuerySet[Any], fragment: str) -> QuerySet[Any]:
    for word in fragment.lower().split():
        rows = rows.filter(search_key__contains=word)
    return rows
