"""Guessing passwords: five tries, then a quarter of an hour of waiting, whatever the name (security.md A3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.backends import ModelBackend
from django.test import Client

from tests.web.signed_in import client_of
from tests.worlds import PASSWORD, World, small_world
from yibenzhang.access.models import SignInCount
from yibenzhang.access.signing_in import MOST_FOR_ADDRESS, MOST_FOR_NAME, PAUSE, may_try
from yibenzhang.audit.models import AuditEntry

NOW = datetime(2024, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def world(db: None) -> World:
    return small_world()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The moment of signing in; tests move it."""
    moments = [NOW]
    monkeypatch.setattr("django.utils.timezone.now", lambda: moments[-1])
    return moments


def sign_in(username: str, password: str, address: str = "10.0.0.1") -> tuple[bool, str]:
    """Whether it worked, and the page."""
    data = {"username": username, "password": password}
    answer = Client().post("/account/sign-in/", data, REMOTE_ADDR=address)
    return answer.status_code == 302, answer.content.decode()


def test_after_five_wrong_passwords_the_right_one_has_to_wait(world: World, clock: list[datetime]) -> None:
    for _ in range(MOST_FOR_NAME):
        worked, shown = sign_in("secretary", "wrong")
        assert not worked
        assert "请过 15 分钟再试" not in shown
    worked, shown = sign_in("secretary", PASSWORD)
    assert not worked
    assert "请过 15 分钟再试" in shown
    assert AuditEntry.objects.filter(verb="access.pause", subject="secretary").count() == 1
    clock.append(NOW + PAUSE - timedelta(seconds=1))
    assert not sign_in("secretary", PASSWORD)[0]
    clock.append(NOW + PAUSE)
    assert sign_in("secretary", PASSWORD)[0]
    assert not SignInCount.objects.exists()


def test_others_are_not_kept_waiting_and_success_sets_back(world: World, clock: list[datetime]) -> None:
    for _ in range(3):
        for _ in range(MOST_FOR_NAME - 1):
            sign_in("secretary", "wrong")
        assert sign_in("secretary", PASSWORD)[0]
    for _ in range(MOST_FOR_NAME):
        sign_in("secretary", "wrong")
    assert sign_in("clerk", PASSWORD)[0]


def test_a_name_that_does_not_exist_is_answered_alike(world: World, clock: list[datetime]) -> None:
    pages = []
    for name in ("secretary", "nobody"):
        shown = [sign_in(name, "wrong")[1] for _ in range(MOST_FOR_NAME + 1)]
        pages.append([("请过 15 分钟再试" in each, "没有登录成功" in each) for each in shown])
    assert pages[0] == pages[1]
    assert "nobody" not in str(list(SignInCount.objects.values()))


def test_case_does_not_open_a_second_door(world: World, clock: list[datetime]) -> None:
    for name in ("secretary", "Secretary", "SECRETARY", "secretarY", "secRetary"):
        sign_in(name, "wrong")
    assert "请过 15 分钟再试" in sign_in("secretary", PASSWORD)[1]


def test_no_password_is_looked_at_while_waiting(
    world: World, clock: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    original = ModelBackend.authenticate

    def counted(self: ModelBackend, request: object, **given: object) -> object:
        looked.append(given)
        return original(self, request, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(ModelBackend, "authenticate", counted)
    for _ in range(20):
        sign_in("secretary", "wrong")
    assert len(looked) == MOST_FOR_NAME
    assert authenticate(username="secretary", password=PASSWORD) == world.secretary


def test_an_address_that_tries_many_names_waits_too(db: None) -> None:
    tries = [may_try(f"name{n}", "10.0.0.9", now=NOW) for n in range(MOST_FOR_ADDRESS + 1)]
    assert tries == [True] * MOST_FOR_ADDRESS + [False]
    assert may_try("name", "10.0.0.8", now=NOW)


def test_counts_that_have_run_out_are_cleared_away(db: None) -> None:
    for n in range(3):
        may_try(f"name{n}", "10.0.0.9", now=NOW)
    may_try("later", "10.0.0.8", now=NOW + PAUSE)
    assert SignInCount.objects.count() == 2


def test_a_new_password_from_the_administrator_opens_at_once(world: World, clock: list[datetime]) -> None:
    for _ in range(MOST_FOR_NAME):
        sign_in("secretary", "wrong")
    data = {"password": "a-new-password-99"}
    answer = client_of(world, "administrator").post(f"/account/all/{world.secretary.pk}/password/", data)
    assert answer.status_code == 302
    assert sign_in("secretary", "a-new-password-99")[0]
