"""Pages of lists: compose, paste, import, two editors, split, review, statements, downloads re-opened; scope."""

from __future__ import annotations

import io
from datetime import date

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx.enum.section import WD_ORIENT

from tests.plans.planned_book import issued_plan, item_of
from tests.responsibility.listed_book import DEADLINE, draft_list, issued_item, issued_lists, worded
from tests.web.signed_in import FORMULA, client_of, page
from tests.worlds import FOUNDED, World, small_world
from yibenzhang.access.scope import actor_for
from yibenzhang.followups.services import open_follow_up
from yibenzhang.organisation.models import Guidance, Unit
from yibenzhang.organisation.services import found_unit, guide
from yibenzhang.responsibility.issuing import issue_list
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList, Review, Statement
from yibenzhang.responsibility.queries import items_of
from yibenzhang.responsibility.splitting import split_items


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def item_data(**changes: object) -> dict[str, object]:
    """A filled item form."""
    return {
        "text": "走访困难党员",
        "deadline": "2023-06-30",
        "shown_by": "stated",
        "covers": "own",
        **changes,
    }


def test_a_list_is_composed_in_one_go_from_pasted_lines(world: World) -> None:
    clerk = client_of(world, "clerk")
    data = {
        "title": "2023年支部责任清单",
        "recipients": [world.branch.code, world.other_branch.code],
        "lines": "事项\t依据\t期限\n每月开展主题党日\t《支部工作条例》\t年底\n走访困难党员\t\t6月底",
    }
    answer = clerk.post(f"/responsibility/new/?unit={world.committee.code}&year=2023", data)
    draft = ResponsibilityList.objects.get()
    assert answer.url == f"/responsibility/{draft.pk}/"
    shown = page(clerk, answer.url)
    assert "走访困难党员" in shown and "第二党支部" in shown and "由机关党委的审核人印发" in shown


def test_an_item_may_look_at_a_plan_and_leads_there(world: World) -> None:
    planned = item_of(issued_plan(world))
    clerk = client_of(world, "clerk")
    draft = draft_list(world)
    address = f"/responsibility/{draft.pk}/add/"
    assert f'value="{planned.pk}">1. 组织主题党日' in page(clerk, address)
    refused = clerk.post(address, item_data(shown_by="plan"))
    assert refused.status_code == 422 and "请选看哪一份计划的哪一项" in refused.content.decode()
    clerk.post(address, item_data(shown_by="plan", plan_item=planned.pk))
    draft.refresh_from_db()
    issued = issue_list(draft, revision=draft.revision, actor=world.reviewer, on=date(2023, 2, 20))[0]
    item = items_of([issued])[-1]
    shown = page(client_of(world, "secretary"), f"/responsibility/items/{item.pk}/")
    assert f'href="/plans/items/{planned.pk}/"' in shown and "应办1次，已办0次" in shown


def test_a_line_that_cannot_be_read_keeps_everything_typed(world: World) -> None:
    clerk = client_of(world, "clerk")
    data = {"title": "清单", "recipients": [world.branch.code], "lines": "走访困难党员\t\t尽快"}
    answer = clerk.post(f"/responsibility/new/?unit={world.committee.code}", data)
    text = answer.content.decode()
    assert answer.status_code == 422 and "第1行" in text and "尽快" in text
    assert not ResponsibilityList.objects.exists()


def test_all_branches_are_ticked_at_once(world: World) -> None:
    for number in (3, 4):
        unit = found_unit(
            code=f"b{number}", name=f"第{number}支部", unit_type="branch", parent=world.committee, on=FOUNDED
        )
        guide(superior=world.committee, subordinate=unit, kind=Guidance.LEADS, on=FOUNDED)
    clerk = client_of(world, "clerk")
    url = f"/responsibility/new/?unit={world.committee.code}"
    assert "全部支部（4 个）" in page(clerk, url)
    clerk.post(url, {"title": "清单", "all_branches": "on"})
    assert ResponsibilityList.objects.get().recipients.count() == 4


