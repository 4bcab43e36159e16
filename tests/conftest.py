"""Fixtures for every test: quick passwords, folders of their own, a browser; marks set by what a test uses."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import SimpleTestCase, TransactionTestCase, override_settings

from tests.chromium import CHINESE_FONT, find_chromium, launch_flags
from tests.demo_shelf import (  # noqa: F401  fixtures and hooks: a test asks for `demo_book`
    demo_book,
    demo_shelf,
    pytest_runtest_setup,
    pytest_runtest_teardown,
)

# Playwright's synchronous interface keeps an event loop in the test's thread; Django's ORM refuses to run
# in such a thread unless told that the test knows.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def _touches_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
        return True
    test_class = getattr(item, "cls", None)
    return test_class is not None and issubclass(test_class, SimpleTestCase)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser and what needs a database, so that no test has to say it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if _touches_database(item):
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session", autouse=True)
def settings_for_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hash passwords quickly, and keep evidence and head logs out of any real book."""
    folder = tmp_path_factory.mktemp("home")
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EVIDENCE_ROOT=folder / "evidence",
        HEAD_LOGS=[folder / "heads.log"],
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def ledger_emptied_after_tests() -> Iterator[None]:
    """Let a test that commits be cleaned up: its database may be emptied although some tables refuse DELETE."""
    from yibenzhang.audit.append_only import guards

    empty = TransactionTestCase._fixture_teardown

    def empty_without_guard(case: TransactionTestCase) -> None:
        for guard in guards():
            guard.remove(connection)
        empty(case)
        for guard in guards():
            guard.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_without_guard)
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the system's Chromium: Playwright's own download is not there on a closed network."""
    path = find_chromium()
    if path is None:
        pytest.fail(
            f"找不到 Chromium。请先运行：apt-get install chromium {CHINESE_FONT}，或用环境变量 CHROMIUM 指明路径"
        )
    return {**browser_type_launch_args, "executable_path": path, "args": launch_flags()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Show pages as the users' browsers do: Chinese, Beijing time."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
