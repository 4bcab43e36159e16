"""A process killed while it posts loses nothing it acknowledged, posts nothing twice and nothing by half."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.durability.processes import ROOT, environment, make_home, verdict

ROUNDS = 50
SEED = 20231227


def test_kill_minus_nine_while_posting(tmp_path: Path) -> None:
    home, acknowledged = make_home(tmp_path / "book"), tmp_path / "acknowledged"
    chance = random.Random(SEED)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.durability.poster", str(acknowledged)],
        env=environment(home), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as poster:  # fmt: skip
        assert poster.stdin
        assert poster.stdout
        for _ in range(ROUNDS):
            poster.stdin.write("go\n")
            poster.stdin.flush()
            child = int(poster.stdout.readline())
            time.sleep(chance.uniform(0, 0.3))
            os.kill(child, signal.SIGKILL)
            assert poster.stdout.readline() == "gone\n"
        poster.stdin.close()
    told = [int(line) for line in acknowledged.read_text().splitlines(keepends=True) if line.endswith("\n")]
    assert len(told) >= ROUNDS  # the kills fell into work, not into start-up
    base = sqlite3.connect(home / "book.sqlite3")
    assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    entries = base.execute("SELECT voucher_id, number FROM ledger_entry ORDER BY number").fetchall()
    posted = [voucher for voucher, _ in entries]
    assert len(posted) == len(set(posted)), "posted twice"
    assert set(told) <= set(posted), "acknowledged and lost"
    assert [number for _, number in entries] == list(range(1, len(entries) + 1)), "a gap in the numbers"
    lines = dict(base.execute("SELECT entry_id, COUNT(*) FROM ledger_posting GROUP BY entry_id").fetchall())
    assert lines == {number: 2 for _, number in entries}, "posted by half"
    marked = {row[0] for row in base.execute("SELECT id FROM vouchers_voucher WHERE state = 'posted'")}
    assert marked == set(posted)
    steps = "SELECT voucher_id, COUNT(*) FROM vouchers_trailentry WHERE step = 'posted' GROUP BY voucher_id"
    assert dict(base.execute(steps).fetchall()) == dict.fromkeys(posted, 1)
    base.close()
    assert verdict(home, expect=0)["entries"] == len(posted)