def test_more_lines_are_added_all_or_none(world: World) -> None:
    clerk, draft = client_of(world, "clerk"), draft_list(world)
    bad = clerk.post(f"/responsibility/{draft.pk}/paste/", {"lines": "好的一项\t\t6月底\n积分排名\t\t6月底"})
    assert bad.status_code == 422 and "第2行" in bad.content.decode() and draft.items.count() == 1
    clerk.post(f"/responsibility/{draft.pk}/paste/", {"lines": "好的一项\t\t6月底\n又一项\t\t9月底"})
    assert draft.items.count() == 3


def workbook(rows: list[list[object]]) -> SimpleUploadedFile:
    """An uploaded .xlsx."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return SimpleUploadedFile("清单.xlsx", file.getvalue())


def test_a_workbook_is_brought_in_by_the_template_s_columns(world: World) -> None:
    clerk, draft = client_of(world, "clerk"), draft_list(world)
    url = f"/responsibility/{draft.pk}/import/"
    clerk.post(
        url,
        {
            "file": workbook(
                [["事项", "依据", "期限", "责任人"], ["讲党课", "《条例》", date(2023, 9, 30), "书记"]]
            )
        },
    )
    added = items_of([draft])[-1].current
    assert (added.text, added.basis, added.deadline, added.lead) == (
        "讲党课",
        "《条例》",
        date(2023, 9, 30),
        "书记",
    )
    for file, said in (
        (SimpleUploadedFile("a.xlsx", b"not a workbook"), "不是 Word 或 Excel 文件"),
        (workbook([["讲党课", "《条例》"]]), "没有写期限"),
        (workbook([]), "没有找到事项"),
    ):
        answer = clerk.post(url, {"file": file})
        assert answer.status_code == 422 and said in answer.content.decode(), said
    assert draft.items.count() == 2


def test_the_second_editor_sees_both_wordings(world: World) -> None:
    draft = draft_list(world)
    item = items_of([draft])[0]
    url = f"/responsibility/items/{item.pk}/edit/"
    client_of(world, "clerk").post(url, item_data(text="甲写的", revision=1))
    answer = client_of(world, "reviewer").post(url, item_data(text="乙写的", revision=1))
    text = answer.content.decode()
    assert answer.status_code == 422 and "甲写的" in text and "乙写的" in text
    assert items_of([draft])[0].current.text == "甲写的"
    again = client_of(world, "reviewer").post(url, item_data(text="乙写的", revision=2))
    assert again.status_code == 302 and items_of([draft])[0].current.text == "乙写的"


def test_an_item_on_a_figure_offers_no_barred_and_no_ratio_indicator(world: World) -> None:
    form = page(client_of(world, "clerk"), f"/responsibility/{draft_list(world).pk}/add/")
    assert "life.theme_party_days" in form
    assert "publicity.briefs" not in form and "training.subject_coverage" not in form


def test_a_draft_that_asks_for_a_known_figure_says_so(world: World) -> None:
    draft = draft_list(world, items=[worded("每季度报送主题党日次数")])
    shown = page(client_of(world, "clerk"), f"/responsibility/{draft.pk}/")
    assert "台账已有，不用再报" in shown and "/figures/life.theme_party_days/" in shown


def test_issuing_asks_for_the_draft_that_was_read(world: World) -> None:
    draft = draft_list(world)
    reviewer = client_of(world, "reviewer")
    url = f"/responsibility/{draft.pk}/issue/"
    stale = reviewer.post(url, {"on": "2023-02-20", "revision": draft.revision - 1})
    assert stale.status_code == 422 and "刚改过" in stale.content.decode()
    assert reviewer.post(url, {"on": "2023-02-20", "revision": draft.revision}).status_code == 302
    draft.refresh_from_db()
    assert draft.unit == world.branch
    shown = page(reviewer, f"/responsibility/{draft.pk}/")
    assert "记入台账" not in shown, "the reviewer does not record for the committee"
    assert "/record/new/responsibility_list/" in page(
        client_of(world, "clerk"), f"/responsibility/{draft.pk}/"
    )


def chain(world: World) -> tuple[ResponsibilityItem, list[ResponsibilityItem]]:
    """The committee's own item, and the branches' items that came from it."""
    own = issued_lists(world, units=[world.committee], title="机关党委清单", items=[worded("帮助薄弱支部")])[
        0
    ]
    draft = split_items(
        items_of([own]), units=[world.branch, world.other_branch], title="支部清单", actor=world.clerk
    )
    given = issue_list(draft, revision=draft.revision, actor=world.reviewer, on=date(2023, 3, 1))
    return items_of([own])[0], items_of(given)


def test_a_unit_sees_from_whose_item_its_own_came_and_no_more(world: World) -> None:
    top, (mine, theirs) = chain(world)
    secretary = client_of(world, "secretary")
    shown = page(secretary, f"/responsibility/items/{mine.pk}/")
    assert "帮助薄弱支部" in shown and "机关党委第1项" in shown
    assert f"/responsibility/items/{top.pk}/" not in shown, "the superior's list is not open to the branch"
    assert secretary.get(f"/responsibility/items/{theirs.pk}/").status_code == 404
    above = page(client_of(world, "clerk"), f"/responsibility/items/{top.pk}/")
    assert "2个支部，2个逾期未记（第一党支部、第二党支部）" in above


def test_the_four_tier_page_shows_what_went_down_and_what_came_back(world: World) -> None:
    chain(world)
    shown = page(client_of(world, "leader"), "/responsibility/tiers/?year=2023")
    assert "2 份清单，2 项，其中 2 项从上级拆来" in shown
    assert "2个支部，2个逾期未记" in shown and "%" not in shown.split("<main")[1].split("</main")[0]
    assert "没有印发的清单" in page(client_of(world, "outsider"), "/responsibility/tiers/?year=2023")


def test_splitting_begins_a_draft_of_the_receiving_unit(world: World) -> None:
    own = issued_lists(world, units=[world.committee], title="机关党委清单")[0]
    item = items_of([own])[0]
    clerk = client_of(world, "clerk")
    assert "checked" in page(clerk, f"/responsibility/{own.pk}/split/?item={item.pk}")
    none = clerk.post(
        f"/responsibility/{own.pk}/split/", {"title": "支部清单", "recipients": [world.branch.code]}
    )
    assert none.status_code == 422 and "请选要拆分的事项" in none.content.decode()
    data = {"title": "支部清单", "recipients": [world.branch.code], "items": [item.pk]}
    answer = clerk.post(f"/responsibility/{own.pk}/split/", data)
    draft = ResponsibilityList.objects.get(title="支部清单")
    assert answer.url == f"/responsibility/{draft.pk}/" and draft.issued_by == world.committee
    assert draft.items.get().origin == item


def test_the_review_keeps_notes_when_one_is_missing(world: World) -> None:
    shown = issued_lists(world, items=[worded(deadline=date(2023, 6, 1)), worded("讲党课")])[0]
    late, other = items_of([shown])
    reviewer = client_of(world, "reviewer")
    url = f"/responsibility/{shown.pk}/review/"
    answer = reviewer.post(url, {f"note_{other.pk}": "写得很好"})
    text = answer.content.decode()
    assert answer.status_code == 400 and "第1项逾期未记" in text and "写得很好" in text
    assert not Review.objects.exists()
    both = {f"note_{late.pk}": "年底前补上", f"note_{other.pk}": "年底前补上"}
    assert reviewer.post(url, both).status_code == 302 and Review.objects.count() == 2
    assert "年底前补上" in page(client_of(world, "secretary"), f"/responsibility/{shown.pk}/")


def test_a_statement_names_who_and_when_and_takes_only_a_voucher_in_scope(world: World) -> None:
    item = issued_item(world)
    secretary = client_of(world, "secretary")
    url = f"/responsibility/items/{item.pk}/state/"
    wrong = secretary.post(url, {"text": "办完了", "voucher": "2023-9999", "is_done": "on"})
    assert wrong.status_code == 422 and "找不到凭证" in wrong.content.decode()
    voucher = world.submitted(world.entry(date(2023, 10, 20)))
    done = secretary.post(url, {"text": "办完了", "voucher": voucher.number, "is_done": "on"})
    assert done.status_code == 302 and Statement.objects.get().voucher == voucher
    shown = page(secretary, f"/responsibility/items/{item.pk}/")
    assert "待审" in shown and "办完了" in shown and "2023年12月27日" in shown


def test_an_overdue_item_leads_to_a_follow_up(world: World) -> None:
    item = issued_item(world)
    shown = page(client_of(world, "reviewer"), f"/responsibility/{item.list.pk}/")
    link = f"/follow-ups/new/?kind=responsibility_item&amp;ref={item.pk}&amp;unit={world.branch.code}"
    assert link in shown
    secretary = client_of(world, "secretary")
    assert link not in page(secretary, f"/responsibility/{item.list.pk}/")
    opened = open_follow_up(
        unit=world.branch, recipient=world.members[0], deadline=date(2024, 1, 12),
        asked="请办结或说明原因。", title="研究支部工作", origin_kind="responsibility_item", origin_ref=str(item.pk),
        actor=actor_for(world.reviewer),
    )  # fmt: skip
    for username in ("reviewer", "secretary"):
        shown = page(client_of(world, username), f"/responsibility/items/{item.pk}/")
        assert f"/follow-ups/{opened.pk}/" in shown and link not in shown, "one at a time"


def test_an_amendment_shows_old_and_new(world: World) -> None:
    item = issued_item(world)
    reviewer = client_of(world, "reviewer")
    url = f"/responsibility/items/{item.pk}/edit/"
    data = item_data(text="每半年研究一次支部工作", deadline="2023-12-31", revision=1)
    refused = reviewer.post(url, data)
    assert refused.status_code == 422 and "变更的理由" in refused.content.decode()
    assert reviewer.post(url, data | {"reason": "上级要求调整"}).status_code == 302
    shown = page(client_of(world, "secretary"), f"/responsibility/items/{item.pk}/")
    assert "每半年研究一次支部工作" in shown and "每季度研究一次支部工作" in shown and "上级要求调整" in shown


def bytes_of(client: Client, url: str) -> bytes:
    """The body of a download."""
    answer = client.get(url)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_word_table_lies_across_and_holds_every_item(world: World) -> None:
    _, (mine, _) = chain(world)
    data = bytes_of(client_of(world, "secretary"), f"/responsibility/{mine.list.pk}/download/docx/")
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge.mm) for edge in edges] == [28, 26, 35, 37]
    (table,) = document.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["序号", "事项", "依据", "期限", "责任人", "来源", "进展"]
    assert cells[1][1] == "帮助薄弱支部" and cells[1][3] == "10月31日"
    assert cells[1][5:] == ["机关党委第1项", "逾期未记"]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "责任单位：第一党支部" in text and "2023年3月1日" in text


def test_the_workbook_keeps_days_as_days_and_formulas_as_text(world: World) -> None:
    item = issued_item(world, worded(FORMULA))
    data = bytes_of(client_of(world, "secretary"), f"/responsibility/{item.list.pk}/download/xlsx/")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    rows = list(sheet.iter_rows(values_only=True))
    head = next(n for n, row in enumerate(rows) if row[0] == "序号")
    assert rows[head + 1][:2] == (1, FORMULA) and rows[head + 1][3].date() == DEADLINE
    cell = sheet.cell(row=head + 2, column=2)
    assert cell.data_type == "s"


def test_next_year_s_draft_is_offered_to_who_composes(world: World) -> None:
    shown = issued_lists(world)[0]
    client_of(world, "clerk").post(f"/responsibility/{shown.pk}/next-year/")
    draft = ResponsibilityList.objects.get(year=2024)
    assert draft.is_draft and [each.unit for each in draft.recipients.all()] == [world.branch]


def test_lists_of_a_year_are_counted_by_state(world: World) -> None:
    issued_lists(world, units=[world.branch, world.other_branch], items=[worded(), worded("讲党课")])
    secretary = client_of(world, "secretary")
    shown = page(secretary, "/responsibility/?year=2023")
    assert shown.count("2023年责任清单") == 1 and "逾期未记 2" in shown
    assert "还没有收到清单" in page(secretary, "/responsibility/?year=2022")
    for bad in ("?year=20x3", "?year=0000", "?box=theirs", "?page=0"):
        assert secretary.get(f"/responsibility/{bad}").status_code == 400


def test_what_names_no_unit_in_scope_is_not_there(world: World) -> None:
    clerk = client_of(world, "clerk")
    assert clerk.get(f"/responsibility/new/?unit={world.foreign_branch.code}").status_code == 404
    foreign = Unit.objects.get(code="met-committee")
    data = {"title": "清单", "recipients": [foreign.code]}
    answer = clerk.post(f"/responsibility/new/?unit={world.committee.code}", data)
    assert answer.status_code == 422 and not ResponsibilityList.objects.exists()
