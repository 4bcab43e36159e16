"""The organisation's pages: the tree on any day, profiles, changes, people."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.signed_in import client_of, page, queries
from tests.worlds import FOUNDED, World, small_world
from yibenzhang.access.models import Grant, Role
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.figures import figure
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Membership, Post, Term, Unit
from yibenzhang.organisation.services import found_unit, register_person


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def change(world: World, act: str, unit: Unit, username: str = "administrator", **given: object) -> int:
    """Send the form of a change; the status."""
    client = client_of(world, username)
    return client.post(f"/organisation/{unit.code}/change/{act}/", given).status_code


def test_the_tree_shows_what_is_in_scope_in_organisational_order(world: World) -> None:
    html = page(client_of(world, "leader"), "/organisation/")
    assert html.index("机关党委") < html.index("第一党支部") < html.index("第二党支部")
    assert "澜江省气象局" not in html


def test_a_branch_sees_itself_only(world: World) -> None:
    html = page(client_of(world, "secretary"), "/organisation/")
    assert "第一党支部" in html
    assert "第二党支部" not in html


def test_the_tree_of_an_earlier_day_and_abolished_units_on_demand(world: World) -> None:
    assert change(world, "abolish", world.other_branch, on="2023-06-01") == 302
    client = client_of(world, "leader")
    assert "第二党支部" not in page(client, "/organisation/")
    assert "第二党支部" in page(client, "/organisation/?on=2023-01-01")
    assert "第二党支部" in page(client, "/organisation/?abolished=1")
    assert "没有在册" in page(client, "/organisation/?on=1990-01-01")


def test_a_profile_shows_posts_members_terms_and_records(world: World) -> None:
    Term.objects.create(unit=world.branch, number=3, elected_on=date(2021, 3, 1), ends_on=date(2024, 3, 1))
    world.posted()
    html = page(client_of(world, "leader"), f"/organisation/{world.branch.code}/")
    assert "赵同志" in html
    assert "正式党员 10 人" in html
    assert "剩 65 天届满" in html
    assert "主题党日" in html.split('id="h-strip"')[1]


def test_a_new_unit_a_new_name_and_a_term(world: World) -> None:
    given = {
        "name": "第三党支部",
        "code": "geo-branch-3",
        "unit_type": "branch",
        "position": "3",
        "on": "2023-05-01",
    }
    assert change(world, "found", world.committee, **given) == 302
    born = Unit.objects.get(code="geo-branch-3")
    assert change(world, "rename", born, name="第三联合党支部", short_name="", on="2023-06-01") == 302
    assert change(world, "term", born, number="1", on="2023-05-01") == 302
    assert Term.objects.get(unit=born).ends_on == date(2026, 5, 1)
    html = page(client_of(world, "leader"), f"/organisation/{born.code}/")
    assert "第三党支部 更名为 第三联合党支部" in html


def test_a_rehang_moves_no_past_figure(world: World) -> None:
    world.posted()
    other = found_unit(
        code="geo-party", name="第一地质队党委", unit_type="party_committee", parent=world.bureau, on=FOUNDED
    )
    question = Question(world.committee, parse_period("2023"))
    indicator = current_catalogue().indicator("life.theme_party_days")
    before = figure(indicator, question).value
    assert change(world, "rehang", world.branch, parent=other.code, on="2023-12-20") == 302
    assert figure(indicator, question).value == before == 1


def test_merging_and_splitting_keep_history(world: World) -> None:
    given = {
        "name": "机关第二党委",
        "code": "geo-2",
        "children": [world.other_branch.code],
        "on": "2023-06-01",
    }
    assert change(world, "split", world.committee, **given) == 302
    born = Unit.objects.get(code="geo-2")
    assert change(world, "merge", born, into=world.committee.code, on="2023-09-01") == 302
    html = page(client_of(world, "leader"), f"/organisation/{born.code}/?on=2023-07-01")
    assert "第二党支部" in html
    assert "并入" in page(client_of(world, "administrator"), f"/organisation/{born.code}/")


@pytest.mark.parametrize(
    ("act", "given"),
    [
        (
            "found",
            {
                "name": "重复",
                "code": "geo-branch-2",
                "unit_type": "branch",
                "position": "1",
                "on": "2023-05-01",
            },
        ),
        ("found", {"name": "", "code": "坏代码", "unit_type": "x", "position": "x", "on": "昨天"}),
        ("rehang", {"parent": "met", "on": "2023-05-01"}),
        ("rehang", {"parent": "geo-committee", "on": "2000-05-01"}),
        ("term", {"number": "0", "on": "2023-05-01"}),
        ("term", {"number": "1", "on": "2023-05-01", "ends_on": "2020-01-01"}),
    ],
)
def test_what_cannot_be_comes_back_with_messages(world: World, act: str, given: dict[str, str]) -> None:
    answer = client_of(world, "administrator").post(f"/organisation/{world.branch.code}/change/{act}/", given)
    assert answer.status_code == 422
    assert "data-errsum" in answer.content.decode()


def test_only_administrators_change_and_only_their_own(world: World) -> None:
    for username in ("secretary", "reviewer", "leader", "outsider"):
        assert change(world, "rename", world.branch, username, name="乱改", on="2023-05-01") == 404
    assert change(world, "rename", world.foreign_branch, name="乱改", on="2023-05-01") == 404
    assert change(world, "unknown", world.branch) == 404


@pytest.mark.parametrize("url", ["/organisation/?on=x", "/organisation/?on=0001-01-01"])
def test_bad_days_are_answered_with_what_to_write(world: World, url: str) -> None:
    assert "日期" in page(client_of(world, "leader"), url, 400)


def test_the_tree_and_people_cost_the_same_however_many(world: World) -> None:
    client = client_of(world, "leader")
    urls = ("/organisation/", f"/organisation/{world.branch.code}/", "/people/")
    few = [queries(client, url) for url in urls]
    for number in range(20):
        unit = found_unit(
            code=f"u{number}", name=f"支部{number}", unit_type="branch", parent=world.committee, on=FOUNDED
        )
        person = register_person(name=f"郑同志{number}")
        Membership.objects.create(person=person, unit=unit, valid_from=FOUNDED)
    assert [queries(client, url) for url in urls] == few


def test_people_are_found_by_pinyin_within_scope(world: World) -> None:
    client = client_of(world, "leader")
    assert "赵同志" in page(client, "/people/?q=ztz")
    assert "钱同志" not in page(client, "/people/?q=ztz")
    assert "钱同志" in page(client, f"/people/?unit={world.branch.code}")
    page(client, f"/people/?unit={world.foreign_branch.code}", 404)
    page(client_of(world, "outsider"), f"/people/{world.members[0].key}/", 404)


def test_a_persons_records_are_those_in_the_readers_scope(world: World) -> None:
    world.posted(world.entry(title="三月活动"))
    assert "三月活动" in page(client_of(world, "secretary"), f"/people/{world.members[0].key}/")


def test_registering_moving_and_appointing(world: World) -> None:
    client = client_of(world, "secretary")
    given = {"name": "卫同志", "unit": world.branch.code, "state": "full_member", "on": "2023-05-01"}
    assert client.post("/people/register/", given).status_code == 302
    membership = Membership.objects.get(person__name="卫同志")
    key = membership.person.key
    post = {"unit": world.branch.code, "title": "committee_member", "duty": "组织委员", "on": "2023-06-01"}
    assert client.post(f"/people/{key}/post/", post).status_code == 302
    held = Post.objects.get(person=membership.person)
    assert client.post(f"/people/{key}/end/post/{held.pk}/", {"on": "2023-08-01"}).status_code == 302
    assert (
        client.post(f"/people/{key}/end/membership/{membership.pk}/", {"on": "2023-09-01"}).status_code == 302
    )
    held.refresh_from_db()
    membership.refresh_from_db()
    assert (held.valid_to, membership.valid_to) == (date(2023, 8, 1), date(2023, 9, 1))
    assert "卫同志" not in page(client, "/people/"), "who has left is no longer seen"


def test_nobody_is_registered_into_a_foreign_unit(world: World) -> None:
    client = client_of(world, "secretary")
    given = {"name": "卫同志", "unit": world.foreign_branch.code, "state": "full_member", "on": "2023-05-01"}
    assert client.post("/people/register/", given).status_code == 422
    assert not Membership.objects.filter(person__name="卫同志").exists()


def test_a_second_secretary_and_an_end_before_the_beginning_are_refused(world: World) -> None:
    client = client_of(world, "secretary")
    key = world.members[1].key
    post = {"unit": world.branch.code, "title": "secretary", "duty": "", "on": "2023-06-01"}
    answer = client.post(f"/people/{key}/post/", post)
    assert answer.status_code == 422
    assert "书记现为赵同志" in answer.content.decode()
    held = Post.objects.get(unit=world.branch)
    url = f"/people/{world.members[0].key}/end/post/{held.pk}/"
    assert client.post(url, {"on": "2020-01-01"}).status_code == 422


def test_an_administrator_of_one_bureau_cannot_end_facts_of_another(world: World) -> None:
    Grant.objects.create(
        user=world.outsider, unit=world.foreign_bureau, role=Role.ADMINISTRATOR, valid_from=FOUNDED
    )
    held = Post.objects.get(unit=world.branch)
    url = f"/people/{world.members[0].key}/end/post/{held.pk}/"
    assert client_of(world, "outsider").post(url, {"on": "2023-06-01"}).status_code == 404
