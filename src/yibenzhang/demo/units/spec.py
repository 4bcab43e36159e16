"""What is said of one unit of the demo."""

from dataclasses import dataclass
from datetime import date

FOUNDED = date(1998, 7, 1)


@dataclass(frozen=True)
class UnitSpec:
    """A unit: `led_by` is the body that leads it and examines its vouchers, `guided_by` one that only guides.

    A guiding body examines too where nobody leads. `members` is the number of people on the roster; a body of fewer than
    seven has a secretary but no committee. `officials` of them hold a leading post.
    """

    code: str
    name: str
    unit_type: str
    parent: str | None
    short: str = ""
    nature: str = ""
    led_by: str = ""
    guided_by: str = ""
    members: int = 0
    officials: int = 0
    founded: date = FOUNDED


def branches(
    committee: str, prefix: str, short: str, rows: list[tuple[str, int]], *, nature: str = ""
) -> list[UnitSpec]:
    """Branches under a committee that leads and reviews them: (name, members), coded in order."""
    return [
        UnitSpec(
            code=f"{prefix}_b{number}",
            name=f"{short}{name}党支部",
            short=f"{short}{name}支部",
            unit_type="branch",
            parent=committee,
            nature="retired" if "离退休" in name else nature,
            led_by=committee,
            members=members,
            officials=max(1, members // 8),
        )
        for number, (name, members) in enumerate(rows, start=1)
    ]


def groups(branch: UnitSpec, names: list[str]) -> list[UnitSpec]:
    """Branch groups (党小组) of a large branch; its committee examines what they record."""
    return [
        UnitSpec(
            code=f"{branch.code}_g{number}",
            name=f"{branch.name}{name}",
            short=f"{branch.short}{name}",
            unit_type="branch_group",
            parent=branch.code,
            guided_by=branch.led_by,
        )
        for number, name in enumerate(names, start=1)
    ]
