"""Running commands inside the test's process, on the test's database."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.worlds import World, small_world
from yibenzhang.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The JSON it printed."""
        return json.loads(self.out)


Cli = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a home; the database is the test's."""
    place = tmp_path / "book"
    (place / "keys").mkdir(parents=True)
    (place / "book.sqlite3").touch()
    (place / "keys" / "ledger.key").touch()
    monkeypatch.setenv("YIBENZHANG_HOME", str(place))
    return place


@pytest.fixture
def world(db: None) -> World:
    """The small world."""
    return small_world()


@pytest.fixture
def cli(home: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command line."""

    def run(*words: str) -> Ran:
        capsys.readouterr()
        try:
            code = main(list(words))
        except SystemExit as stop:  # argparse leaves this way
            code = int(stop.code or 0)
        said = capsys.readouterr()
        sys.stdout.flush()
        return Ran(code, said.out, said.err)

    return run
