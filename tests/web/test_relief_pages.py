"""Pages of relief: the account with its sources, looking at a text, the box on every page, the answer for everybody."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.notices.sent import issued_notice, wording
from tests.web.signed_in import client_of, page
from tests.worlds import World, small_world
from yibenzhang.relief.models import Suggestion
from yibenzhang.relief.services import drop_in, set_minutes


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_the_account_names_its_sources_and_links_to_them(world: World) -> None:
    said = wording("请报送主题党日次数。", kept_reason="年报按场地统计，口径不同")
    notice, _ = issued_notice(world, said, on=date(2023, 11, 2))
    world.posted(world.entry(date(2023, 11, 7)))
    text = page(client_of(world, "secretary"), reverse("relief:account") + "?period=2023-11")
    assert "要记 1 笔，已入账 1 笔" in text and "要了两遍的 1 项" in text
    assert reverse("notices:detail", args=[notice.pk]) in text
    assert reverse("figures:detail", args=["life.theme_party_days"]) in text
    assert "年报按场地统计" in text


def test_a_superior_sees_units_in_order_with_their_sum_and_no_ranking(world: World) -> None:
    world.posted(world.entry(date(2023, 11, 7)))
    url = reverse("relief:account") + f"?unit={world.bureau.code}&period=2023-11"
    text = page(client_of(world, "leader"), url)
    assert text.index("第一党支部</a>") < text.index("第二党支部</a>") < text.index("合计")
    assert "不排名" in text


def test_minutes_stay_hidden_until_set_and_are_called_an_assumption(world: World) -> None:
    url = reverse("relief:account")
    administrator = client_of(world, "administrator")
    assert "分钟估算" not in page(administrator, url)
    administrator.post(reverse("relief:assume"), {"minutes": "8"})
    assert "管理员设定的假设" in page(administrator, url)
    assert administrator.post(reverse("relief:assume"), {"minutes": "半小时"}).status_code == 400
    set_minutes(world.book, minutes=None, actor=world.administrator)
    assert "分钟估算" not in page(administrator, url)


SCREENED = [
    ("每月按学习时长排名。", "", ["这些不能要", "学习时长"]),
    ("单位\t谈心谈话（次）\t主题党日（次）", "", ["台账已有", "life.talks", "life.theme_party_days"]),
    ("报送贯彻落实情况。", "", ["可再精简"]),
    ("中央媒体刊发篇数", "1", ["这些不能要", "媒体刊发"]),
    ("中央媒体刊发篇数", "", ["没有发现不能要的内容"]),
    ("请召开组织生活会。", "", ["没有发现不能要的内容"]),
]


@pytest.mark.parametrize(("text", "assessed", "says"), SCREENED, ids=[row[0][:10] for row in SCREENED])
def test_a_text_is_looked_at_before_it_is_issued(
    world: World, text: str, assessed: str, says: list[str]
) -> None:
    client = client_of(world, "secretary")
    answer = client.post(reverse("relief:screen"), {"text": text, "assessed": assessed})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert all(part in shown for part in says)


def test_the_box_is_linked_from_every_page(world: World) -> None:
    for name in ("secretary", "clerk", "reviewer", "leader", "administrator"):
        assert page(client_of(world, name), reverse("ledger:list")).count(reverse("relief:suggestions")) >= 2


def test_from_a_suggestion_to_an_answer_everybody_reads(world: World) -> None:
    writer, handler, other = (client_of(world, name) for name in ("secretary", "reviewer", "clerk"))
    dropped = writer.post(reverse("relief:suggest"), {"category": "repeated", "text": "两张表一样。"})
    kept = Suggestion.objects.get()
    assert kept.code in dropped.content.decode() and dropped.headers["Cache-Control"] == "no-store"
    assert "两张表一样" not in page(other, reverse("relief:suggestions"))
    assert "等您办理 1 条" in page(handler, reverse("relief:suggestions"))
    handler.post(reverse("relief:handle", args=[kept.pk, "take-up"]))
    found = writer.post(reverse("relief:find"), {"code": kept.code.lower()}).content.decode()
    assert "办理中" in found
    empty = handler.post(reverse("relief:handle", args=[kept.pk, "answer"]), {"answer": ""})
    assert empty.status_code == 422
    handler.post(reverse("relief:handle", args=[kept.pk, "answer"]), {"answer": "已停用纸质表。"})
    listed = page(other, reverse("relief:suggestions"))
    assert "两张表一样" in listed and "已停用纸质表" in listed
    assert kept.code not in listed


def test_a_wrong_code_finds_nothing_and_says_what_to_do(world: World) -> None:
    drop_in(book=world.book, category="other", text="一句话。")
    answer = client_of(world, "secretary").post(reverse("relief:find"), {"code": "23456-23456"})
    assert answer.status_code == 404 and "请核对后再查" in answer.content.decode()


def test_without_a_category_the_text_stays(world: World) -> None:
    answer = client_of(world, "secretary").post(reverse("relief:suggest"), {"text": "写了很久的话。"})
    assert answer.status_code == 422 and "写了很久的话" in answer.content.decode()
    assert not Suggestion.objects.exists()
