"""The pages of the superior's forms: upload, decide, search, issue, download; who sees what."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.superior_forms.sheets import HEAD, opened, plain, small_form, workbook
from tests.web.signed_in import client_of, page, queries
from tests.worlds import World, small_world
from yibenzhang.access.models import Grant, Role
from yibenzhang.organisation.services import found_unit
from yibenzhang.superior_forms.models import FormCell, SuperiorForm
from yibenzhang.vouchers.models import Voucher


@pytest.fixture
def world(db: None) -> World:
    world = small_world()
    for month in (3, 4, 5):
        world.posted(world.entry(date(2023, month, 8)))
    return world


def upload(data: bytes, name: str = "统计表.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def sent(client: Client, world: World, data: bytes, **more: object) -> SuperiorForm:
    """A form uploaded for branch one."""
    answer = client.post("/forms/new/", {"unit": world.branch.code, "file": upload(data), **more})
    assert answer.status_code == 302, answer.content.decode()
    return SuperiorForm.objects.latest("pk")


def test_uploading_takes_the_period_from_the_title_and_shows_the_table(world: World) -> None:
    client = client_of(world, "secretary")
    form = sent(client, world, plain(("主题党日", "次"), ("制作电视片", "部")))
    assert (form.period, form.title, form.superior) == (
        "2023",
        "党建工作统计表（2023年度）",
        "澜江省地质局机关党委",
    )
    text = page(client, f"/forms/{form.pk}/")
    for words in ("制作电视片", "没人记", "采用 1 个有把握的", "这些格子没人记", "下一个待定"):
        assert words in text


def test_accepting_deciding_and_downloading(world: World) -> None:
    client = client_of(world, "secretary")
    form = sent(client, world, plain(("主题党日", "次"), ("制作电视片", "部")))
    client.post(f"/forms/{form.pk}/acts/accept/")
    answer = client.post(
        f"/forms/{form.pk}/cells/2/declare/",
        {"revision": 1, "text": "2", "reason": "办公室统计", "source": "台历"},
    )
    assert answer.status_code == 302
    text = page(client, f"/forms/{form.pk}/?cell=1")
    assert 'href="/figures/life.theme_party_days/?unit=geo-branch-1&amp;period=2023&amp;programme="' in text
    assert "3 笔凭证" in text
    got = client.get(f"/forms/{form.pk}/download/clean/")
    assert "attachment" in got["Content-Disposition"]
    sheet = opened(got.content)
    assert (sheet["D3"].value, sheet["D4"].value) == (3, 2)
    noted = opened(client.get(f"/forms/{form.pk}/download/sources/").content)
    assert noted["D3"].comment is not None and "主题党日" in noted["D3"].comment.text
    assert opened(client.get(f"/forms/{form.pk}/download/original/").content)["D3"].value is None
    assert client.get(f"/forms/{form.pk}/download/other/").status_code == 404


def test_a_decision_goes_on_to_the_next_open_cell(world: World) -> None:
    client = client_of(world, "secretary")
    form = sent(client, world, plain(("主题党日", "次"), ("制作电视片", "部"), ("党课", "次")))
    answer = client.post(f"/forms/{form.pk}/cells/2/nobody/", {"revision": 1})
    assert answer["Location"] == f"/forms/{form.pk}/?cell=3&done=2#c3"
    assert "制作电视片" in page(client, f"/forms/{form.pk}/?cell=3&done=2").split('id="panel"')[1]
    stale = client.post(f"/forms/{form.pk}/cells/2/leave/", {"revision": 1})
    assert stale.status_code == 400
    assert "别人刚改过" in stale.content.decode()


def test_indicators_are_found_by_initials_with_the_value_they_would_write(world: World) -> None:
    client = client_of(world, "secretary")
    form = small_form(world)
    whole = page(client, f"/forms/{form.pk}/cells/2/?q=ztdr")
    assert "主题党日" in whole and ">3<" in whole
    part = client.get(f"/forms/{form.pk}/cells/2/?q=ztdr", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "主题党日" in part
    assert "没有叫“飞机”的指标" in page(client, f"/forms/{form.pk}/cells/2/?q=飞机")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("表.xlsm", b"PK\x03\x04", "带宏"),
        ("表.pdf", b"%PDF", "只收"),
        ("表.xlsx", b"PK\x03\x04xx", "损坏"),
        ("表.xlsx", workbook([["通知", "正文"], ["a", "b"]]), "没有找到要填的格子"),
    ],
)
def test_a_bad_upload_says_what_to_do_and_keeps_nothing(
    world: World, name: str, data: bytes, words: str
) -> None:
    client = client_of(world, "secretary")
    answer = client.post("/forms/new/", {"unit": world.branch.code, "file": upload(data, name)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not SuperiorForm.objects.exists()


def test_a_bad_period_and_an_unfit_example_are_faults_of_their_fields(world: World) -> None:
    client = client_of(world, "secretary")
    data = {"unit": world.branch.code, "period": "明年", "file": upload(plain(("党课", "次")))}
    assert "看不懂期间" in client.post("/forms/new/", data).content.decode()
    data = {
        "unit": world.branch.code,
        "file": upload(plain(("党课", "次"))),
        "example": upload(plain(("慰问", "次"))),
    }
    answer = client.post("/forms/new/", data)
    assert answer.status_code == 422 and "没有一格能和本表对上" in answer.content.decode()
    assert not SuperiorForm.objects.exists()


def test_an_example_beside_the_form_decides_what_it_explains(world: World) -> None:
    for day in range(1, 13):
        world.posted(world.entry(date(2022, 1, day), title="党日"))
    client = client_of(world, "secretary")
    last = workbook([HEAD, [1, "支部月度活动", "次", 12, None]], title="统计表（2022年度）")
    form = sent(client, world, plain(("支部月度活动", "次")), example=upload(last))
    assert form.cells.get().indicator == "life.theme_party_days"
    assert ">3<" in page(client, f"/forms/{form.pk}/")


def test_the_reviewer_issues_and_the_page_is_frozen(world: World) -> None:
    writer, reviewer = client_of(world, "secretary"), client_of(world, "reviewer")
    form = sent(writer, world, plain(("主题党日", "次"), ("制作电视片", "部")))
    assert "还有 1 格待定" in page(reviewer, f"/forms/{form.pk}/issue/")
    writer.post(f"/forms/{form.pk}/acts/accept/")
    assert "报出去是空的" in page(reviewer, f"/forms/{form.pk}/issue/")
    assert reviewer.post(f"/forms/{form.pk}/issue/").status_code == 302
    world.posted(world.entry(date(2023, 11, 8)))
    text = page(writer, f"/forms/{form.pk}/")
    assert "已定稿" in text and ">3<" in text and "定稿后有 1 格的数变了" in text
    diff = page(writer, f"/forms/{form.pk}/diff/")
    assert "报出 3，现在 4" in diff and "新入账" in diff
    assert opened(writer.get(f"/forms/{form.pk}/download/clean/").content)["D3"].value == 3
    assert f"/forms/new/?series={form.series_id}" in text
    assert "往年认过的格子会直接填好" in page(writer, f"/forms/new/?series={form.series_id}")
    assert writer.post(f"/forms/{form.pk}/acts/reopen/").status_code == 302
    assert SuperiorForm.objects.get().is_open


def test_reversing_a_voucher_names_the_forms_that_were_sent_with_it(world: World) -> None:
    writer, reviewer = client_of(world, "secretary"), client_of(world, "reviewer")
    form = sent(writer, world, plain(("主题党日", "次")))
    writer.post(f"/forms/{form.pk}/acts/accept/")
    reviewer.post(f"/forms/{form.pk}/issue/")
    voucher = Voucher.objects.filter(state="posted").earliest("pk")
    text = page(reviewer, f"/vouchers/{voucher.pk}/reverse/")
    assert "已定稿的上级报表用到它" in text and f"/forms/{form.pk}/diff/?edition=1" in text


def test_the_tier_above_sees_a_form_once_it_is_issued(world: World) -> None:
    form = small_form(world)
    above = found_unit(
        code="organs", name="省直机关工委", unit_type="bureau", parent=None, on=date(2010, 1, 1)
    )
    from yibenzhang.organisation.services import rehang_unit

    rehang_unit(unit=world.bureau, parent=above, on=date(2012, 1, 1))
    staff = world.users["leader"]
    staff.grants.all().delete()
    Grant.objects.create(user=staff, unit=above, role=Role.READER, valid_from=date(2010, 1, 1))
    Grant.objects.create(user=staff, unit=above, role=Role.APPROVER, valid_from=date(2010, 1, 1))
    client = client_of(world, "leader")
    assert "还没有上级报表" in page(client, "/forms/")
    assert client.get(f"/forms/{form.pk}/").status_code == 404
    SuperiorForm.objects.update(state=SuperiorForm.State.ISSUED)
    assert form.title in page(client, "/forms/")


def test_an_empty_list_says_what_to_do(world: World) -> None:
    assert "上传一张表" in page(client_of(world, "secretary"), "/forms/")
    assert "下级定稿的表会列在这里" in page(client_of(world, "leader"), "/forms/")


def test_a_page_costs_the_same_for_few_and_many_cells(world: World) -> None:
    client = client_of(world, "secretary")
    few = sent(client, world, plain(("主题党日", "次"), ("党课", "次")))
    client.post(f"/forms/{few.pk}/acts/accept/")
    items = [(f"主题党日{letter}组", "次") for letter in "甲乙丙丁戊己庚辛壬癸"]
    many = sent(client, world, plain(*items, title="另外的表（2023年度）"))
    FormCell.objects.filter(form=many).update(kind="figure", indicator="life.theme_party_days")
    assert (
        abs(queries(client, f"/forms/{few.pk}/?cell=1") - queries(client, f"/forms/{many.pk}/?cell=1")) <= 6
    )


def test_downloads_reopen_as_what_they_are(world: World) -> None:
    client = client_of(world, "secretary")
    form = small_form(world)
    for variant in ("clean", "sources", "original"):
        answer = client.get(f"/forms/{form.pk}/download/{variant}/")
        openpyxl.load_workbook(io.BytesIO(answer.content))
        assert answer["X-Content-Type-Options"] == "nosniff"
