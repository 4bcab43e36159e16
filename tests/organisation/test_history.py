"""The organisation's history: dated facts, nothing overwritten."""

from datetime import date

import pytest

from yibenzhang.organisation.models import Book, Guidance, Lineage, Unit, UnitEvent
from yibenzhang.organisation.queries import (
    children_on,
    lineage_on,
    reviewers_of,
    superiors_on,
    today_for,
    todays,
)
from yibenzhang.organisation.services import (
    OrganisationError,
    abolish_unit,
    found_unit,
    guide,
    merge_units,
    rehang_unit,
    rename_unit,
    split_unit,
)

BEGIN, LATER = date(2010, 1, 1), date(2024, 6, 1)


@pytest.fixture
def tree(db: None) -> dict[str, Unit]:
    """bureau ─ team1 (甲、乙), team2."""
    bureau = found_unit(code="bureau", name="试点局", unit_type="bureau", parent=None, on=BEGIN)
    teams = [
        found_unit(code=f"team{n}", name=f"第{n}队", unit_type="affiliated_unit", parent=bureau, on=BEGIN)
        for n in (1, 2)
    ]
    branches = [
        found_unit(code=c, name=n, unit_type="branch", parent=teams[0], on=BEGIN)
        for c, n in (("a", "甲支部"), ("b", "乙支部"))
    ]
    return {unit.code: unit for unit in (bureau, *teams, *branches)}


def line(unit: Unit, day: date) -> list[str]:
    return [superior.code for superior in superiors_on(unit, day)]


def test_a_rehang_keeps_the_old_line_for_the_days_before(tree: dict[str, Unit]) -> None:
    rehang_unit(unit=tree["a"], parent=tree["team2"], on=LATER)
    assert line(tree["a"], date(2024, 5, 31)) == ["bureau", "team1", "a"]
    assert line(tree["a"], LATER) == ["bureau", "team2", "a"]
    assert [unit.code for unit in children_on(tree["team1"], LATER)] == ["b"]


def test_a_rehang_of_a_superior_moves_everything_below(tree: dict[str, Unit]) -> None:
    rehang_unit(unit=tree["team1"], parent=tree["team2"], on=LATER)
    assert line(tree["b"], LATER) == ["bureau", "team2", "team1", "b"]
    assert Lineage.objects.filter(unit=tree["b"]).count() == 2


def test_a_unit_cannot_hang_under_itself(tree: dict[str, Unit]) -> None:
    with pytest.raises(OrganisationError, match="不能作它的上级"):
        rehang_unit(unit=tree["team1"], parent=tree["a"], on=LATER)


def test_merging_hands_over_what_hung_below_and_abolishes(tree: dict[str, Unit]) -> None:
    merge_units(units=[tree["team1"]], into=tree["team2"], on=LATER)
    tree["team1"].refresh_from_db()
    assert tree["team1"].abolished_on == LATER
    assert line(tree["a"], LATER) == ["bureau", "team2", "a"]
    assert lineage_on(tree["team1"], LATER) is None
    assert tree["team2"].events.filter(kind=UnitEvent.MERGED, other=tree["team1"]).exists()


def test_splitting_founds_a_sibling_with_the_given_units(tree: dict[str, Unit]) -> None:
    born = split_unit(unit=tree["team1"], code="team3", name="第3队", children=[tree["b"]], on=LATER)
    assert line(tree["b"], LATER) == ["bureau", "team3", "b"]
    assert born.founded_on == LATER
    assert not born.exists_on(date(2024, 5, 31))


def test_a_unit_with_others_below_is_not_abolished(tree: dict[str, Unit]) -> None:
    with pytest.raises(OrganisationError, match="甲支部"):
        abolish_unit(unit=tree["team1"], on=LATER)


def test_a_rename_stays_in_the_history(tree: dict[str, Unit]) -> None:
    rename_unit(unit=tree["a"], name="第一党支部", short_name="一支部", on=LATER)
    assert tree["a"].events.get(kind=UnitEvent.RENAMED).note == "甲支部 更名为 第一党支部"


def test_wrong_types_and_taken_codes_are_refused_in_words(tree: dict[str, Unit]) -> None:
    with pytest.raises(OrganisationError, match="没有单位类型"):
        found_unit(code="x", name="x", unit_type="club", parent=None, on=BEGIN)
    with pytest.raises(OrganisationError, match="已经用过"):
        found_unit(code="a", name="x", unit_type="branch", parent=None, on=BEGIN)
    with pytest.raises(OrganisationError, match="还未成立"):
        found_unit(code="x", name="x", unit_type="branch", parent=tree["a"], on=date(2000, 1, 1))


def test_a_body_without_a_superior_in_the_book_reviews_itself(tree: dict[str, Unit]) -> None:
    guide(superior=tree["team1"], subordinate=tree["a"], kind=Guidance.LEADS, on=BEGIN)
    assert reviewers_of(tree["a"], LATER) == [tree["team1"]]
    assert reviewers_of(tree["b"], LATER) == [tree["b"]]


def test_the_days_of_many_units_are_those_of_each(tree: dict[str, Unit]) -> None:
    root = found_unit(
        code="root", name="工委", unit_type="provincial_organs_work_committee", parent=None, on=BEGIN
    )
    other = found_unit(code="other", name="外局", unit_type="bureau", parent=root, on=BEGIN)
    Book.objects.create(unit=tree["bureau"], packs=["base"], fixed_date=date(2024, 11, 22))
    Book.objects.create(unit=tree["team2"], packs=["base"], fixed_date=date(2023, 12, 27))
    units = [*tree.values(), root, other]
    assert todays(unit.pk for unit in units) == {unit.pk: today_for(unit) for unit in units}
