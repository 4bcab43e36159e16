"""The demo book for tests: prepared once, kept under the digest of the source, laid out in a blink.

A test that asks for `demo_book` finds the demo year in the database instead of an empty book. Preparing takes half a
minute, so the prepared content is kept in pytest's cache (SQLite) or as a template database (PostgreSQL) and exchanged
against the empty content around such tests. Ordinary tests roll back; a test that commits (`live_server`,
`transactional_db`) gets a fresh copy of the demo book, which is taken away before pytest-django flushes the tables.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from django.conf import settings
from django.db import connection

SOURCE = Path(__file__).resolve().parent.parent / "src" / "yibenzhang"
DOORS = {
    "web",
    "cli",
    "checking",
    "exchange",
}  # they show or fill a book, the demo is made without them
KEPT_FOR = 24 * 60 * 60  # seconds
COMMITTING = {"live_server", "transactional_db"}
EMPTY, DEMO = "empty", "demo"


def source_digest() -> str:
    """Changes with any line that can shape a prepared book, and with the key that seals its ledger."""
    digest = hashlib.sha256(settings.LEDGER_KEY)
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".py", ".yaml"} and path.relative_to(SOURCE).parts[0] not in DOORS:
            digest.update(f"{path.relative_to(SOURCE)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


class Shelf(Protocol):
    """Where the two contents lie; `show` lays one of them out as the test database."""

    shown: str

    def show(self, content: str, *, fresh: bool = False) -> None:
        """Lay out the content; `fresh` when what lies there has been written to."""


class SqliteShelf:
    """Contents as SQLite images, copied into the test connection."""

    def __init__(self, folder: Path) -> None:
        self.shown = EMPTY
        self.image = folder / "book.sqlite3"
        connection.ensure_connection()
        self.empty = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self.empty)

    def build(self) -> None:
        """Prepare the demo in the test database and keep an image of it."""
        from yibenzhang.demo import prepare

        prepare(lambda stage, done, total: None)
        with contextlib.closing(sqlite3.connect(self.image)) as image:
            connection.connection.backup(image)
        self.shown = DEMO

    def show(self, content: str, *, fresh: bool = False) -> None:
        if content == self.shown and not fresh:
            return
        connection.ensure_connection()
        if content == EMPTY:
            self.empty.backup(connection.connection)
        else:
            with contextlib.closing(sqlite3.connect(self.image)) as image:
                image.backup(connection.connection)
        self.shown = content

    def clear(self) -> None:
        """Give the memory back."""
        self.empty.close()


class PostgresShelf:
    """Contents as databases; the demo is copied from a template and the connection pointed at the copy."""

    def __init__(self, digest: str) -> None:
        self.shown = EMPTY
        self.names = {EMPTY: connection.settings_dict["NAME"]}
        self.template = f"demo_{digest}"
        self.names[DEMO] = f"{self.names[EMPTY]}_demo"

    def build(self) -> None:
        """Prepare the demo in a database of its own, unless another worker has done so."""
        from yibenzhang.demo import prepare

        if self._exists(self.template):
            return
        unfinished = f"{self.template}_unfinished"
        connection.close()
        self._run(f'DROP DATABASE IF EXISTS "{unfinished}"')
        self._run(f'CREATE DATABASE "{unfinished}" TEMPLATE "{self.names[EMPTY]}"')
        self._point_at(unfinished)
        prepare(lambda stage, done, total: None)
        self._point_at(self.names[EMPTY])
        self._run(f'ALTER DATABASE "{unfinished}" RENAME TO "{self.template}"')

    def show(self, content: str, *, fresh: bool = False) -> None:
        if content == self.shown and not fresh:
            return
        connection.close()
        if content == DEMO and (fresh or not self._exists(self.names[DEMO])):
            self._run(f'DROP DATABASE IF EXISTS "{self.names[DEMO]}" WITH (FORCE)')
            self._run(f'CREATE DATABASE "{self.names[DEMO]}" TEMPLATE "{self.template}"')
        self._point_at(self.names[content])
        self.shown = content

    def clear(self) -> None:
        """Drop this worker's copy; the template goes with the private server."""
        self.show(EMPTY)
        self._run(f'DROP DATABASE IF EXISTS "{self.names[DEMO]}" WITH (FORCE)')

    def _point_at(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name

    def _run(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)

    def _exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None


class DemoShelf:
    """The shelf with what lies beside the database: evidence files and the log of heads."""

    def __init__(self, root: Path, blocker: Any) -> None:
        digest = source_digest()
        self.blocker = blocker
        self.folder = root / f"{connection.vendor}-{digest}"
        self.evidence = self.folder / "evidence"
        self.dirty = False
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in root.glob(f"{connection.vendor}-*"):
            if old != self.folder and time.time() - old.stat().st_mtime > KEPT_FOR:
                shutil.rmtree(old, ignore_errors=True)
        with blocker.unblock():
            self.shelf: SqliteShelf | PostgresShelf = (
                SqliteShelf(self.folder) if connection.vendor == "sqlite" else PostgresShelf(digest)
            )
            self._build()

    def show(self, content: str) -> None:
        """Lay out a content with its files."""
        with self.blocker.unblock():
            self.shelf.show(content, fresh=self.dirty and content == DEMO)
        self.dirty = self.dirty and content != DEMO
        for log in settings.HEAD_LOGS:
            Path(log).unlink(missing_ok=True)
        if content == DEMO and self.evidence.exists():
            shutil.copytree(self.evidence, settings.EVIDENCE_ROOT, dirs_exist_ok=True)

    def _build(self) -> None:
        """One worker prepares, the others wait for it."""
        done = self.folder / "done"
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists() or connection.vendor == "postgresql":
                self.shelf.build()
                if Path(settings.EVIDENCE_ROOT).exists() and not done.exists():
                    shutil.copytree(settings.EVIDENCE_ROOT, self.evidence, dirs_exist_ok=True)
                done.touch()
            os.fsync(lock.fileno())


_built: list[DemoShelf] = []


@pytest.fixture(scope="session")
def demo_shelf(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, settings_for_tests: None
) -> Iterator[DemoShelf]:
    """The shelf of this run, built at first need."""
    shelf = DemoShelf(Path(request.config.cache.mkdir("demo-book")), django_db_blocker)
    _built.append(shelf)
    yield shelf
    with django_db_blocker.unblock():
        shelf.shelf.clear()
    _built.remove(shelf)


@pytest.fixture(scope="module")
def demo_book(demo_shelf: DemoShelf) -> Iterator[None]:
    """Lay the demo year out for the tests that ask for it (with `db`, `client`, `live_server` …)."""
    demo_shelf.show(DEMO)
    yield
    demo_shelf.show(EMPTY)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Lay out what the test expects, before its transaction begins."""
    if _built:
        wanted = DEMO if "demo_book" in getattr(item, "fixturenames", ()) else EMPTY
        if _built[0].dirty or _built[0].shelf.shown != wanted:
            _built[0].show(wanted)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Take the demo away from a test that commits, before the tables are flushed."""
    if _built and _built[0].shelf.shown == DEMO and _commits(item):
        _built[0].dirty = True
        _built[0].show(EMPTY)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = COMMITTING & set(getattr(item, "fixturenames", ()))
    return bool(asked) or (marker is not None and bool(marker.kwargs.get("transaction")))
