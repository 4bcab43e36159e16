"""Matters: lists, life, vouchers, links."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.signed_in import client_of, page, queries
from tests.worlds import World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.models import Matter, MatterLink


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def record(world: World, kind: str, title: str, day: date = date(2023, 5, 4), **content: object) -> Matter:
    """Post a voucher of this kind; the matter in it."""
    spec = current_catalogue().kind(kind)
    entry = Entry(unit=world.branch, kind=spec, title=title, event_date=day, **content)  # type: ignore[arg-type]
    return world.posted(entry).matters.get().matter


def topic(world: World, title: str = "基层调研") -> Matter:
    return record(world, "research_topic", title)


def project(world: World, title: str = "校准雨量站") -> Matter:
    return record(world, "livelihood_project", title)


def test_matters_are_listed_by_kind_state_and_unit(world: World) -> None:
    topic(world)
    project(world)
    client = client_of(world, "leader")
    html = page(client, "/matters/")
    assert "基层调研" in html
    assert "校准雨量站" in html
    assert "校准雨量站" not in page(client, "/matters/?kind=research_topic")
    assert "基层调研" not in page(client, "/matters/?kind=research_topic&state=completed")
    assert "基层调研" not in page(client, f"/matters/?unit={world.other_branch.code}")
    assert "基层调研" in page(client, "/matters/?q=jcdy")
    assert "基层调研" not in page(client, "/matters/?programme=thematic_education")


def test_a_matters_life_follows_its_vouchers(world: World) -> None:
    matter = topic(world)
    record(world, "research_topic_completion", "课题结题", date(2023, 9, 1), matters={"topic": matter})
    html = page(client_of(world, "leader"), f"/matters/{matter.pk}/")
    assert html.index("已确定") < html.index("调研中") < html.index("已结题")
    current = html.split('aria-current="step"')[1].split("</li>")[0]
    assert "已结题" in current
    assert "2023年9月1日" in current
    assert "调研课题" in html.split('id="h-f"')[1]


def test_links_are_made_in_the_declared_direction_and_taken_back(world: World) -> None:
    source, target = topic(world), project(world)
    client = client_of(world, "secretary")
    assert "校准雨量站" in page(client, f"/matters/{source.pk}/?link=雨量")
    assert client.post(f"/matters/{source.pk}/link/", {"target": target.pk}).status_code == 302
    assert "校准雨量站" in page(client, f"/matters/{source.pk}/").split('id="h-l"')[1]
    assert "基层调研" in page(client, f"/matters/{target.pk}/").split('id="h-l"')[1]
    assert client.post(f"/matters/{target.pk}/link/", {"target": source.pk}).status_code == 400
    assert client.post(f"/matters/{source.pk}/link/", {"target": target.pk}).status_code == 400
    assert (
        client.post(f"/matters/{source.pk}/link/", {"target": target.pk, "act": "remove"}).status_code == 302
    )
    assert not MatterLink.objects.exists()


@pytest.mark.parametrize("target", ["", "x", "9" * 30])
def test_a_target_that_is_none_is_refused_in_words(world: World, target: str) -> None:
    url = f"/matters/{topic(world).pk}/link/"
    assert client_of(world, "secretary").post(url, {"target": target}).status_code == 400


def test_readers_and_strangers_do_not_link(world: World) -> None:
    source, target = topic(world), project(world)
    for username in ("leader", "outsider"):
        answer = client_of(world, username).post(f"/matters/{source.pk}/link/", {"target": target.pk})
        assert answer.status_code == 404
    page(client_of(world, "outsider"), f"/matters/{source.pk}/", 404)
    assert "基层调研" not in page(client_of(world, "outsider"), "/matters/")


@pytest.mark.parametrize("query", ["kind=x", "period=x", "programme=x", "page=x"])
def test_bad_input_is_answered_with_what_to_write(world: World, query: str) -> None:
    assert "请" in page(client_of(world, "leader"), f"/matters/?{query}", 400)


def test_the_list_and_a_matter_cost_the_same_however_many(world: World) -> None:
    client = client_of(world, "leader")
    first = topic(world)
    urls = ("/matters/", f"/matters/{first.pk}/")
    few = [queries(client, url) for url in urls]
    for number in range(20):
        topic(world, f"课题{number}")
    assert [queries(client, url) for url in urls] == few
