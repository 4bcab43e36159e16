"""Which education reached which members (两头带中间、全覆盖): groups of members by sorts of education in a period."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.coverage.groups import GROUPS, Group, Member, members
from yibenzhang.kernel.periods import Period
from yibenzhang.organisation.models import Person, Unit
from yibenzhang.vouchers.models import Voucher, VoucherPerson

ANY, EVERYBODY = "any", "all"
FEW = 500  # up to here the persons are named in the SQL; beyond, all are read and the rest dropped
SORTS = "education_sorts"


@dataclass(frozen=True)
class Sort:
    """A sort of education, or any of them."""

    code: str
    name: str


@dataclass(frozen=True)
class Reach:
    """Of a group's members on the day, how many a sort of education reached, and whom it did not."""

    sort: Sort
    group: Group
    members: int
    missing: tuple[Member, ...]

    @property
    def reached(self) -> int:
        """How many were reached."""
        return self.members - len(self.missing)


@dataclass(frozen=True)
class Coverage:
    """The table: a row for each sort of education, in each row a reach for every group and for everybody."""

    day: date
    rows: list[tuple[Sort, list[Reach]]]

    def reach(self, sort: str, group: str) -> Reach | None:
        """The reach of these codes, None when the table has no such row or column."""
        found = (reach for row, reaches in self.rows if row.code == sort for reach in reaches)
        return next((reach for reach in found if reach.group.code == group), None)


@dataclass(frozen=True)
class Unreached:
    """A unit with members that were not reached. `names` is empty for who may not read them there."""

    unit: Unit
    count: int
    names: tuple[str, ...] = ()


def coverage(
    units: QuerySet[Unit], period: Period, day: date, packs: Iterable[str], *, programme: str = ""
) -> Coverage:
    """Coverage of the units' members on the day by what was posted in the period, in a programme when one is given.

    A member counts as reached whoever recorded it: the class of the agency committee reaches the branch's member.
    """
    catalogue = current_catalogue()
    people = members(units, day)
    sorts, sort_of = _sorts(catalogue, set(packs))
    reached = _reached(people, period, programme, catalogue, sort_of)
    columns = [*GROUPS, Group(EVERYBODY, "合计", "")]
    rows = []
    for sort in sorts:
        got = reached[sort.code]
        rows.append((sort, [_reach(sort, group, people, got) for group in columns]))
    return Coverage(day, rows)


def unreached(reach: Reach, named: set[int]) -> list[Unreached]:
    """Whom a sort of education did not reach, by unit in organisational order; names only in the units `named`."""
    by_unit: dict[int, list[int]] = defaultdict(list)
    for member in reach.missing:
        by_unit[member.unit].append(member.person)
    open_ = [person for unit, people in by_unit.items() if unit in named for person in people]
    names = dict(_in_parts(open_))
    units = {unit.pk: unit for unit in Unit.objects.order_by("position", "id") if unit.pk in by_unit}
    return [
        Unreached(unit, len(by_unit[key]), tuple(names[p] for p in by_unit[key] if key in named))
        for key, unit in units.items()
    ]


def _in_parts(people: list[int]) -> Iterable[tuple[int, str]]:
    for start in range(0, len(people), FEW):
        yield from Person.objects.filter(pk__in=people[start : start + FEW]).values_list("pk", "name")


def _sorts(catalogue: Catalogue, packs: set[str]) -> tuple[list[Sort], dict[str, str]]:
    """The sorts that the adopted packs can record, any of them first; and the sort of each kind."""
    sort_of = {
        kind.code: kind.educates.sort
        for kind in catalogue.kinds.values()
        if kind.educates and catalogue.home["kinds", kind.code] in packs
    }
    declared = [
        Sort(each.code, each.name)
        for each in catalogue.choices.get(SORTS, [])
        if each.code in sort_of.values()
    ]
    return [Sort(ANY, "任何一种教育"), *declared], sort_of


def _reached(
    people: list[Member], period: Period, programme: str, catalogue: Catalogue, sort_of: dict[str, str]
) -> dict[str, set[int]]:
    """The persons each sort reached: present in the list of names of a voucher in the books."""
    found: dict[str, set[int]] = defaultdict(set)
    if not people or not sort_of:
        return found
    taught = Q()
    for code in sort_of:
        educates = catalogue.kinds[code].educates
        taught |= Q(voucher__kind=code, field=educates.of if educates else "")
    rows = VoucherPerson.objects.filter(
        taught,
        voucher__state=Voucher.State.POSTED,
        voucher__event_date__gte=period.start,
        voucher__event_date__lt=period.stop,
        attendance=VoucherPerson.Attendance.PRESENT,
    )
    if programme:
        rows = rows.filter(voucher__programmes__programme=programme)
    if len(people) <= FEW:
        rows = rows.filter(person_id__in=[member.person for member in people])
    for person, kind in rows.order_by().values_list("person_id", "voucher__kind").distinct():
        found[sort_of[kind]].add(person)
        found[ANY].add(person)
    return found


def _reach(sort: Sort, group: Group, people: list[Member], reached: set[int]) -> Reach:
    mine = [member for member in people if group.code in {member.group, EVERYBODY}]
    return Reach(sort, group, len(mine), tuple(member for member in mine if member.person not in reached))
