"""`responsibility`: the shape other programs rely on, the words for people, and refusals."""

from __future__ import annotations

from tests.cli.conftest import Cli
from tests.responsibility.listed_book import draft_list, issued_item, worded
from tests.worlds import World

KEYS = ["list", "number", "unit", "post", "issued_by", "origin", "text", "basis", "deadline", "shown_by", "state", "word",
        "found", "needed", "reason"]  # fmt: skip


def test_items_with_their_state(cli: Cli, world: World) -> None:
    issued_item(world, worded("走访困难党员"))
    draft_list(world, title="还没印发")
    (row,) = cli("responsibility", "--unit", world.branch.code, "--year", "2023", "--json").data
    assert list(row) == KEYS
    assert (row["unit"], row["issued_by"], row["origin"]) == (world.branch.code, world.committee.code, [])
    assert (row["text"], row["deadline"], row["state"]) == ("走访困难党员", "2023-10-31", "overdue")
    ask = ("responsibility", "--unit", world.branch.code, "--year", "2023", "--as-of")
    assert cli(*ask, "2023-10-31", "--json").data[0]["state"] == "open"
    told = cli(*ask, "2023-11-01")
    assert told.code == 0 and "1项逾期未记" in told.out and "走访困难党员" in told.out


def test_a_unit_without_lists_and_wrong_usage(cli: Cli, world: World) -> None:
    empty = cli("responsibility", "--unit", world.branch.code, "--year", "2022")
    assert empty.code == 0 and "没有收到责任清单" in empty.out
    for words, said in [
        (("--unit", "nowhere", "--year", "2023"), "没有代码为 nowhere 的单位"),
        (("--unit", world.branch.code, "--year", "next"), "--year"),
        (("--unit", world.branch.code), "--year"),
    ]:
        ran = cli("responsibility", *words)
        assert ran.code == 2 and said in ran.err, ran.err
