"""The ledger's pages: filters, lines, totals, exports, periods."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.signed_in import FORMULA, cells, client_of, days, page, queries, workbook
from tests.worlds import World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.ledger.models import Closing
from yibenzhang.ledger.services import close_month, reverse_voucher
from yibenzhang.vouchers.entry import Entry


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_postings_come_newest_first_and_lead_to_their_voucher(world: World) -> None:
    world.posted(world.entry(date(2023, 3, 5), title="三月活动"))
    world.posted(world.entry(date(2023, 2, 5), title="二月活动"))
    html = page(client_of(world, "leader"), "/ledger/")
    assert html.index("二月活动") < html.index("三月活动"), "order of posting, not of event"


def test_a_reversal_is_a_red_line_beside_the_one_it_cancels(world: World) -> None:
    voucher = world.posted()
    reverse_voucher(voucher, actor=world.reviewer, reason="重记")
    html = page(client_of(world, "leader"), "/ledger/")
    assert html.count("红字冲销") >= 1
    assert "−10" in html


def test_each_filter_narrows_the_lines(world: World) -> None:
    world.posted(world.entry(date(2023, 3, 5), title="三月活动"))
    world.posted(world.entry(date(2023, 4, 5), unit=world.other_branch, title="四月活动"))
    client = client_of(world, "leader")
    assert "四月活动" not in page(client, "/ledger/?period=2023-03")
    assert "三月活动" not in page(client, f"/ledger/?unit={world.other_branch.code}")
    assert "三月活动" not in page(client, f"/ledger/?unit={world.bureau.code}&scope=own")
    assert "三月活动" not in page(client, "/ledger/?kind=party_lecture")
    assert "三月活动" not in page(client, "/ledger/?programme=thematic_education")
    assert "三月活动" not in page(client, "/ledger/?account=training.class")
    assert "三月活动" not in page(client, "/ledger/?person=nobody")
    assert "三月活动" not in page(client, "/ledger/?matter=nothing")
    assert "三月活动" not in page(client, "/ledger/?as_of=1&period=2023-04")


def test_totals_name_one_measure_for_each_account(world: World) -> None:
    world.posted()
    world.posted(world.entry(date(2023, 11, 5)))
    html = page(client_of(world, "leader"), "/ledger/")
    totals = html.split('id="h-totals"')[1]
    assert "2 次" in totals
    assert "20 人次" in totals


def test_a_stranger_sees_nothing_of_it(world: World) -> None:
    world.posted(world.entry(title="三月活动"))
    client = client_of(world, "outsider")
    assert "三月活动" not in page(client, "/ledger/")
    page(client, f"/ledger/?unit={world.branch.code}", 404)


@pytest.mark.parametrize(
    "query",
    ["period=2023-13", "period=x", "scope=all", "kind=x", "account=x", "programme=x", "page=0", "page=x",
     "page=9999", "as_of=yesterday", "as_of=1999-01-01"],
)  # fmt: skip
def test_bad_input_is_answered_with_what_to_write(world: World, query: str) -> None:
    for url in ("/ledger/", "/ledger/export.xlsx"):
        if not (url.endswith("xlsx") and query.startswith("page")):
            assert "请" in page(client_of(world, "leader"), f"{url}?{query}", 400)


def test_pages_cost_the_same_with_few_and_many_rows(world: World) -> None:
    client = client_of(world, "leader")
    for day in days(5):
        world.posted(world.entry(day))
    few = queries(client, "/ledger/")
    for day in days(45):
        world.posted(world.entry(day))
    assert queries(client, "/ledger/") == few


def test_a_wide_scope_shows_the_same_lines_and_sums_them_when_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.posted(world.entry(date(2023, 3, 5), title="三月活动"))
    world.posted(world.entry(date(2022, 3, 5), title="去年的活动"))
    client = client_of(world, "leader")
    narrow = page(client, "/ledger/").split("<tbody>")[1].split("</tbody>")[0]
    monkeypatch.setattr("yibenzhang.web.ledger.asked.WIDE", 1)
    html = page(client, "/ledger/")
    assert html.split("<tbody>")[1].split("</tbody>")[0] == narrow
    assert "三月活动" in html
    assert "h-totals" in html
    assert "10 人次" not in html.split("</tbody>")[1]
    assert "10 人次" in page(client, "/ledger/?totals=1").split('id="h-totals"')[1]


def test_the_export_has_every_line_of_the_filter_and_says_which(world: World) -> None:
    for day in days(30):
        world.posted(world.entry(day))
    rows = cells(
        workbook(client_of(world, "leader"), "/ledger/export.xlsx?period=2023&account=life.theme_party_day")[
            "台账"
        ]
    )
    heads = {row[0]: row[1] for row in rows if row[0] in {"单位", "期间", "科目", "账面位置", "账链摘要"}}
    assert heads["期间"] == "2023年"
    assert heads["账面位置"] == "第 30 笔"
    assert len(str(heads["账链摘要"])) == 64
    assert sum(1 for row in rows if row[7] == "主题党日") == 30


def admission(world: World, title: str = "接收预备党员大会") -> None:
    """A record whose lines name a person."""
    kind = current_catalogue().kind("member_admission")
    people = {"persons": [(world.members[0], "present")]}
    entry = Entry(unit=world.branch, kind=kind, title=title, event_date=date(2023, 7, 1), people=people)
    world.posted(entry)


def test_the_export_writes_formulas_as_text(world: World) -> None:
    admission(world, FORMULA)
    sheet = workbook(client_of(world, "leader"), "/ledger/export.xlsx")["台账"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert FORMULA in {value for row in cells(sheet) for value in row}


@pytest.mark.parametrize(
    ("username", "name"), [("leader", "赵*"), ("reviewer", "赵同志"), ("administrator", "赵同志")]
)
def test_names_leave_masked_unless_the_reader_reviews_or_administers(
    world: World, username: str, name: str
) -> None:
    admission(world)
    rows = cells(workbook(client_of(world, username), "/ledger/export.xlsx")["台账"])
    assert {row[10] for row in rows if row[4] == "接收预备党员大会"} == {name}


def test_lines_about_a_person_are_found_by_pinyin(world: World) -> None:
    admission(world)
    world.posted(world.entry(title="三月活动"))
    html = page(client_of(world, "leader"), "/ledger/?person=ztz")
    assert "接收预备党员大会" in html
    assert "三月活动" not in html


def test_closing_and_opening_a_month_leaves_marks(world: World) -> None:
    world.posted()
    client = client_of(world, "administrator")
    assert client.post(f"/ledger/periods/{world.bureau.code}/202312/close/").status_code == 302
    assert "已结账" in page(client, "/ledger/periods/")
    assert (
        client.post(f"/ledger/periods/{world.bureau.code}/202312/reopen/", {"reason": ""}).status_code == 422
    )
    client.post(f"/ledger/periods/{world.bureau.code}/202312/reopen/", {"reason": "补记两笔"})
    html = page(client, "/ledger/periods/")
    assert "补记两笔" in html
    assert [closing.act for closing in Closing.objects.all()] == ["closed", "reopened"]


def test_only_administrators_close(world: World) -> None:
    close_month(world.book, 202311, actor=world.reviewer)
    for username in ("leader", "reviewer", "outsider"):
        client = client_of(world, username)
        assert client.post(f"/ledger/periods/{world.bureau.code}/202312/close/").status_code == 404
        assert "反结账<" not in page(client, "/ledger/periods/")


def test_no_such_month_is_refused_in_words(world: World) -> None:
    client = client_of(world, "administrator")
    assert client.post(f"/ledger/periods/{world.bureau.code}/202399/close/").status_code == 400
    assert client.get(f"/ledger/periods/{world.bureau.code}/199901/reopen/").status_code == 400
