"""The small world, and the shortest way to bring a sheet into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.exchange.workbooks import write_sheets
from tests.worlds import World, small_world
from yibenzhang.exchange.findings import Findings
from yibenzhang.exchange.lookup import Reach
from yibenzhang.exchange.services import Brought, bring_in, check_file

Rows = Sequence[Sequence[object]]
Check = Callable[..., Findings]
Bring = Callable[..., Brought]


@pytest.fixture
def world(db: None) -> World:
    """The small world."""
    return small_world()


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Dry-run rows under a sheet name."""

    def run(kind: str, sheet: str, rows: Rows, reach: Reach | None = None) -> Findings:
        path = write_sheets(tmp_path / "given.xlsx", {sheet: rows})
        return check_file(path, kind, reach=reach or Reach.everything())

    return run


@pytest.fixture
def bring(tmp_path: Path, world: World) -> Bring:
    """Bring rows in as the secretary."""

    def run(kind: str, sheet: str, rows: Rows, reach: Reach | None = None) -> Brought:
        path = write_sheets(tmp_path / "given.xlsx", {sheet: rows})
        return bring_in(
            path, kind, user=world.secretary, file_name="交接.xlsx", reach=reach or Reach.everything()
        )

    return run
