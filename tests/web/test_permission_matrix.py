"""Who may open what: every URL has a row, and every row is tried by every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.web.matrix import ROWS, Row, Things, things
from tests.worlds import World, small_world

ROLES = ("anonymous", "secretary", "clerk", "reviewer", "leader", "administrator", "outsider")
REDIRECTED = 302


@dataclass
class Book:
    """The world, the objects that URLs point at, and a signed-in browser for each role."""

    world: World
    things: Things
    clients: dict[str, Client] = field(default_factory=dict)


@pytest.fixture
def book(db: None) -> Book:
    world = small_world()
    clients = {"anonymous": Client()}
    for role in ROLES[1:]:
        clients[role] = Client()
        clients[role].force_login(world.users[role])
    return Book(world, things(world), clients)


def _names(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            found += _names(pattern.url_patterns, space)
        else:
            found.append(f"{prefix}{pattern.name}")
    return found


def test_every_url_has_a_row() -> None:
    names = _names(get_resolver().url_patterns)
    assert sorted(set(names)) == sorted({row.url for row in ROWS}), "add a row to tests/web/matrix.py"


def ask_alone(client: Client, row: Row, url: str, data: dict[str, Any]) -> int:
    """The status, with whatever the request changed undone, so that every role finds the same book."""
    with transaction.atomic():
        status = int(getattr(client, row.method)(url, data).status_code)
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_each_role_gets_what_the_table_says(book: Book, row: Row) -> None:
    url = reverse(row.url, args=row.args(book.things)) + row.query
    got = {role: ask_alone(book.clients[role], row, url, row.data(book.things)) for role in ROLES}
    want = {role: row.expected(role) for role in ROLES}
    assert got == want


@pytest.mark.parametrize("row", [row for row in ROWS if row.is_about_an_object], ids=lambda row: row.label)
def test_what_is_not_there_and_what_is_foreign_look_the_same(book: Book, row: Row) -> None:
    foreign = reverse(row.url, args=row.args(book.things)) + row.query
    nowhere = reverse(row.url, args=row.args(book.things.nowhere())) + row.query
    ask = getattr(book.clients["outsider"], row.method)
    there = ask(foreign, row.data(book.things))
    not_there = ask(nowhere, row.data(book.things.nowhere()))
    assert (there.status_code, not_there.status_code) == (404, 404)
    assert len(there.content) == len(not_there.content)
