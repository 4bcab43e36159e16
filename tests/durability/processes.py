"""Running the product in processes of its own, on a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def environment(home: Path, database: str = "") -> dict[str, str]:
    """The environment of a process that works on this home (and database, when it is not SQLite)."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("YIBENZHANG_", "DATABASE_URL"))
    }
    kept |= {
        "YIBENZHANG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "yibenzhang.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    return kept | ({"DATABASE_URL": database} if database else {})


def run(
    *words: str, home: Path, database: str = "", expect: int | None = 0
) -> subprocess.CompletedProcess[str]:
    """Run a module (`-m` is added) and give what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", *words], env=environment(home, database), capture_output=True, text=True, cwd=ROOT,
        timeout=300, check=False,
    )  # fmt: skip
    if expect is not None:
        assert done.returncode == expect, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def command(*words: str, home: Path, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Run a `yibenzhang` command on the home."""
    return run("yibenzhang.cli.main", *words, home=home, expect=expect)


def make_home(
    home: Path, *, posted: int = 0, waiting: int = 0, reviewers: int = 0, database: str = ""
) -> Path:
    """A home with the small world in it."""
    run("tests.durability.make_home", str(posted), str(waiting), str(reviewers), home=home, database=database)
    return home


def verdict(home: Path, *, expect: int) -> dict[str, Any]:
    """What `verify --json` says."""
    done = command("verify", "--json", "--home", str(home), home=home, expect=expect)
    return dict(json.loads(done.stdout))
