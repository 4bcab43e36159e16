"""The province as a whole: 省直机关工委 above two bureaus, each with its book."""

from dataclasses import dataclass
from datetime import date

from yibenzhang.demo.units import geology, meteorology
from yibenzhang.demo.units.spec import UnitSpec

ROOT = UnitSpec(
    "provincial_organs",
    "中共澜江省委省直机关工作委员会",
    "provincial_organs_work_committee",
    None,
    "省直机关工委",
    "agency",
)


@dataclass(frozen=True)
class BookSpec:
    """A bureau's book: the packs it adopted, its year and the day it takes for today."""

    bureau: str
    packs: tuple[str, ...]
    today: date
    agency: str

    @property
    def opens(self) -> date:
        """First day of the book year."""
        return date(self.today.year, 1, 1)


BOOKS = [
    BookSpec(geology.BUREAU, ("base", "geology"), date(2023, 12, 27), geology.AGENCY),
    BookSpec(meteorology.BUREAU, ("base", "meteorology"), date(2024, 11, 22), meteorology.AGENCY),
]


def specs() -> list[UnitSpec]:
    """Every unit that existed when the book years began, superiors first."""
    return [ROOT, *geology.specs(), *meteorology.specs()]


def all_specs() -> dict[str, UnitSpec]:
    """Every unit by code, with those founded during a year."""
    return {spec.code: spec for spec in [*specs(), geology.new_branch()]}
