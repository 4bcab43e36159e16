"""`due` and `duties`: the shape other programs rely on, the default day, and refusals in words."""

from __future__ import annotations

from datetime import date

from tests.cli.conftest import Cli
from tests.worlds import World

KEYS = ["requirement", "unit", "period", "state", "found", "needed", "deadline", "basis", "article", "reason"]


def test_duties_of_a_month(cli: Cli, world: World) -> None:
    """Every duty whose window touches the month, judged on the book's day unless another is given."""
    world.posted(world.entry(date(2023, 11, 7)))
    found = cli("duties", "--period", "2023-11", "--unit", world.branch.code, "--json").data
    assert all(list(row) == KEYS for row in found)
    assert {row["unit"] for row in found} == {world.branch.code}
    by_code = {row["requirement"]: row for row in found}
    day = by_code["ZB-06"]
    assert (day["period"], day["state"], day["found"], day["needed"]) == ("2023-11", "met_late", 1, 1)
    assert (day["deadline"], day["article"]) == ("2023-12-05", "第十六条")
    assert by_code["ZB-01"]["period"] == "2023Q4" and by_code["ZB-08"]["period"] == "2023"
    assert by_code["ZB-02"]["state"] == "not_applicable" and "没有设支委会" in by_code["ZB-02"]["reason"]
    early = cli("duties", "--period", "2023-11", "--as-of", "2023-11-06", "--json").data
    states = {row["unit"]: row["state"] for row in early if row["requirement"] == "ZB-06"}
    assert states[world.branch.code] == "open"
    assert states[world.foreign_branch.code] == "open", "without a unit all books are listed"


def test_what_is_due(cli: Cli, world: World) -> None:
    """The nearest deadline first, and only what remains to be done."""
    found = cli("due", "--unit", world.branch.code, "--json").data
    assert found and all(list(row) == KEYS for row in found)
    assert {row["state"] for row in found} <= {"open", "overdue", "awaiting_review"}
    deadlines = [row["deadline"] for row in found if row["requirement"][:2] != "ST"]
    assert deadlines == sorted(deadlines)
    table = cli("due", "--unit", world.branch.code).out
    assert "主题党日" in table and "逾期未记" in table
    on_new_year = cli("due", "--unit", world.branch.code, "--as-of", "2023-01-01", "--json").data
    days = {row["period"]: row["state"] for row in on_new_year if row["requirement"] == "ZB-06"}
    assert days == {"2022-11": "overdue", "2022-12": "open", "2023-01": "open"}


def test_refusals(cli: Cli, world: World) -> None:
    """A wrong unit, day or period is named with what to write instead."""
    for words, said in [
        (("due", "--unit", "nowhere"), "没有代码为 nowhere 的单位"),
        (("due", "--unit", world.branch.code, "--as-of", "soon"), "--as-of 应是日期"),
        (("due", "--unit", world.branch.code, "--as-of", "9999-12-31"), "1900 年至 2200 年之间"),
        (("duties", "--period", "2023-11", "--as-of", "0001-01-02"), "1900 年至 2200 年之间"),
        (("duties", "--period", "2023-11", "--as-of", "2023-02-29"), "--as-of 应是日期"),
        (("duties", "--period", "2023-11", "--unit", "nowhere"), "没有代码为 nowhere 的单位"),
        (("duties", "--period", "2023-13"), "看不懂期间"),
        (("duties", "--period", "2023-12-01..2023-11-01"), "看不懂期间"),
        (("duties", "--period", "someday"), "看不懂期间"),
        (("duties",), "缺少：--period"),
    ]:
        ran = cli(*words)
        assert ran.code == 2 and said in ran.err, ran.err
