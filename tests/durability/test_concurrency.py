"""Reviewers who approve the same vouchers at the same moment post each exactly once, on both databases (security.md L4)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.durability.processes import make_home, run

WAITING = 40


@pytest.mark.parametrize("workers", [2, 8])
def test_each_voucher_is_posted_once_and_the_losers_are_told(
    database: str, tmp_path: Path, workers: int
) -> None:
    home = make_home(tmp_path / "book", waiting=WAITING, reviewers=workers, database=database)
    done = run("tests.durability.approvers", str(workers), home=home, database=database)
    told = json.loads(done.stdout)
    assert told["vouchers"] == WAITING
    assert told["outcomes"] == {"posted": WAITING, "decided": WAITING * (workers - 1)}
    checked = run(
        "yibenzhang.cli.main", "verify", "--json", "--home", str(home), home=home, database=database
    )
    assert json.loads(checked.stdout)["entries"] == WAITING
