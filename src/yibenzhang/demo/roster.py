"""Who is where in the demo province: people by handle (`unit/number`), before anything is in a database."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random

from yibenzhang.demo.names import person_names
from yibenzhang.demo.units import geology, meteorology
from yibenzhang.demo.units.province import all_specs
from yibenzhang.demo.units.spec import UnitSpec

COMMITTEE_FROM = 7  # 支部工作条例第九条: a branch of seven or more full members elects a committee


@dataclass(frozen=True)
class Stay:
    """Somebody on a unit's roster from one day up to another."""

    handle: str
    since: date
    until: date | None = None


@dataclass
class Roster:
    """Units, names and stays. Number 0 of a unit is its secretary, the next are its committee."""

    units: dict[str, UnitSpec]
    names: dict[str, str] = field(default_factory=dict)
    stays: dict[str, list[Stay]] = field(default_factory=dict)

    def members(self, code: str, day: date) -> list[str]:
        """Handles on the unit's roster on a day, secretary first."""
        return [
            stay.handle
            for stay in self.stays.get(code, [])
            if stay.since <= day and (stay.until is None or day < stay.until)
        ]

    def secretary(self, code: str) -> str:
        """Handle of the unit's secretary."""
        return f"{code}/0"

    def committee(self, code: str) -> list[str]:
        """Secretary and committee members; empty where a body is too small to have a committee."""
        size = self.units[code].members
        if size < COMMITTEE_FROM:
            return []
        return [f"{code}/{number}" for number in range(7 if size >= 30 else 5 if size >= 15 else 3)]

    def officials(self, code: str) -> list[str]:
        """Those of the unit who hold a leading post."""
        return [f"{code}/{number}" for number in range(self.units[code].officials)]

    def of_type(self, unit_type: str, prefix: str) -> list[str]:
        """Codes of the units of a type whose code begins so, in organisational order."""
        return [
            code
            for code, spec in self.units.items()
            if spec.unit_type == unit_type and code.startswith(prefix)
        ]


@cache
def roster() -> Roster:
    """The roster of the whole province, the same at every call."""
    found = Roster(all_specs())
    names = person_names(Random("澜江"))
    for code, spec in found.units.items():
        found.stays[code] = [Stay(f"{code}/{number}", spec.founded) for number in range(spec.members)]
        found.names.update({stay.handle: next(names) for stay in found.stays[code]})
    _move(found, geology.MERGED_BRANCH, geology.MERGED_INTO, geology.MERGED_ON)
    _move(found, meteorology.ABOLISHED, meteorology.MOVED_TO, meteorology.ABOLISHED_ON)
    return found


def _move(found: Roster, origin: str, to: str, day: date) -> None:
    leaving = found.stays[origin]
    found.stays[origin] = [Stay(stay.handle, stay.since, day) for stay in leaving]
    found.stays[to] += [Stay(stay.handle, day) for stay in leaving]
