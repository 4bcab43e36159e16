"""The suggestion box: nothing kept leads to the writer; what is handled is visible to the whole bureau."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.worlds import World, small_world
from yibenzhang.access.models import Grant, Role, User
from yibenzhang.access.scope import actor_for
from yibenzhang.audit.models import AuditEntry
from yibenzhang.kernel.errors import BookError
from yibenzhang.relief import services
from yibenzhang.relief.models import Suggestion
from yibenzhang.relief.queries import by_code, may_handle, suggestions_for
from yibenzhang.relief.services import answer, drop_in, take_up

Tables = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def _tables() -> Tables:
    """Every row of every table, each value with its column."""
    found: Tables = {}
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in apps.get_models(include_auto_created=True)}:
            cursor.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            found[table] = [tuple(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def _changed(before: Tables, after: Tables) -> dict[str, list[tuple[Any, ...]]]:
    changed = {table: [row for row in rows if row not in before[table]] for table, rows in after.items()}
    gone = {table for table, rows in before.items() for row in rows if row not in after[table]}
    assert not gone
    return {table: rows for table, rows in changed.items() if rows}


def _post(user: User, text: str) -> tuple[dict[str, list[tuple[Any, ...]]], Client]:
    client = Client()
    client.force_login(user)
    client.get(reverse("relief:suggest"))
    before = _tables()
    sent = client.post(reverse("relief:suggest"), {"category": "repeated", "text": text, "unit": ""})
    assert sent.status_code == 200
    return _changed(before, _tables()), client


def test_two_writers_leave_the_same_traces(world: World) -> None:
    """Whoever writes: one row in one table, and but for key and receipt code the rows are equal."""
    one, _ = _post(world.secretary, "同样的话。")
    two, _ = _post(world.leader, "同样的话。")
    table = Suggestion._meta.db_table
    assert list(one) == list(two) == [table]
    (first,), (second,) = one[table], two[table]
    assert {column for (column, a), (_, b) in zip(first, second, strict=True) if a != b} == {"id", "code"}


def test_no_column_can_hold_a_writer_or_a_moment(world: World) -> None:
    kinds = {field.name: field.get_internal_type() for field in Suggestion._meta.concrete_fields}
    assert "DateTimeField" not in kinds.values()
    users = {field.name for field in Suggestion._meta.concrete_fields if field.related_model is User}
    assert users == {"handled_by"}
    drop_in(book=world.book, category="other", text="一句话。")
    assert Suggestion.objects.get().handled_by is None
    assert not AuditEntry.objects.exists()


def test_the_limit_of_a_browser_is_kept_in_its_cookie_only(world: World) -> None:
    _, client = _post(world.secretary, "第一条。")
    for number in range(2, 6):
        client.post(reverse("relief:suggest"), {"category": "other", "text": f"第{number}条。"})
    refused = client.post(reverse("relief:suggest"), {"category": "other", "text": "第六条。"})
    assert refused.status_code == 422
    assert "明天再投" in refused.content.decode()
    assert "第六条" in refused.content.decode()  # nothing typed is lost
    assert Suggestion.objects.count() == 5
    assert "box" not in client.session
    elsewhere, _ = _post(world.secretary, "换台电脑。")
    assert elsewhere


def test_the_box_of_a_bureau_is_limited_by_the_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_A_DAY", 2)
    for _ in range(2):
        drop_in(book=world.book, category="other", text="一句话。")
    with pytest.raises(BookError, match="满了"):
        drop_in(book=world.book, category="other", text="一句话。")


@pytest.mark.parametrize(
    ("category", "text", "field"),
    [("other", "  ", "text"), ("other", "长" * 2001, "text"), ("praise", "好。", "category")],
)
def test_what_is_empty_too_long_or_of_no_category_is_refused(
    world: World, category: str, text: str, field: str
) -> None:
    with pytest.raises(BookError) as refused:
        drop_in(book=world.book, category=category, text=text)
    assert refused.value.field == field


def test_the_code_finds_the_case_in_every_state_and_only_in_its_bureau(world: World) -> None:
    kept = drop_in(book=world.book, category="other", text="一句话。")
    for user in (world.secretary, world.leader):
        assert by_code(actor_for(user), f" {kept.code.lower()} ") == kept
    assert by_code(actor_for(world.outsider), kept.code) is None
    assert by_code(actor_for(world.secretary), "23456-23456") is None


def test_handlers_see_all_and_everybody_sees_what_was_answered(world: World) -> None:
    kept = drop_in(book=world.book, category="other", text="一句话。")
    names = ("secretary", "clerk", "reviewer", "leader", "administrator", "outsider")

    def seeing() -> set[str]:
        return {name for name in names if suggestions_for(actor_for(world.users[name])).exists()}

    assert seeing() == {"reviewer", "administrator"}
    take_up(kept, actor=world.reviewer)
    assert seeing() == {"reviewer", "administrator"}
    answer(kept, text="已取消那张表。", actor=world.administrator)
    assert seeing() == set(names) - {"outsider"}
    kept.refresh_from_db()
    assert (kept.state, kept.handled_by) == (Suggestion.State.ANSWERED, world.administrator)
    assert [row.verb for row in AuditEntry.objects.order_by("id")] == [
        "suggestion.take_up",
        "suggestion.answer",
    ]


def test_an_approver_of_one_branch_does_not_handle_the_bureau_s_box(world: World) -> None:
    Grant.objects.create(user=world.secretary, unit=world.branch, role=Role.APPROVER, valid_from="2010-01-01")
    assert not may_handle(actor_for(world.secretary), world.book)


def test_a_case_is_taken_up_once_and_answered_in_words(world: World) -> None:
    kept = take_up(drop_in(book=world.book, category="other", text="一句话。"), actor=world.reviewer)
    with pytest.raises(BookError, match="已经有人"):
        take_up(kept, actor=world.administrator)
    with pytest.raises(BookError, match="请写答复"):
        answer(kept, text=" ", actor=world.reviewer)


def test_an_answer_may_be_mended_and_both_stay_in_the_audit_log(world: World) -> None:
    kept = drop_in(book=world.book, category="other", text="一句话。")
    for words in ("先这样。", "改为这样。"):
        answer(kept, text=words, actor=world.reviewer)
    assert Suggestion.objects.get().answer == "改为这样。"
    assert list(AuditEntry.objects.order_by("id").values_list("note", flat=True)) == [
        "先这样。",
        "改为这样。",
    ]
