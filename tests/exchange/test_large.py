"""Twenty thousand vouchers in one file (how fast and in how much memory: `benchmarks/importing.py`)."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from tests.durability.processes import ROOT, environment, make_home
from tests.exchange.workbooks import write_sheets

ROWS = 20_000


def large_file(path: Path) -> Path:
    """A file of distinct 主题党日 records of two branches."""
    first = date(2013, 1, 1)
    rows: list[list[object]] = [["单位代码", "日期", "标题", "谁参加", "专题"]]
    for number in range(ROWS):
        day = first + timedelta(days=number % 3900)
        rows.append(
            [f"geo-branch-{1 + number % 2}", day, f"主题党日活动 {number}", "全员；孙同志（请假）", None]
        )
    return write_sheets(path, {"主题党日": rows})


def test_twenty_thousand_vouchers(tmp_path: Path) -> None:
    home = make_home(tmp_path / "book")
    path = large_file(tmp_path / "large.xlsx")
    words = [
        sys.executable,
        "-m",
        "yibenzhang.cli.main",
        "import",
        "vouchers",
        str(path),
        "--home",
        str(home),
    ]
    done = subprocess.run(words, env=environment(home), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"已导入 {ROWS} 行" in done.stdout
    assert "（100%）" in done.stderr
