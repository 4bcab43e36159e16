"""Clients of a world's users, and counting what a page asks of the database."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl.worksheet.worksheet import Worksheet

from tests.worlds import World

FORMULA = '=HYPERLINK("http://x","y")'


def client_of(world: World, username: str) -> Client:
    """A browser signed in as one of the world's users."""
    client = Client()
    client.force_login(world.users[username])
    return client


def page(client: Client, url: str, status: int = 200) -> str:
    """The page's text; the status is checked."""
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.content.decode()


def queries(client: Client, url: str) -> int:
    """How many queries the page costs."""
    client.get(url)  # caches of the process are filled before counting
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def workbook(client: Client, url: str) -> dict[str, Worksheet]:
    """The sheets of a download, re-opened."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return {sheet.title: sheet for sheet in book.worksheets}


def cells(sheet: Worksheet) -> list[list[object]]:
    """All values of a sheet."""
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def days(count: int) -> list[date]:
    """That many days of 2023, spread over the year up to the book's day."""
    return [date.fromordinal(date(2023, 1, 3).toordinal() + index * 7 % 355) for index in range(count)]
