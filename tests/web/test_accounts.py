"""Opening accounts and granting roles, within what an administrator administers."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.worlds import World, small_world
from yibenzhang.access.models import Grant, Role, User
from yibenzhang.access.scope import actor_for
from yibenzhang.access.services import AccessError, open_account
from yibenzhang.audit.models import AuditEntry
from yibenzhang.organisation.models import Membership
from yibenzhang.organisation.services import register_person

NEW = {"username": "new-clerk", "password": "long-enough-words", "role": Role.PREPARER, "on": "2020-01-01"}


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def administrator(world: World) -> Client:
    client = Client()
    client.force_login(world.administrator)
    return client


def test_an_account_is_opened_with_its_first_role_and_may_sign_in(
    world: World, administrator: Client
) -> None:
    answer = administrator.post(reverse("accounts:new"), {**NEW, "unit": world.branch.code})
    user = User.objects.get(username="new-clerk")
    assert answer.status_code == 302
    assert user.grants.get().unit == world.branch
    assert Client().login(username="new-clerk", password=NEW["password"])
    assert AuditEntry.objects.filter(verb="access.open", actor=world.administrator).exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"password": "123"}, "密码"),
        ({"username": "secretary"}, "已经有人用"),
        ({"username": "带空格 的"}, "只能用字母"),
        ({"unit": "no-such"}, "请从列表中选"),
        ({"role": "king"}, "请从列表中选"),
    ],
)
def test_a_wrong_form_comes_back_with_what_to_change(
    world: World, administrator: Client, change: dict[str, str], message: str
) -> None:
    answer = administrator.post(reverse("accounts:new"), {**NEW, "unit": world.branch.code, **change})
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not User.objects.filter(username="new-clerk").exists()


@pytest.mark.parametrize("password", ["new-clerk", "New-Clerk-2024", "new-clerkk1"])
def test_a_password_like_the_user_name_is_refused(world: World, administrator: Client, password: str) -> None:
    answer = administrator.post(
        reverse("accounts:new"), {**NEW, "unit": world.branch.code, "password": password}
    )
    assert answer.status_code == 422
    assert "不能和账号相同或相近" in answer.content.decode() or "至少 10 位" in answer.content.decode()
    assert not User.objects.filter(username="new-clerk").exists()


@pytest.mark.parametrize("still_here", [True, False])
def test_who_holds_grants_elsewhere_keeps_their_password(
    world: World, administrator: Client, still_here: bool
) -> None:
    outsider = world.users["outsider"]
    ended = None if still_here else date(2021, 1, 1)
    Grant.objects.create(
        user=outsider, unit=world.branch, role=Role.READER, valid_from=date(2020, 1, 1), valid_to=ended
    )
    before = outsider.password
    url = reverse("accounts:password", args=[outsider.pk])
    answer = administrator.post(url, {"password": "quite-another-secret"})
    assert answer.status_code == 422
    assert "管理范围以外" in answer.content.decode()
    outsider.refresh_from_db()
    assert outsider.password == before


def test_an_account_is_not_bound_to_a_person_of_another_bureau(world: World, administrator: Client) -> None:
    stranger = register_person(name="欧阳外人")
    Membership.objects.create(person=stranger, unit=world.foreign_branch, valid_from=date(2020, 1, 1))
    form = {**NEW, "unit": world.branch.code, "name": stranger.name}
    administrator.post(reverse("accounts:new"), form)
    assert not User.objects.filter(person=stranger).exists()
    with pytest.raises(AccessError, match="不在您的管理范围内"):
        open_account(
            username="puppet", password="long-enough-words", person=stranger, unit=world.branch,
            role=Role.PREPARER, on=date(2020, 1, 1), actor=actor_for(world.administrator),
        )  # fmt: skip


def test_a_foreign_unit_cannot_be_granted(world: World, administrator: Client) -> None:
    answer = administrator.post(reverse("accounts:new"), {**NEW, "unit": world.foreign_branch.code})
    assert answer.status_code == 422


def test_a_role_is_granted_and_ended(world: World, administrator: Client) -> None:
    url = reverse("accounts:grant", args=[world.secretary.pk])
    form = {"unit": world.other_branch.code, "role": Role.READER, "on": "2020-01-01"}
    assert administrator.post(url, form).status_code == 302
    assert "已有同样的授权" in administrator.post(url, form).content.decode()
    grant = Grant.objects.get(user=world.secretary, role=Role.READER)
    administrator.post(reverse("accounts:end", args=[world.secretary.pk, grant.pk]))
    grant.refresh_from_db()
    assert grant.valid_to is not None


def test_nobody_changes_their_own_grants(world: World, administrator: Client) -> None:
    url = reverse("accounts:grant", args=[world.administrator.pk])
    answer = administrator.post(url, {"unit": world.branch.code, "role": Role.APPROVER, "on": "2020-01-01"})
    assert "不能改自己的授权" in answer.content.decode()


def test_a_new_password_ends_the_sessions_of_the_account(world: World, administrator: Client) -> None:
    session = Client()
    session.force_login(world.secretary)
    url = reverse("accounts:password", args=[world.secretary.pk])
    assert administrator.post(url, {"password": "another-long-one"}).status_code == 302
    assert session.get("/").status_code == 302
