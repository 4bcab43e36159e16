"""`relief`: plain numbers for programs, a table for people, and an exit code that says whether anything came twice."""

from __future__ import annotations

from datetime import date

from tests.cli.conftest import Cli
from tests.worlds import World


def test_the_account_in_the_terminal(cli: Cli, world: World) -> None:
    world.posted(world.entry(date(2023, 11, 7)))
    asked = ("relief", "--unit", world.branch.code, "--period", "2023-11")
    data = cli(*asked, "--json").data
    asked_by = {"duty": 1, "notice": 0, "task": 0, "item": 0, "follow_up": 0}
    assert data["total"] == {
        "entries_asked": 1, "recorded": 1, "entries_saved": 0, "figures_taken": 0, "asked_twice": 0, "asked": asked_by,
    }  # fmt: skip
    assert [row["unit"] for row in data["units"]] == [world.branch.code]
    once = cli(*asked)
    assert once.code == 0 and "第一党支部" in once.out
    world.posted(world.entry(date(2023, 11, 7)))
    twice = cli(*asked)
    assert twice.code == 1 and "要两遍：主题党日" in twice.out
