"""Plans on pages: two steps from an item to a record, who sees what, downloads, bad input."""

from __future__ import annotations

import io
import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.shared import Mm

from tests.plans.planned_book import draft_plan, issued_plan, item_of
from tests.web.signed_in import cells, client_of, page, queries, workbook
from tests.worlds import World, small_world
from yibenzhang.ledger.services import post_voucher, reverse_voucher
from yibenzhang.plans.models import Plan, PlanFulfilment, PlanItem
from yibenzhang.plans.services import link_voucher
from yibenzhang.vouchers.models import Voucher


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def fields_of(html: str) -> dict[str, list[str]]:
    """What a browser would send of the recording form."""
    form = html[html.index('id="record-form"') :]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = (re.search(rf'\b{each}="([^"]*)"', tag) for each in ("name", "value"))
        kind = re.search(r'\btype="([^"]*)"', tag)
        is_choice = kind is not None and kind[1] in {"radio", "checkbox"}
        if name and (not is_choice or " checked" in tag) and (kind is None or kind[1] != "file"):
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def test_two_steps_from_an_item_to_a_waiting_record(world: World) -> None:
    item = item_of(issued_plan(world))
    client = client_of(world, "secretary")
    record = re.search(r'href="(/record/new/[^"]*)"', page(client, reverse("plans:item", args=[item.pk])))
    assert record is not None
    where = record[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(where).query) == {"plan_item": [str(item.pk)], "unit": [world.branch.code]}

    opened = page(client, where)
    assert "来自计划" in opened
    sent = fields_of(opened)
    assert (sent["title"], sent["event_date"], sent["unit"]) == (
        ["组织主题党日"],
        ["2023-11-30"],
        [world.branch.code],
    )
    answer = client.post(urlsplit(where).path, sent | {"act": ["submit"]})
    voucher = Voucher.objects.get()
    assert answer.url == f"{reverse('vouchers:detail', args=[voucher.pk])}?done=submitted"  # type: ignore[attr-defined]
    assert PlanFulfilment.objects.get() == item.fulfilments.get(voucher=voucher)

    shown = page(client_of(world, "clerk"), reverse("plans:detail", args=[item.plan_id]))
    assert "待审 <a" in shown
    post_voucher(voucher, actor=world.reviewer)
    voucher.refresh_from_db()
    detail = page(client, reverse("vouchers:detail", args=[voucher.pk]))
    assert f'来自计划：<a href="{reverse("plans:item", args=[item.pk])}">组织主题党日</a>' in detail
    assert "已办 <a" in page(client_of(world, "clerk"), reverse("plans:detail", args=[item.plan_id]))
    reverse_voucher(voucher, actor=world.reviewer, reason="记错了")
    assert "已办 <a" not in page(client_of(world, "clerk"), reverse("plans:detail", args=[item.plan_id]))
    client.post(reverse("vouchers:correct", args=[voucher.pk]))
    corrected = Voucher.objects.get(corrects=voucher)
    assert item.fulfilments.filter(voucher=corrected).exists(), "its correction stands for the same item"


def test_a_study_item_fills_topic_materials_and_speakers(world: World) -> None:
    row = {
        "due": "11月",
        "text": "党章",
        "people": "赵同志",
        "materials": "《中国共产党章程》",
        "programmes": "主题教育",
    }
    item = item_of(issued_plan(world, [{"text": "组织学习", "due": "11月", "lead": "第一党支部"}]))
    PlanItem.objects.filter(pk=item.pk).update(
        text=row["text"], values={"materials": row["materials"]}, programmes=["thematic_education"]
    )
    item.people.set(world.members[:1])
    client = client_of(world, "secretary")
    html = page(client, reverse("record:new", args=["collective_study"]) + f"?plan_item={item.pk}")
    assert "党章\n《中国共产党章程》" in html
    assert fields_of(html)["programmes"] == ["thematic_education"]
    lecture = page(client, reverse("record:new", args=["party_lecture"]) + f"?plan_item={item.pk}")
    assert fields_of(lecture)["f-lecturer"] == [str(world.members[0].pk)]


