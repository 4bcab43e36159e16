"""No figure is stored: take one voucher out of the plan and the figure moves."""

from __future__ import annotations

import pytest

from tests.demo.figures import FIGURES
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.demo.cast import Cast, appoint
from yibenzhang.demo.founding import Province, found_province
from yibenzhang.demo.plans.year import year_of
from yibenzhang.demo.record import Record
from yibenzhang.demo.roster import roster
from yibenzhang.demo.scribe import write_year
from yibenzhang.demo.units.province import BOOKS
from yibenzhang.indicators.figures import figure
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit

# Kind of the voucher that is taken out, the indicator that must notice, and the field that says by how much.
GEOLOGY = [
    ("bulletin", "publicity.briefs", ""),
    ("youth_reading_hall", "lecture.youth_reading_hall", ""),
    ("village_project", "village.projects", ""),
    ("funds_invested", "village.funds_invested", "amount"),
    ("funds_secured", "village.funds_secured", "amount"),
    ("tea_garden", "village.tea_garden_area", "area"),
    ("honour_research", "honour.research_second_prize", ""),
]
NEEDED = {"village_team"}  # the projects point at it


@pytest.fixture
def province(db: None) -> tuple[Province, Cast]:
    """The demo's organisation and users, with nothing recorded."""
    found = found_province(roster())
    return found, appoint(found)


def _without_last(records: list[Record], kind: str) -> tuple[list[Record], Record]:
    of_kind = [record for record in records if record.kind == kind]
    return of_kind[:-1], of_kind[-1]


def _value(unit: str, indicator: str, period: str) -> int | float:
    question = Question(Unit.objects.get(code=unit), parse_period(period))
    return figure(current_catalogue().indicator(indicator), question).number or 0


def test_a_figure_follows_the_vouchers(province: tuple[Province, Cast]) -> None:
    plan = year_of(BOOKS[0])
    kept = [record for record in plan if record.kind in NEEDED]
    removed: dict[str, Record] = {}
    for kind, indicator, _ in GEOLOGY:
        records, removed[indicator] = _without_last(plan, kind)
        kept += records
    write_year(BOOKS[0], kept, *province)
    reported = {row.indicator: row.value for row in FIGURES if row.unit == "geology" and not row.programme}
    for _, indicator, by in GEOLOGY:
        less = removed[indicator].values[by] if by else 1
        assert _value("geology", indicator, "2023") == reported[indicator] - int(str(less)), indicator


def test_a_missing_term_breaks_the_streak(province: tuple[Province, Cast]) -> None:
    terms = [record for record in year_of(BOOKS[1]) if record.kind == "honour_series"]
    write_year(BOOKS[1], [record for record in terms if record.values["term_number"] != 12], *province)
    assert _value("meteorology", "honour.advanced_unit_streak", "2024") == 3


def test_the_plan_is_the_same_every_time() -> None:
    for book in BOOKS:
        assert year_of(book) == year_of(book)
