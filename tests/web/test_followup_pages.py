"""Pages of the follow-ups: opening from a gap, the button that waits, closing, what each side sees."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.followups.followed import Followed, at, followed
from tests.web.signed_in import client_of, page, queries
from yibenzhang.access.models import Grant, Role
from yibenzhang.followups.models import Contact, FollowUp
from yibenzhang.followups.services import answer, close, remind
from yibenzhang.ledger.services import reverse_voucher

NEW = "/follow-ups/new/?kind=duty&ref=ZB-06/2023-10&unit=geo-branch-1"


@pytest.fixture
def book(db: None) -> Followed:
    return followed()


def opened(book: Followed, **changes: object) -> FollowUp:
    """A follow-up about the gap, opened three weeks ago."""
    return book.gap(at=at(date(2023, 12, 4)), deadline=date(2023, 12, 29), **changes)


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def test_a_gap_is_opened_in_two_steps(book: Followed) -> None:
    client = client_of(book.world, "reviewer")
    html = main_of(page(client, "/duties/geo-branch-1/ZB-06/2023-10/"))
    assert "kind=duty&amp;ref=ZB-06/2023-10&amp;unit=geo-branch-1" in html
    html = main_of(page(client, NEW))
    assert "2023年10月应记1次；没有已入账的记录" in html
    assert 'value="2023年10月主题党日"' in html
    assert 'value="2024-01-04"' in html, "five working days on, New Year apart"
    answer_ = client.post("/follow-ups/new/", {
        "unit": "geo-branch-1", "kind": "duty", "ref": "ZB-06/2023-10", "title": "2023年10月主题党日",
        "recipient": book.secretary.pk, "asked": "请补记一笔。", "deadline": "2024-01-04",
    })  # fmt: skip
    follow_up = FollowUp.objects.get()
    assert answer_["Location"] == f"/follow-ups/{follow_up.pk}/"
    html = main_of(page(client, answer_["Location"]))
    assert "1月4日起可以再催" in html and "disabled" in html
    assert f'href="/follow-ups/{follow_up.pk}/"' in page(client, "/duties/geo-branch-1/ZB-06/2023-10/")


def test_other_pages_prefill_title_and_deadline(book: Followed) -> None:
    url = "/follow-ups/new/?kind=responsibility_item&ref=7/2&unit=geo-branch-1&title=修订制度&due=2024-01-10"
    html = main_of(page(client_of(book.world, "reviewer"), url))
    assert 'value="修订制度"' in html and 'value="2024-01-10"' in html and 'value="7/2"' in html


def test_a_deadline_that_is_past_or_no_working_day_is_moved(book: Followed) -> None:
    client = client_of(book.world, "reviewer")
    for due, shown in {"2023-11-30": "2024-01-04", "2024-01-06": "2024-01-08", "soon": "2024-01-04"}.items():
        assert f'value="{shown}"' in page(
            client, f"/follow-ups/new/?unit=geo-branch-1&title=修订制度&due={due}"
        )


def test_what_is_open_already_is_shown_instead_of_opened_again(book: Followed) -> None:
    follow_up = book.gap()
    assert client_of(book.world, "reviewer").get(NEW)["Location"] == f"/follow-ups/{follow_up.pk}/"


@pytest.mark.parametrize(
    ("kind", "ref", "link"),
    [
        ("responsibility_item", "7", "/responsibility/items/7/"),
        ("plan_item", "7", "/plans/items/7/"),
        ("rectification", "7", "/matters/7/"),
        ("rectification", "seven", ""),
        ("something_else", "7", ""),
    ],
)
def test_an_item_of_another_page_is_one_step_away(book: Followed, kind: str, ref: str, link: str) -> None:
    follow_up = book.open(origin_kind=kind, origin_ref=ref)
    html = main_of(page(client_of(book.world, "secretary"), f"/follow-ups/{follow_up.pk}/"))
    assert (f'<p class="small"><a href="{link}">看' in html) == bool(link)


def test_without_a_unit_the_subordinates_are_offered(book: Followed) -> None:
    html = main_of(page(client_of(book.world, "reviewer"), "/follow-ups/new/?title=修订制度"))
    assert "第一党支部" in html and "第二党支部" in html
    assert 'value="geo-committee"' not in html, "never one's own unit"
    assert '<input type="hidden" name="title" value="修订制度">' in html


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"deadline": "2024-01-06"}, "1月6日是周末"),
        ({"asked": "每天打卡"}, "打卡"),
        ({"recipient": "0"}, "承办人请从列表中选"),
        ({"title": ""}, "请填写事项"),
    ],
)
def test_a_refused_form_keeps_what_was_typed(book: Followed, changes: dict[str, str], words: str) -> None:
    given = {
        "unit": "geo-branch-1", "title": "修订制度", "recipient": str(book.secretary.pk), "asked": "请修订。",
        "deadline": "2024-01-10", **changes,
    }  # fmt: skip
    answer_ = client_of(book.world, "reviewer").post("/follow-ups/new/", given)
    html = main_of(answer_.content.decode())
    assert answer_.status_code == 422
    assert words in html and given["asked"] in html
    assert not FollowUp.objects.exists()


def test_a_figure_the_ledger_has_is_flagged_before_it_is_asked_for(book: Followed) -> None:
    client = client_of(book.world, "reviewer")
    given = {
        "unit": "geo-branch-1", "title": "半年材料", "recipient": str(book.secretary.pk),
        "asked": "请统计并报送主题党日次数。", "deadline": "2024-01-10",
    }  # fmt: skip
    html = main_of(client.post("/follow-ups/new/", given).content.decode())
    assert "台账已有，不用再报" in html
    assert "/figures/life.theme_party_days" in html and 'name="why"' in html
    assert client.post("/follow-ups/new/", {**given, "why": "启用前的数要补核"}).status_code == 302


def test_what_is_no_gap_is_refused_in_words(book: Followed) -> None:
    html = page(client_of(book.world, "reviewer"), NEW.replace("2023-10", "2024-02"), status=400)
    assert "还没有到办的时候" in html


@pytest.mark.parametrize(
    "query", ["unit=met-branch-1", "unit=nowhere", "unit=geo-committee", "unit=geo-branch-1&kind=A1"]
)
def test_a_unit_or_kind_that_is_not_open_is_not_found(book: Followed, query: str) -> None:
    page(client_of(book.world, "reviewer"), f"/follow-ups/new/?{query}", status=404)


def test_the_matrix_shows_reminders_and_a_button(book: Followed) -> None:
    follow_up, client = opened(book), client_of(book.world, "reviewer")
    remind(follow_up, actor=book.actor("reviewer"), at=at(date(2023, 12, 11)))
    html = main_of(page(client, "/duties/?rule=ZB-06"))
    assert "已催1次，12月11日" in html
    assert f'action="/follow-ups/{follow_up.pk}/remind/"' in html
    assert html.count("督办<span") == 19, "the other gaps shown offer to be opened"
    client.post(f"/follow-ups/{follow_up.pk}/remind/")
    html = main_of(page(client, "/duties/?rule=ZB-06"))
    assert "已催2次，12月27日" in html and "1月4日起可再催" in html
    assert f'action="/follow-ups/{follow_up.pk}/remind/"' not in html
    assert "督办<span" not in main_of(page(client_of(book.world, "leader"), "/duties/?rule=ZB-06"))


def test_a_gap_settled_by_a_reason_is_left_alone_in_the_matrix(book: Followed) -> None:
    close(opened(book), actor=book.actor("reviewer"), reason="当月野外停工", at=at(date(2023, 12, 8)))
    client = client_of(book.world, "reviewer")
    html = main_of(page(client, "/duties/?rule=ZB-06"))
    assert "已办结，12月8日" in html and html.count("督办<span") == 19
    assert "重新发起" in main_of(page(client, "/duties/geo-branch-1/ZB-06/2023-10/"))


def test_a_general_rule_is_worded_softly(book: Followed) -> None:
    html = main_of(page(client_of(book.world, "reviewer"), "/duties/geo-branch-1/ZB-01/2023Q3/"))
    assert "提醒<span" in html and "督办<span" not in html


def test_reminding_too_early_says_when(book: Followed) -> None:
    follow_up = book.gap()
    answer_ = client_of(book.world, "reviewer").post(f"/follow-ups/{follow_up.pk}/remind/")
    assert answer_.status_code == 422
    assert "同一件事5个工作日内只提醒一次，1月4日起可以再催" in answer_.content.decode()


def test_the_recipient_is_told_on_the_workbench_and_answers(book: Followed) -> None:
    follow_up, client = opened(book), client_of(book.world, "secretary")
    workbench = main_of(page(client, "/"))
    assert re.search(r"有 <a[^>]*>1 件</a>督办等你办理", workbench)
    html = main_of(page(client, f"/follow-ups/{follow_up.pk}/"))
    assert "/record/new/theme_party_day/" in html, "led to the record that settles it"
    assert "催办</button>" not in html and "撤回" not in html
    client.post(f"/follow-ups/{follow_up.pk}/answer/", {"answer-text": "下周补开", "answer-voucher": ""})
    assert "督办等你办理" not in main_of(page(client, "/"))
    reviewer = client_of(book.world, "reviewer")
    assert "其中 1 件已回复，等您办结" in main_of(page(reviewer, "/"))
    assert "下周补开" in main_of(page(reviewer, f"/follow-ups/{follow_up.pk}/"))


def test_a_met_duty_offers_to_close_at_once_with_its_voucher(book: Followed) -> None:
    follow_up, client = opened(book), client_of(book.world, "secretary")
    voucher = book.world.posted(book.world.entry(date(2023, 10, 10)))
    html = main_of(page(client, f"/follow-ups/{follow_up.pk}/"))
    assert "台账显示已经办了：补记" in html and voucher.number in html
    client.post(f"/follow-ups/{follow_up.pk}/close/", {"close-voucher": voucher.pk, "close-reason": ""})
    html = main_of(page(client, f"/follow-ups/{follow_up.pk}/"))
    assert "已办结" in html and voucher.number in html


def test_a_closing_voucher_reversed_later_is_said(book: Followed) -> None:
    follow_up = opened(book)
    voucher = book.world.posted(book.world.entry(date(2023, 10, 10)))
    close(follow_up, actor=book.actor("reviewer"), voucher=voucher)
    assert "已被冲销" not in page(client_of(book.world, "reviewer"), f"/follow-ups/{follow_up.pk}/")
    reverse_voucher(voucher, actor=book.world.reviewer, reason="日期写错")
    html = main_of(page(client_of(book.world, "reviewer"), f"/follow-ups/{follow_up.pk}/"))
    assert "办结用的凭证已被冲销" in html and "台账现在显示“逾期未记”" in html and "重新发起" in html


def test_the_superior_may_count_it_in_the_ledger(book: Followed) -> None:
    Grant.objects.create(
        user=book.world.reviewer, unit=book.world.committee, role=Role.PREPARER, valid_from=date(2020, 1, 1)
    )  # fmt: skip
    follow_up, client = opened(book), client_of(book.world, "reviewer")
    html = main_of(page(client, f"/follow-ups/{follow_up.pk}/"))
    found = re.search(r'href="(/record/new/follow_up/[^"]+)"', html)
    assert found
    form = main_of(page(client, found.group(1).replace("&amp;", "&")))
    assert "督办：第一党支部2023年10月主题党日" in form and "2023-12-29" in form


def test_the_list_by_side_and_state(book: Followed) -> None:
    first, second = opened(book), book.open(title="修订制度")
    close(second, actor=book.actor("reviewer"), reason="核实")
    reviewer, secretary = client_of(book.world, "reviewer"), client_of(book.world, "secretary")
    for client, box in ((reviewer, "opened"), (secretary, "mine")):
        html = main_of(page(client, f"/follow-ups/?box={box}"))
        assert first.title in html and second.title not in html
        html = main_of(page(client, f"/follow-ups/?box={box}&state=closed"))
        assert second.title in html and first.title not in html
    assert first.title not in page(client_of(book.world, "outsider"), "/follow-ups/?box=all")
    assert "没有在办的督办" in page(client_of(book.world, "outsider"), "/follow-ups/")
    assert "要我办的" not in page(client_of(book.world, "administrator"), "/follow-ups/")


def test_a_missing_year_is_said_where_it_matters(book: Followed) -> None:
    book.on(date(2026, 12, 29))
    words = "缺2027年节假日数据，按周一至周五推算"
    client = client_of(book.world, "reviewer")
    assert words in page(client, "/follow-ups/new/?unit=geo-branch-1")
    follow_up = book.open(deadline=date(2027, 1, 6))
    assert words in page(client, f"/follow-ups/{follow_up.pk}/")
    assert words in page(client, "/follow-ups/")
    assert words in page(client, "/duties/calendar/?month=2027-01")
    assert words in page(client_of(book.world, "administrator"), "/follow-ups/interval/")


def test_the_calendar_marks_holidays_and_make_up_days(book: Followed) -> None:
    html = main_of(page(client_of(book.world, "secretary"), "/duties/calendar/?month=2023-10"))
    assert html.count("，中秋节、国庆节放假") >= 6
    assert "班<span" in html and "10月1日至6日中秋节、国庆节放假" in html


def test_an_administrator_sets_the_interval(book: Followed) -> None:
    client = client_of(book.world, "administrator")
    assert "国办发明电〔2023〕7号" in page(client, "/follow-ups/interval/")
    assert client.post("/follow-ups/interval/", {"workdays": "2"}).status_code == 422
    assert client.post("/follow-ups/interval/", {"workdays": "7"}).status_code == 302
    assert 'value="7"' in page(client, "/follow-ups/interval/")


def test_each_keeps_their_own_address(book: Followed) -> None:
    client = client_of(book.world, "secretary")
    assert "没有接邮件服务器" in page(client, "/follow-ups/contact/")
    assert "请填邮箱" in client.post("/follow-ups/contact/", {"wants_digest": "on"}).content.decode()
    assert (
        client.post("/follow-ups/contact/", {"email": "a@example.cn", "wants_digest": "on"}).status_code
        == 302
    )
    assert Contact.objects.get().user == book.world.secretary
    assert 'value="a@example.cn"' in page(client, "/follow-ups/contact/")
    assert "a@example.cn" not in page(client_of(book.world, "clerk"), "/follow-ups/contact/")


def test_a_longer_list_costs_no_more_queries(book: Followed) -> None:
    client = client_of(book.world, "reviewer")
    book.open(unit=book.world.other_branch, recipient=book.world.other_members[0])
    few = queries(client, "/follow-ups/?box=opened")
    for number in range(8):
        book.open(title=f"事项{number}")
    answer(book.open(title="另一件"), actor=book.actor("secretary"), text="已办")
    assert queries(client, "/follow-ups/?box=opened") == few
