"""Pages of notices: what is refused keeps what was typed, a receipt needs one tap and no script, the list finds."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.notices.sent import PDF, draft_notice, issued_notice, wording
from tests.web.signed_in import client_of, page, queries
from tests.worlds import World, small_world
from yibenzhang.notices.models import Notice


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def sent(text: str, **more: object) -> dict[str, object]:
    """What the form sends."""
    return {
        "title": "关于主题党日的通知",
        "purpose": "布置主题党日",
        "text": text,
        "types": ["branch"],
        **more,
    }


def test_a_barred_demand_comes_back_with_the_article_and_what_was_typed(world: World) -> None:
    clerk = client_of(world, "clerk")
    answer = clerk.post(reverse("notices:new"), sent("请每日打卡，收到请回复。"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "这些不能要" in text and "五个不得" in text and "请每日打卡" in text
    assert not Notice.objects.exists()


def test_a_known_figure_is_linked_and_a_reason_lets_it_pass(world: World) -> None:
    clerk = client_of(world, "clerk")
    text = clerk.post(reverse("notices:new"), sent("请报送主题党日次数。")).content.decode()
    assert "台账已有，直接取数" in text and reverse("figures:detail", args=["life.theme_party_days"]) in text
    saved = clerk.post(
        reverse("notices:new"), sent("请报送主题党日次数。", kept_reason="年报按场地统计，口径不同")
    )
    assert saved.status_code == 302
    assert "年报按场地统计" in page(clerk, saved.headers["Location"])


def test_a_file_that_is_refused_keeps_no_half_of_a_notice(world: World) -> None:
    clerk = client_of(world, "clerk")
    bad = SimpleUploadedFile("a.exe", b"MZ")
    answer = clerk.post(reverse("notices:new"), sent("本月开展主题党日。", files=bad))
    assert answer.status_code == 422 and not Notice.objects.exists()
    good = SimpleUploadedFile("安排.pdf", PDF)
    saved = clerk.post(reverse("notices:new"), sent("本月开展主题党日。", files=good))
    assert saved.status_code == 302
    assert Notice.objects.get().files.get().name == "安排.pdf"


def test_from_draft_to_receipt(world: World) -> None:
    clerk, reviewer, secretary = (client_of(world, name) for name in ("clerk", "reviewer", "secretary"))
    notice = draft_notice(world)
    url = reverse("notices:detail", args=[notice.pk])
    clerk.post(reverse("notices:act", args=[notice.pk, "submit"]))
    assert "等您签发" in page(reviewer, reverse("workbench"))
    assert "签发</button>" in page(reviewer, url)
    reviewer.post(reverse("notices:issue", args=[notice.pk]))
    bench = page(secretary, reverse("workbench"))
    assert "1 件</a>通知未读" in bench
    assert "收到</button>" in page(secretary, url)
    secretary.post(reverse("notices:receive", args=[notice.pk, world.branch.code]))
    assert "通知未读" not in page(secretary, reverse("workbench"))
    seen = page(clerk, url)
    assert "2 个单位，1 个已收到" in seen and "不催收、不排名" in seen


def test_a_recipient_does_not_see_who_else_has_received(world: World) -> None:
    notice, _ = issued_notice(world)
    text = page(client_of(world, "secretary"), reverse("notices:detail", args=[notice.pk]))
    assert "第二党支部" not in text


def test_a_notice_to_many_costs_no_more_queries_than_one_to_few(world: World) -> None:
    clerk = client_of(world, "clerk")
    one = draft_notice(world, to=[world.other_branch])
    both = draft_notice(world)
    few, many = (queries(clerk, reverse("notices:detail", args=[notice.pk])) for notice in (one, both))
    assert few == many


def test_text_of_a_notice_is_shown_as_text(world: World) -> None:
    notice, _ = issued_notice(world, wording("<script>alert(1)</script>"))
    text = page(client_of(world, "secretary"), reverse("notices:detail", args=[notice.pk]))
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


def test_advice_does_not_stand_in_the_way(world: World) -> None:
    notice = draft_notice(world, wording("请各支部制定实施方案，并报送贯彻落实情况。"))
    text = page(client_of(world, "clerk"), reverse("notices:detail", args=[notice.pk]))
    assert "一般不要求报送贯彻落实情况" in text and "一般不要求制定配套文件" in text


def test_the_list_searches_and_costs_the_same_for_many(world: World) -> None:
    secretary = client_of(world, "secretary")
    issued_notice(world)
    few = queries(secretary, reverse("notices:list"))
    for number in range(8):
        issued_notice(world, wording(title=f"关于组织生活会的通知{number}"))
    assert queries(secretary, reverse("notices:list")) == few
    found = page(secretary, reverse("notices:list") + "?q=zzshh")
    assert "组织生活会的通知7" in found and "关于主题党日的通知" not in found
    assert "没有找到" in page(secretary, reverse("notices:list") + "?q=nothing")


def test_who_has_nobody_below_is_told_so(world: World) -> None:
    assert "没有可以发给的单位" in page(client_of(world, "secretary"), reverse("notices:new"))