def test_an_item_any_kind_fulfils_leads_to_the_choice_of_kinds(world: World) -> None:
    item = item_of(issued_plan(world), 3)
    client = client_of(world, "clerk")
    html = page(client, reverse("plans:item", args=[item.pk]))
    choose = f"/record/?plan_item={item.pk}&amp;unit={world.other_branch.code}"
    assert choose in html
    kinds = page(client, choose.replace("&amp;", "&"))
    assert "来自计划" in kinds
    assert f"{reverse('record:new', args=['theme_party_day'])}?plan_item={item.pk}&amp;unit=" in kinds


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?title=义务植树&date=2023-03-12", 'value="义务植树"'),
        ("?date=2023-03-12", 'value="2023-03-12"'),
        ("?title=%3Cscript%3E", 'value="&lt;script&gt;"'),
        ("?date=昨天", "写成 2024-08-31 这样"),
        ("?programmes=thematic_education&date=2020-01-01", "不含这一天"),
        ("?programmes=nonsense", "主题党日"),
        ("?f-attendees=999999", "主题党日"),
        ("?plan_item=999999999", "主题党日"),
        ("?plan_item=x", "主题党日"),
    ],
)
def test_answers_in_the_query_are_read_like_typed_ones(world: World, query: str, shown: str) -> None:
    html = page(client_of(world, "secretary"), reverse("record:new", args=["theme_party_day"]) + query)
    assert shown in html
    assert html.count('aria-label="实到" checked') == 10, "everyone is present by default"
    assert not Voucher.objects.exists()


def test_a_foreign_item_prefills_nothing(world: World) -> None:
    item = item_of(issued_plan(world))
    html = page(
        client_of(world, "outsider"),
        reverse("record:new", args=["theme_party_day"]) + f"?plan_item={item.pk}",
    )
    assert "来自计划" not in html
    assert "组织主题党日" not in html


def test_a_unit_sees_the_tasks_it_leads_or_supports_but_not_the_plan_of_the_tier_above(world: World) -> None:
    plan = issued_plan(world)
    client = client_of(world, "secretary")
    assert client.get(reverse("plans:detail", args=[plan.pk])).status_code == 404
    listed = page(client, reverse("plans:list"))
    assert "组织主题党日" in listed
    assert "开展结对共建" not in listed, "another branch leads it"
    task = page(client, reverse("plans:item", args=[item_of(plan).pk]))
    assert "澜地党〔2023〕3号《机关党委2023年党建工作要点》" in task
    assert client.get(reverse("plans:item", args=[item_of(plan, 3).pk])).status_code == 404
    assert "工作计划" in page(client, reverse("workbench"))


def test_a_draft_is_seen_by_who_writes_or_issues_it(world: World) -> None:
    plan = draft_plan(world)
    where = reverse("plans:detail", args=[plan.pk])
    seen = {name: client_of(world, name).get(where).status_code for name in world.users}
    assert seen == {
        "clerk": 200, "reviewer": 200,
        "secretary": 404, "leader": 404, "administrator": 404, "outsider": 404,
    }  # fmt: skip
    item = plan.items.get(number=1)
    assert client_of(world, "secretary").get(reverse("plans:item", args=[item.pk])).status_code == 404


def test_the_form_saves_moves_and_drops_rows(world: World) -> None:
    plan = draft_plan(world)
    client = client_of(world, "clerk")
    where = reverse("plans:edit", args=[plan.pk])
    html = page(client, where)
    data = {
        name: value
        for name, value in re.findall(r'name="(\d+\.\w+)" value="([^"]*)"', html)
        if ".drop" not in name
    }
    data = {name: value for name, value in data.items() if value}
    data |= {"revision": str(plan.revision), "3.order": "1", "2.drop": "1", "title": "新名称", "act": "save"}
    for number in range(1, 6):
        data.setdefault(f"{number}.text", "")
    assert client.post(where, data).status_code == 302
    plan.refresh_from_db()
    assert (plan.title, [item.text for item in plan.items.order_by("number")]) == (
        "新名称",
        ["开展结对共建", "组织主题党日"],
    )


