"""Units, people, kinds and programmes by the names people write, within what the writer may see."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from yibenzhang.access.people import people_for
from yibenzhang.access.scope import Actor, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Person, Unit
from yibenzhang.organisation.queries import book_of, members_on, packs_of, today_for, units_below

MOST_OFFERED = 300
_BETWEEN = re.compile(r"[、,，；;\n]")


def parted(text: str) -> list[str]:
    """The names in a cell, parted by 、 or the like."""
    return list(dict.fromkeys(part for raw in _BETWEEN.split(text) if (part := raw.strip())))


class Names:
    """What names mean in the plans of a unit. Without an actor everything is in reach (the terminal, the demo)."""

    def __init__(self, home: Unit, actor: Actor | None = None) -> None:
        self.home, self.actor = home, actor
        units = list(units_for(actor)) if actor else list(Unit.objects.all())
        self._by_code = {unit.code: unit for unit in [*units, home]}
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in self._by_code.values():
            for name in {unit.name, unit.short_name} - {""}:
                self._by_name[name].append(unit)
        book = book_of(home)
        self._near = set(units_below([book.unit_id]).values_list("pk", flat=True)) if book else set()
        catalogue, packs = current_catalogue(), set(packs_of(home))
        self._kinds = [k for k in catalogue.kinds.values() if catalogue.home[("kinds", k.code)] in packs]
        self._programmes = [
            p for p in catalogue.programmes.values() if catalogue.home[("programmes", p.code)] in packs
        ]

    def units(self) -> list[Unit]:
        """Units that still exist, to choose from: those of the same book first, in organisational order, not too many."""
        standing = [unit for unit in self._by_code.values() if unit.abolished_on is None]
        order = sorted(standing, key=lambda unit: (unit.pk not in self._near, unit.position, unit.pk))
        return order[:MOST_OFFERED]

    def unit(self, text: str) -> Unit:
        """The unit of that code, short or full name. Raises BookError when there is none in reach, or several."""
        if text in self._by_code:
            return self._by_code[text]
        found = self._named(text)
        if len(found) > 1:
            raise BookError(f"叫“{text[:40]}”的单位有 {len(found)} 个，请写全称。")
        if not found:
            raise BookError(f"没有单位“{text[:40]}”，或不在您的范围内，请写简称或全称。")
        return found[0]

    def unit_label(self, unit: Unit) -> str:
        """The shortest name that finds the unit again."""
        for name in (unit.short_name, unit.name):
            if name and self._named(name) == [unit]:
                return name
        return unit.code

    def _named(self, name: str) -> list[Unit]:
        """Units of that name; those of the same book come before all others."""
        found = self._by_name.get(name, [])
        return [unit for unit in found if unit.pk in self._near] or found

    def kind(self, text: str) -> str:
        """Code of the kind of that name, alias or code in the unit's packs. Raises BookError."""
        exact = [kind for kind in self._kinds if text in {kind.name, kind.code}]
        found = exact or [kind for kind in self._kinds if text in kind.aliases]
        if not found:
            raise BookError(f"没有“{text[:30]}”这种凭证，名称见“记一笔”。")
        return found[0].code

    def kind_names(self) -> list[str]:
        """Names of all kinds of the unit's packs."""
        return [kind.name for kind in self._kinds]

    def programme(self, text: str) -> str:
        """Code of the programme of that name, alias or code. Raises BookError."""
        for programme in self._programmes:
            if text in {programme.name, programme.code, *programme.aliases}:
                return programme.code
        some = "、".join(programme.name for programme in self._programmes[:6])
        raise BookError(f"没有专题“{text[:30]}”。可写：{some}。")

    def people(self, texts: Iterable[str]) -> list[Person]:
        """Persons written as 姓名 or 姓名#编号; those of the unit come first. Raises BookError for the first not found."""
        return [self._person(text) for text in texts]

    def _person(self, text: str) -> Person:
        name, _, key = (part.strip() for part in text.partition("#"))
        wanted = Q(name=name, key=key) if key else Q(name=name)
        own = list(members_on(self.home, today_for(self.home)).filter(wanted)[:2])
        if len(own) == 1:
            return own[0]
        reach = people_for(self.actor) if self.actor else Person.objects.all()
        found = list(reach.filter(wanted)[:3])
        if not found:
            raise BookError(f"人员名册里没有“{name[:20]}”，请核对姓名。")
        if len(found) > 1:
            keys = "、".join(f"{name}#{person.key}" for person in found)
            raise BookError(f"叫“{name}”的不止一人，请写明编号：{keys}。")
        return found[0]

    def person_label(self, person: Person) -> str:
        """How `people` would find this person again."""
        own = members_on(self.home, today_for(self.home)).filter(name=person.name)
        alone = list(own[:2]) == [person] or Person.objects.filter(name=person.name).count() == 1
        return person.name if alone else f"{person.name}#{person.key}"
