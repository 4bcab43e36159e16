"""Finding units, people and matters by what stands in a sheet; each table is read once a file."""

from collections import defaultdict
from dataclasses import dataclass

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, recording_units, units_for
from yibenzhang.exchange.cells import CellError
from yibenzhang.organisation.models import Membership, Person, Post, Unit
from yibenzhang.organisation.queries import units_below
from yibenzhang.vouchers.models import Matter


@dataclass(frozen=True)
class Reach:
    """Which units an import may write for and look at; None means all of them (the terminal)."""

    writable: frozenset[int] | None
    visible: frozenset[int] | None

    @staticmethod
    def everything() -> "Reach":
        """The reach of whoever works at the machine that holds the book."""
        return Reach(None, None)

    @staticmethod
    def of(actor: Actor, kind: str) -> "Reach":
        """What a signed-in actor may bring in: records where they prepare, units and people where they administer."""
        if kind in {"units", "people"}:
            units = units_for(actor, Role.ADMINISTRATOR)
        else:
            units = recording_units(actor)
        return Reach(
            frozenset(units.values_list("pk", flat=True)),
            frozenset(units_for(actor).values_list("pk", flat=True)),
        )


class Units:
    """Units by code, or by a full name that only one has."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.reload()

    def reload(self) -> None:
        """Read the units again, after some were founded."""
        units = list(Unit.objects.all())
        if self.reach.visible is not None:
            units = [unit for unit in units if unit.pk in self.reach.visible]
        self.by_code = {unit.code: unit for unit in units}
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            self._by_name[unit.name].append(unit)

    def find(self, text: str) -> Unit:
        """The unit of that code or name. Raises CellError when there is none within reach, or several."""
        unit = self.by_code.get(text)
        named = self._by_name.get(text, [])
        if unit is None and len(named) == 1:
            unit = named[0]
        if unit is None:
            if named:
                raise CellError(f"叫“{text[:40]}”的单位有 {len(named)} 个，请写单位代码。")
            raise CellError(f"没有单位“{text[:40]}”，或不在您的范围内。请写单位代码，见导出的“单位”表。")
        return unit

    def writable(self, text: str) -> Unit:
        """The unit, if records for it may be brought in."""
        unit = self.find(text)
        if self.reach.writable is not None and unit.pk not in self.reach.writable:
            raise CellError(f"您不能为{unit}导入，请由该单位或上级的人办理。")
        return unit


class People:
    """People by name within a unit and what is below it, or by key anywhere within reach."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self._by_unit: dict[int, dict[str, list[Person]]] = {}
        self._by_key: dict[str, Person] | None = None

    def find(self, unit: Unit, text: str) -> Person:
        """The person written as 姓名 or 姓名#编号. Raises CellError when nobody or more than one fits."""
        name, _, key = (part.strip() for part in text.partition("#"))
        if key:
            person = self.keys().get(key)
            if person is None or person.name != name:
                raise CellError(f"没有编号为 {key[:20]} 的“{name[:20]}”，请核对编号。")
            return person
        found = self._names(unit).get(name, [])
        if not found:
            raise CellError(f"{unit}没有“{name[:20]}”。请核对姓名；外单位的人写 姓名#编号，编号见“人员”表。")
        if len(found) > 1:
            keys = "、".join(f"{name}#{person.key}" for person in found[:3])
            raise CellError(f"{unit}叫“{name}”的有 {len(found)} 人，请写明编号：{keys}。")
        return found[0]

    def label(self, unit: Unit, person: Person) -> str:
        """How `find` would know this person again: the name, with the key where the name alone does not do."""
        found = self._names(unit).get(person.name, [])
        return person.name if [one.pk for one in found] == [person.pk] else f"{person.name}#{person.key}"

    def keys(self) -> dict[str, Person]:
        """People by key: all, or those who ever belonged to a visible unit."""
        if self._by_key is None:
            people = Person.objects.all()
            if self.reach.visible is not None:
                people = (
                    people.filter(memberships__unit_id__in=self.reach.visible)
                    | people.filter(posts__unit_id__in=self.reach.visible)
                ).distinct()
            self._by_key = {person.key: person for person in people}
        return self._by_key

    def _names(self, unit: Unit) -> dict[str, list[Person]]:
        if unit.pk not in self._by_unit:
            below = units_below([unit.pk]).values("pk")
            names: dict[str, dict[int, Person]] = defaultdict(dict)
            for fact in (Membership, Post):
                for row in fact.objects.filter(unit__in=below).select_related("person"):
                    names[row.person.name][row.person_id] = row.person
            self._by_unit[unit.pk] = {name: list(people.values()) for name, people in names.items()}
        return self._by_unit[unit.pk]


class Matters:
    """Matters by kind and title, the unit's own first; those that the same file opens count as well."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self._by_title: dict[tuple[str, str], list[Matter]] | None = None
        self.promised: dict[tuple[str, str], set[int]] = defaultdict(set)

    def reload(self) -> None:
        """Read the matters again, after some were opened."""
        self._by_title = None

    def promise(self, kind: str, title: str, unit: Unit) -> None:
        """A row of this file opens the matter; later rows may name it."""
        self.promised[(kind, title)].add(unit.pk)

    def find(self, kind: str, text: str, unit: Unit) -> Matter | None:
        """The matter of that kind and title (or 名称#编号); None when only this file opens it.

        Raises CellError when there is none, or several of which none is the unit's own.
        """
        title, _, number = (part.strip() for part in text.rpartition("#")) if "#" in text else (text, "", "")
        found = self._titles().get((kind, title), [])
        if number.isdigit():
            found = [matter for matter in found if matter.pk == int(number)]
        own = [matter for matter in found if matter.unit_id == unit.pk]
        best = own or found
        if len(best) == 1:
            return best[0]
        if best:
            keys = "、".join(f"{title}#{matter.pk}" for matter in best[:3])
            raise CellError(f"叫“{title[:40]}”的有 {len(best)} 件，请写明编号：{keys}。")
        if (kind, title) in self.promised:
            return None
        raise CellError(f"账里没有“{text[:40]}”这件事项，请核对名称，或先记开立它的凭证。")

    def unopened(self, kind: str, title: str, unit: Unit) -> Matter | None:
        """The unit's matter of that title which no voucher has opened yet: entered beforehand, by import."""
        for matter in self._titles().get((kind, title), []):
            if matter.unit_id == unit.pk and not matter.state and not matter.appearances.exists():
                return matter
        return None

    def label(self, matter: Matter, unit: Unit) -> str:
        """How `find` would know this matter again."""
        found = self._titles().get((matter.kind, matter.title), [])
        best = [one for one in found if one.unit_id == unit.pk] or found
        alone = [one.pk for one in best] == [matter.pk] and "#" not in matter.title
        return matter.title if alone else f"{matter.title}#{matter.pk}"

    def _titles(self) -> dict[tuple[str, str], list[Matter]]:
        if self._by_title is None:
            rows = Matter.objects.all()
            if self.reach.visible is not None:
                rows = rows.filter(unit_id__in=self.reach.visible)
            self._by_title = defaultdict(list)
            for matter in rows:
                self._by_title[(matter.kind, matter.title)].append(matter)
        return self._by_title