def test_faults_keep_what_was_typed(world: World) -> None:
    plan = draft_plan(world)
    answer = client_of(world, "clerk").post(
        reverse("plans:edit", args=[plan.pk]),
        {"revision": plan.revision, "1.text": "调研<b>", "1.due": "某天", "1.lead": "无此单位"},
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "调研&lt;b&gt;" in html
    assert "第 1 行“完成时限”：“某天”看不懂" in html
    assert plan.items.count() == 3


def test_the_second_editor_sees_both_versions(world: World) -> None:
    plan = draft_plan(world)
    client, where = client_of(world, "clerk"), reverse("plans:edit", args=[plan.pk])
    data = {"revision": plan.revision, "1.text": "甲", "1.due": "3月"}
    assert client.post(where, data).status_code == 302
    answer = client.post(where, data | {"1.text": "乙"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert ("现在存着的 1 行" in html, 'value="乙"' in html) == (True, True)
    revision = re.search(r'name="revision" value="(\d+)"', html)
    assert revision is not None
    assert client.post(where, data | {"1.text": "乙", "revision": revision[1]}).status_code == 302
    assert plan.items.get().text == "乙"


def test_pasted_lines_and_workbooks_are_added_or_refused_whole(world: World) -> None:
    plan = draft_plan(world)
    client, where = client_of(world, "clerk"), reverse("plans:import", args=[plan.pk])
    bad = client.post(where, {"pasted": "任务\t完成时限\n甲\t3月\n乙\t某天"})
    assert bad.status_code == 422
    assert "第 3 行“完成时限”" in bad.content.decode()
    assert plan.items.count() == 3
    assert client.post(where, {"pasted": "任务\t完成时限\n甲\t3月"}).status_code == 302
    upload = SimpleUploadedFile("要点.xlsx", _workbook([["任务", "完成时限"], ["丙", "10-31"]]))
    assert client.post(where, {"file": upload}).status_code == 302
    assert [item.text for item in plan.items.order_by("number")][3:] == ["甲", "丙"]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "没有读到内容"), (b"not a workbook", "不是"), (b"\xd0\xcf\x11\xe0old", "旧的 .xls")],
)
def test_a_file_that_is_no_workbook_is_refused_in_words(world: World, content: bytes, says: str) -> None:
    plan = draft_plan(world)
    data = {"file": SimpleUploadedFile("a.xlsx", content)} if content else {"pasted": "\n\t\n"}
    answer = client_of(world, "clerk").post(reverse("plans:import", args=[plan.pk]), data)
    assert (answer.status_code, says in answer.content.decode()) == (422, True)


def test_the_workbook_says_plan_and_done_and_can_be_brought_in_again(world: World) -> None:
    plan = issued_plan(world)
    link_voucher(item_of(plan), world.posted(world.entry(date(2023, 11, 8))), actor=world.clerk)
    client = client_of(world, "clerk")
    sheet = workbook(client, reverse("plans:download", args=[plan.pk, "xlsx"]))["工作要点"]
    head, first, second, _ = cells(sheet)
    assert dict(zip(head, first, strict=True))["状态"] == "已办"
    assert dict(zip(head, second, strict=True))["状态"] == "逾期未记"
    again = draft_plan(world, [])
    upload = SimpleUploadedFile("a.xlsx", _workbook([head, first, second]))
    assert client.post(reverse("plans:import", args=[again.pk]), {"file": upload}).status_code == 302
    assert [item.text for item in again.items.order_by("number")] == ["组织主题党日", "印发支部工作规范"]


def test_the_official_table_holds_every_item(world: World) -> None:
    plan = issued_plan(world)
    answer = client_of(world, "clerk").get(reverse("plans:download", args=[plan.pk, "docx"]))
    document = Document(io.BytesIO(answer.content))
    table = document.tables[0]
    heads = [cell.text for cell in table.rows[0].cells]
    assert heads == ["序号", "任务", "牵头单位", "配合单位", "完成时限", "节点", "状态"]
    assert [row.cells[1].text for row in table.rows[1:]] == [
        "组织主题党日",
        "印发支部工作规范",
        "开展结对共建",
    ]
    section = document.sections[0]
    across = round((section.page_width or 0) / Mm(1)), round((section.page_height or 0) / Mm(1))
    assert across == (297, 210)
    assert [p.text for p in document.paragraphs][:2] == [plan.title, "澜地党〔2023〕3号"]


