"""Report pages: begin, write, resolve numbers, issue, compare; what is refused keeps what was typed."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import date

import pytest
from django.test import Client

from tests.checking.checked import checked
from tests.web.signed_in import client_of, page, queries
from tests.worlds import World, small_world
from yibenzhang.audit.models import AuditEntry
from yibenzhang.ledger.services import reverse_voucher
from yibenzhang.reports.models import Report
from yibenzhang.reports.queries import composed


@pytest.fixture
def world(db: None) -> World:
    world = small_world()
    for month in (3, 4, 5):
        world.posted(world.entry(date(2023, month, 8)))
    return world


@pytest.fixture
def clerk(world: World) -> Client:
    return client_of(world, "clerk")


@pytest.fixture
def report(world: World, clerk: Client) -> Report:
    """A branch's yearly summary as begun on the page."""
    answer = clerk.post(
        "/reports/new/", {"unit": world.branch.code, "structure": "branch-summary", "period": "2023"}
    )
    assert answer.status_code == 302
    return Report.objects.get()


def form(client: Client, report: Report) -> dict[str, str]:
    """The fields of the editing page as a browser would send them."""
    text = page(client, f"/reports/{report.pk}/edit/")
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', text))
    area = re.search(r'<textarea[^>]*name="text"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    assert area
    values = {**fields, "text": area[1]}
    return {key: html.unescape(value) for key, value in values.items() if key != "csrfmiddlewaretoken"}


def test_a_report_begins_with_the_structures_words_and_figures(report: Report, clerk: Client) -> None:
    shown = page(clerk, f"/reports/{report.pk}/")
    assert "开展主题党日" in shown
    assert 'aria-label="3次，相符"' in shown
    assert "账上未记" in shown, "the first open number is traced on the right"


def test_words_are_edited_around_figures_and_new_figures_go_in_by_name_or_pinyin(
    report: Report, clerk: Client
) -> None:
    data = form(clerk, report)
    data["text"] = "一、组织生活\n开展主题党日〔主题党日〕，参加〔ztdrcjrc〕。"
    assert clerk.post(f"/reports/{report.pk}/edit/", data).status_code == 302
    report.refresh_from_db()
    assert composed(report).text == "一、组织生活\n开展主题党日3次，参加30人次。"
    data = form(clerk, report)
    assert data["text"] == "一、组织生活\n开展主题党日〔1·3次〕，参加〔2·30人次〕。"
    data["text"] = "参加〔2·30人次〕，主题党日〔1·3次〕。发〔2023〕5号。"
    clerk.post(f"/reports/{report.pk}/edit/", data)
    report.refresh_from_db()
    assert composed(report).text == "参加30人次，主题党日3次。发〔2023〕5号。"


def test_a_name_that_is_not_understood_is_refused_and_everything_typed_is_kept(
    report: Report, clerk: Client
) -> None:
    data = form(clerk, report)
    data["text"] = "写了很久的话，〔没有的指标〕〔党课〕。"
    answer = clerk.post(f"/reports/{report.pk}/edit/", data)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "没有这个指标" in shown
    assert "写了很久的话，〔没有的指标〕〔党课〕。" in shown


def test_the_second_editor_sees_both_texts_and_overwrites_nothing(
    world: World, report: Report, clerk: Client
) -> None:
    secretary = client_of(world, "secretary")
    first, second = form(clerk, report), form(secretary, report)
    first["text"], second["text"] = "先写的，主题党日〔主题党日〕。", "后写的。"
    clerk.post(f"/reports/{report.pk}/edit/", first)
    answer = secretary.post(f"/reports/{report.pk}/edit/", second)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "先写的，主题党日〔主题党日〕。" in shown
    assert "后写的。" in shown
    report.refresh_from_db()
    assert report.text.startswith("先写的")


def test_autosave_answers_with_the_new_revision_or_the_reason(report: Report, clerk: Client) -> None:
    data = {**form(clerk, report), "quiet": "1", "text": "自动存的。"}
    saved = clerk.post(f"/reports/{report.pk}/edit/", data).content.decode()
    assert 'data-revision="2"' in saved
    stale = clerk.post(f"/reports/{report.pk}/edit/", data).content.decode()
    assert "data-conflict" in stale


def test_a_typed_number_is_linked_or_declared_on_the_desk(report: Report, clerk: Client) -> None:
    clerk.post(
        f"/reports/{report.pk}/edit/", {**form(clerk, report), "text": "支部开展主题党日3次，用时11天。"}
    )
    shown = page(clerk, f"/reports/{report.pk}/?f=1")
    assert "可能是这些指标" in shown
    report.refresh_from_db()
    linked = {"revision": report.revision, "indicator": "life.theme_party_days"}
    assert clerk.post(f"/reports/{report.pk}/figures/1/link/", linked).status_code == 302
    report.refresh_from_db()
    refused = clerk.post(
        f"/reports/{report.pk}/figures/2/declare/", {"revision": report.revision, "source": "台历"}
    )
    assert refused.status_code == 400
    declared = {"revision": report.revision, "reason": "办公室清点", "source": "台历"}
    assert clerk.post(f"/reports/{report.pk}/figures/2/declare/", declared).status_code == 302
    report.refresh_from_db()
    assert [mark.state for mark in composed(report).marks] == ["matched", "declared"]


def test_issue_compare_and_a_later_reversal_marks_the_report(
    world: World, report: Report, clerk: Client
) -> None:
    reviewer = client_of(world, "reviewer")
    assert "只有送审中的报告可以定稿" in page(reviewer, f"/reports/{report.pk}/issue/")
    clerk.post(f"/reports/{report.pk}/edit/", {**form(clerk, report), "text": "主题党日〔主题党日〕。"})
    clerk.post(f"/reports/{report.pk}/acts/submit/")
    assert reviewer.post(f"/reports/{report.pk}/issue/").status_code == 302
    assert "（第1版）" in page(clerk, f"/reports/{report.pk}/")
    assert "此后没有数字变动" in page(clerk, f"/reports/{report.pk}/diff/")
    voucher = world.branch.vouchers.order_by("pk").first()
    assert voucher
    reverse_voucher(voucher, actor=world.reviewer, reason="记错了")
    assert "已定稿的报告用到它" in page(clerk, f"/vouchers/{voucher.pk}/")
    assert "1 处数字所依据的凭证已冲销" in page(clerk, f"/reports/{report.pk}/")
    assert "所用凭证有冲销" in page(clerk, "/reports/")
    changed = page(clerk, f"/reports/{report.pk}/diff/")
    assert "文中 3次，现在 2次" in changed
    assert "已冲销" in changed
    assert voucher.number in changed
    clerk.post(f"/reports/{report.pk}/acts/roll/")
    assert Report.objects.get(period="2024").follows == report


def test_the_page_of_a_voucher_names_the_texts_that_used_it_as_far_as_the_reader_may_know(
    world: World, report: Report, clerk: Client
) -> None:
    voucher = world.branch.vouchers.order_by("pk").first()
    assert voucher
    checked(world, "第一党支部2023年总结\n\n一年来，开展主题党日3次。")
    checked(
        world,
        "澜江省地质局2023年总结\n\n一年来，开展主题党日3次。",
        unit=world.bureau,
        by=world.administrator,
    )
    reviewer = client_of(world, "reviewer")
    before = page(reviewer, f"/vouchers/{voucher.pk}/reverse/")
    assert "核过的文稿用到它" in before
    assert "第一党支部2023年总结" in before
    reverse_voucher(voucher, actor=world.reviewer, reason="记错了")
    shown = page(client_of(world, "secretary"), f"/vouchers/{voucher.pk}/")
    assert "第一党支部2023年总结" in shown
    assert "上级的文稿" in shown
    assert "澜江省地质局2023年总结" not in shown
    assert "所用凭证有冲销" in page(clerk, "/checking/list/")


def test_downloads_are_named_and_typed(report: Report, clerk: Client) -> None:
    for name, start, kind in (("docx", b"PK", "wordprocessingml"), ("sources", b"PK", "wordprocessingml"),
                              ("html", b"<!doctype", "text/html")):  # fmt: skip
        answer = clerk.get(f"/reports/{report.pk}/download/{name}/")
        assert answer.content.startswith(start)
        assert kind in answer["Content-Type"]
        assert "attachment" in answer["Content-Disposition"]


def test_names_leave_only_with_those_who_examine_or_administer_the_unit(
    world: World, report: Report, clerk: Client
) -> None:
    clerk.post(f"/reports/{report.pk}/edit/", {**form(clerk, report), "text": "参加〔ztdrcjrc〕。"})
    clerk.post(f"/reports/{report.pk}/acts/submit/")
    reviewer = client_of(world, "reviewer")
    reviewer.post(f"/reports/{report.pk}/issue/")
    name = world.members[0].name.encode()
    for client, may in ((clerk, False), (client_of(world, "leader"), False), (reviewer, True)):
        plain = client.get(f"/reports/{report.pk}/download/package/")
        named = client.get(f"/reports/{report.pk}/download/package-named/")
        assert named.status_code == (200 if may else 404)
        assert ("含姓名" in page(client, f"/reports/{report.pk}/")) == may
        with zipfile.ZipFile(io.BytesIO(plain.content)) as archive:
            assert not any(name in archive.read(each) for each in archive.namelist())
    with zipfile.ZipFile(io.BytesIO(named.content)) as archive:
        assert name in archive.read("manifest.json")
    assert AuditEntry.objects.filter(verb="report.package_named", actor=world.reviewer).count() == 1


def test_a_paste_of_three_thousand_paragraphs_is_kept_whole(report: Report, clerk: Client) -> None:
    pasted = "\r\n".join(f"第{n}段，写了一些话。" for n in range(3000))
    assert (
        clerk.post(f"/reports/{report.pk}/edit/", {**form(clerk, report), "text": pasted}).status_code == 302
    )
    report.refresh_from_db()
    assert report.text.count("\n") == 2999


def test_the_desk_costs_few_queries_however_many_issued_figures(
    world: World, report: Report, clerk: Client
) -> None:
    def issued(count: int) -> int:
        words = "，".join("主题党日〔主题党日〕" for _ in range(count))
        clerk.post(f"/reports/{report.pk}/edit/", {**form(clerk, report), "text": f"{words}。"})
        clerk.post(f"/reports/{report.pk}/acts/submit/")
        client_of(world, "reviewer").post(f"/reports/{report.pk}/issue/")
        cost = queries(clerk, f"/reports/{report.pk}/")
        clerk.post(f"/reports/{report.pk}/acts/reopen/")
        return cost

    assert issued(30) == issued(2)


def test_a_branch_is_not_offered_what_only_the_bureau_writes(world: World, clerk: Client) -> None:
    data = {"unit": world.branch.code, "structure": "geology-highlights", "period": "2023"}
    answer = clerk.post("/reports/new/", data)
    assert answer.status_code == 422
    bad = clerk.post("/reports/new/", {**data, "structure": "branch-summary", "period": "去年"})
    assert "看不懂期间" in bad.content.decode()


def test_material_at_hand_lists_what_belongs_to_the_section_largest_first(
    world: World, report: Report, clerk: Client
) -> None:
    small = world.entry(date(2023, 6, 8), title="三人小组活动")
    small.people = {"attendees": [(person, "present") for person in world.members[:3]]}
    world.posted(small)
    world.posted(world.entry(date(2023, 2, 8), unit=world.other_branch, title="别的支部的活动"))
    shown = page(clerk, f"/reports/{report.pk}/material/?section=0")
    found = re.findall(r'data-insert="([^"]*)"', shown)
    assert found == ["主题党日", "主题党日", "主题党日", "三人小组活动"]
    assert clerk.get(f"/reports/{report.pk}/material/?section=99").status_code == 404


def test_a_link_may_propose_what_the_new_report_is_about(world: World) -> None:
    address = f"/reports/new/?structure=branch-summary&unit={world.branch.code}&period=2022"
    form = client_of(world, "secretary").get(address).context["form"]
    assert (form["unit"].value(), form["structure"].value(), form["period"].value()) == (
        world.branch.code,
        "branch-summary",
        "2022",
    )
