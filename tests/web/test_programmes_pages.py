"""Programmes: window, plan beside figures, vouchers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.web.signed_in import client_of, page, queries
from tests.worlds import World, small_world

URL = "/programmes/thematic_education/"


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def linked(world: World, day: date, title: str = "主题教育党日") -> None:
    world.posted(replace(world.entry(day, title=title), programmes=["thematic_education"]))


def test_the_list_counts_posted_vouchers_of_each_programme(world: World) -> None:
    linked(world, date(2023, 9, 5))
    html = page(client_of(world, "leader"), "/programmes/")
    assert "主题教育" in html
    assert "1 笔" in html
    assert "三岗联创" not in html, "another agency's pack"


def test_the_page_shows_plan_figures_and_vouchers_of_the_programme_only(world: World) -> None:
    linked(world, date(2023, 9, 5))
    world.posted(world.entry(date(2023, 9, 6), title="别的党日"))
    html = page(client_of(world, "leader"), URL)
    assert "未记" in html.split('id="h-plan"')[1].split('id="h-fig"')[0]
    figures = html.split('id="h-fig"')[1].split('id="rec"')[0]
    assert "1 次" in figures
    assert "programme=thematic_education" in figures
    assert "主题教育党日" in html
    assert "别的党日" not in html


def test_a_stranger_sees_the_programme_but_none_of_its_records(world: World) -> None:
    linked(world, date(2023, 9, 5))
    assert "主题教育党日" not in page(client_of(world, "outsider"), URL)
    page(client_of(world, "outsider"), f"{URL}?unit={world.branch.code}", 404)
    page(client_of(world, "leader"), "/programmes/no_such/", 404)


@pytest.mark.parametrize("query", ["period=x", "page=x", "as_of=x"])
def test_bad_input_is_answered_with_what_to_write(world: World, query: str) -> None:
    assert "请" in page(client_of(world, "leader"), f"{URL}?{query}", 400)


def test_pages_cost_the_same_with_few_and_many_vouchers(world: World) -> None:
    client = client_of(world, "leader")
    for day in range(1, 4):
        linked(world, date(2023, 9, day))
    few = [queries(client, url) for url in ("/programmes/", URL)]
    for day in range(1, 29):
        linked(world, date(2023, 10, day))
    assert [queries(client, url) for url in ("/programmes/", URL)] == few