def test_the_template_has_the_columns_of_the_sort(world: World) -> None:
    plan = draft_plan(world, [], sort="training")
    answer = client_of(world, "clerk").get(reverse("plans:template", args=[plan.pk]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active  # type: ignore[attr-defined]
    assert [cell.value for cell in sheet[1]][:5] == ["班名", "月份", "对象", "计划人数", "天数"]


def test_issuing_amending_and_rolling_forward_by_hand(world: World) -> None:
    plan = draft_plan(world)
    reviewer, clerk = client_of(world, "reviewer"), client_of(world, "clerk")
    assert "共 3 项" in page(reviewer, reverse("plans:issue", args=[plan.pk]))
    answer = reviewer.post(
        reverse("plans:issue", args=[plan.pk]), {"revision": plan.revision, "on": "2023-02-01"}
    )
    assert answer.status_code == 302
    plan.refresh_from_db()
    item = item_of(plan)
    amend = reverse("plans:amend", args=[item.pk])
    sent = {
        "revision": plan.revision,
        "1.text": "组织主题党日活动",
        "1.due": "11月",
        "1.lead": "第一党支部",
        "1.kind": "主题党日",
        "day": "2023-05-05",
    }
    assert "请写明理由" in reviewer.post(amend, sent).content.decode()
    assert reviewer.post(amend, sent | {"reason": "措辞"}).status_code == 302
    shown = page(clerk, reverse("plans:item", args=[item.pk]))
    assert "任务：组织主题党日 → 组织主题党日活动" in shown
    plan.refresh_from_db()
    cancel = {"revision": plan.revision, "act": "cancel", "reason": "并入他项", "day": "2023-06-01"}
    assert reviewer.post(amend, cancel).status_code == 302
    assert "并入他项" in page(clerk, reverse("plans:detail", args=[plan.pk]))
    answer = clerk.post(reverse("plans:act", args=[plan.pk, "roll"]))
    new = Plan.objects.get(year=2024)
    assert (answer.url, new.items.count()) == (reverse("plans:edit", args=[new.pk]), 2)  # type: ignore[attr-defined]
    assert clerk.post(reverse("plans:act", args=[new.pk, "discard"])).status_code == 302
    assert not Plan.objects.filter(year=2024).exists()


def test_a_recorded_voucher_is_linked_and_let_go_by_hand(world: World) -> None:
    item = item_of(issued_plan(world))
    voucher = world.posted(world.entry(date(2023, 11, 8)))
    client, where = client_of(world, "clerk"), reverse("plans:link", args=[item.pk])
    assert "1 笔可选" in page(client, reverse("plans:item", args=[item.pk]))
    assert client.post(where, {"voucher": voucher.pk}).status_code == 302
    assert item.fulfilments.exists()
    assert client.post(where, {"voucher": voucher.pk, "act": "remove"}).status_code == 302
    assert not item.fulfilments.exists()
    assert client.post(where, {"voucher": 10**9}).status_code == 404


def test_an_overdue_task_leads_to_a_follow_up_for_who_stands_above_its_lead(world: World) -> None:
    rows = [{"text": "印发支部工作规范", "lead": "第一党支部", "due": "2023-10-31"}]
    item = item_of(issued_plan(world, rows))
    where = reverse("plans:item", args=[item.pk])
    link = re.search(r'href="(/follow-ups/new/[^"]*)"', page(client_of(world, "reviewer"), where))
    assert link is not None
    assert f"kind=plan_item&amp;ref={item.pk}&amp;unit={world.branch.code}" in link[1]
    page(client_of(world, "reviewer"), link[1].replace("&amp;", "&"))
    assert "/follow-ups/new/" not in page(client_of(world, "secretary"), where)


def test_records_are_found_by_month_and_name(world: World) -> None:
    plan = issued_plan(world)
    world.posted(world.entry(date(2023, 11, 8), title="第一党支部组织主题党日"))
    answer = client_of(world, "clerk").post(reverse("plans:act", args=[plan.pk, "match"]), follow=True)
    assert "找到并关联了 1 笔" in answer.content.decode()
    assert item_of(plan).fulfilments.count() == 1


def test_what_the_ledger_knows_is_flagged_before_issue(world: World) -> None:
    plan = draft_plan(world, [{"text": "每季度报送主题党日次数", "due": "3月"}])
    assert "台账已有，不用再报" in page(client_of(world, "reviewer"), reverse("plans:issue", args=[plan.pk]))


def _workbook(rows: list[list[object]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, (str, int)):
                    sheet.write(number, column, value)
    return buffer.getvalue()


def test_an_unknown_download_or_act_is_not_found(world: World) -> None:
    plan = issued_plan(world)
    client: Client = client_of(world, "clerk")
    assert client.get(reverse("plans:download", args=[plan.pk, "pdf"])).status_code == 404
    assert client.post(reverse("plans:act", args=[plan.pk, "burn"])).status_code == 404


@pytest.mark.parametrize("where", ["detail", "tasks"])
def test_more_items_cost_no_more_queries(world: World, where: str) -> None:
    rows = [
        {"text": f"任务{number}", "due": "2023-10-31", "kind": "主题党日", "lead": "第一党支部"}
        for number in range(12)
    ]
    few, many = (issued_plan(world, rows[:count], unit=world.branch) for count in (2, 12))
    reader = client_of(world, "leader" if where == "detail" else "secretary")
    if where == "detail":
        costs = [queries(reader, reverse("plans:detail", args=[plan.pk])) for plan in (few, many)]
    else:
        costs = [queries(reader, reverse("plans:list") + "?sort=tasks")]
        many.items.all().delete()
        costs.append(queries(reader, reverse("plans:list") + "?sort=tasks"))
    assert costs[0] == costs[1]
