"""Importing and exporting through the pages."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.exchange.workbooks import write_sheets
from tests.worlds import World, small_world
from yibenzhang.audit.models import AuditEntry
from yibenzhang.exchange import jobs
from yibenzhang.vouchers.models import Voucher

HEAD = ["单位代码", "日期", "标题", "谁参加"]


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """The small world; jobs run at once instead of in a thread, which has no part in the test's transaction."""
    monkeypatch.setattr(jobs, "start", lambda work, job, user: work(job, user))
    return small_world()


def signed_in(world: World, name: str) -> Client:
    """A client of that user."""
    client = Client()
    client.force_login(world.users[name])
    return client


def upload(client: Client, tmp_path: Path, rows: list[list[object]], kind: str = "vouchers") -> str:
    """Upload rows and give the address of their job."""
    data = write_sheets(tmp_path / "given.xlsx", {"主题党日": rows}).read_bytes()
    answer = client.post(
        reverse("exchange:import"), {"kind": kind, "file": SimpleUploadedFile("交接.xlsx", data)}
    )
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.url)  # type: ignore[attr-defined]


def leftovers() -> list[Path]:
    """Uploads that are still there."""
    return list(jobs._folder().glob("*.xlsx"))


def test_upload_dry_run_confirm_result(world: World, tmp_path: Path) -> None:
    client = signed_in(world, "secretary")
    address = upload(client, tmp_path, [HEAD, ["geo-branch-1", date(2023, 3, 1), "主题党日", "全员"]])
    page = client.get(address).content.decode()
    assert "核对通过，还没有写入" in page
    assert "确认导入 1 行" in page
    assert not Voucher.objects.exists()
    answer = client.post(f"{address}confirm/")
    assert answer.url == address  # type: ignore[attr-defined]
    page = client.get(address).content.decode()
    assert "导入完成" in page
    assert "已写入 1 行" in page
    assert Voucher.objects.get().preparer == world.secretary
    assert not leftovers()
    assert AuditEntry.objects.filter(verb="exchange.import", actor=world.secretary).count() == 1
    assert client.post(f"{address}confirm/").status_code == 400
    assert Voucher.objects.count() == 1


def test_faults_are_shown_with_their_place_and_the_upload_is_gone(world: World, tmp_path: Path) -> None:
    client = signed_in(world, "secretary")
    address = upload(client, tmp_path, [HEAD, ["geo-branch-1", "三月", "主题党日", "<b>某某</b>"]])
    page = client.get(address).content.decode()
    assert "要改的地方" in page
    assert "“三月”不是日期" in page
    assert "确认导入" not in page
    assert not leftovers()


def test_hostile_files_end_in_words(world: World) -> None:
    client = signed_in(world, "secretary")
    file = SimpleUploadedFile("交接.xlsx", b"PK\x03\x04 nothing that opens")
    answer = client.post(reverse("exchange:import"), {"kind": "vouchers", "file": file}, follow=True)
    assert "没有导入" in answer.content.decode()
    assert not leftovers()


def test_a_wrong_form_says_what_to_change(world: World) -> None:
    client = signed_in(world, "secretary")
    answer = client.post(reverse("exchange:import"), {"file": SimpleUploadedFile("a.csv", b"1,2")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "只收 .xlsx" in page
    assert "请选择导入什么" in page


def test_an_unexpected_failure_writes_nothing_and_says_so(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("disk on fire")

    monkeypatch.setattr(jobs, "check_file", broken)
    client = signed_in(world, "secretary")
    page = client.get(upload(client, tmp_path, [HEAD])).content.decode()
    assert "出了意外，没有写入任何一行" in page
    assert "disk on fire" not in page


def test_a_job_that_went_silent_counts_as_stopped(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "start", lambda work, job, user: None)
    client = signed_in(world, "secretary")
    address = upload(client, tmp_path, [HEAD])
    assert 'hx-trigger="load delay:1s"' in client.get(address).content.decode()
    monkeypatch.setattr(jobs, "SILENT", -1)
    assert "服务中途停止" in client.get(address).content.decode()
    assert not leftovers()


def test_only_the_uploader_sees_the_job(world: World, tmp_path: Path) -> None:
    address = upload(signed_in(world, "secretary"), tmp_path, [HEAD])
    for name in ("clerk", "administrator", "outsider"):
        assert signed_in(world, name).get(address).status_code == 404
        assert signed_in(world, name).post(f"{address}confirm/").status_code == 404


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("secretary", {"vouchers", "matters"}),
        ("administrator", {"units", "people"}),
        ("leader", set()),
        ("reviewer", set()),
    ],
)
def test_each_role_brings_in_its_own_kinds(world: World, name: str, kinds: set[str]) -> None:
    client = signed_in(world, name)
    for kind in ("vouchers", "matters", "units", "people"):
        answer = client.get(reverse("exchange:template", args=[kind]))
        assert answer.status_code == (200 if kind in kinds else 404)
    data = {"kind": "people", "file": SimpleUploadedFile("a.xlsx", b"PK")}
    expected = 302 if "people" in kinds else (422 if kinds else 404)
    assert client.post(reverse("exchange:import"), data).status_code == expected


def exported(client: Client, kind: str) -> str:
    """All text of an export."""
    answer = client.get(reverse("exchange:export", args=[kind]))
    assert answer.status_code == 200
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


@pytest.mark.parametrize("kind", ["vouchers", "people"])
def test_names_leave_the_system_only_for_those_who_review_or_administer(world: World, kind: str) -> None:
    world.posted()
    for name, clear in {"secretary": False, "leader": False, "reviewer": True, "administrator": True}.items():
        text = exported(signed_in(world, name), kind)
        assert ("赵同志" in text) is clear
        assert ("赵*" in text) is not clear
    assert AuditEntry.objects.filter(verb="exchange.export").count() == 4


def test_exports_hold_nothing_foreign(world: World) -> None:
    world.posted()
    for kind, own, foreign in (
        ("units", "geo-branch-1", "met-branch-1"),
        ("people", "geo-branch-1", "met-branch-1"),
        ("vouchers", "主题党日", "met-branch-1"),
    ):
        text = exported(signed_in(world, "administrator"), kind)
        assert own in text
        assert foreign not in text
    assert "主题党日" not in exported(signed_in(world, "outsider"), "vouchers")


def test_formula_text_stays_text_in_exports(world: World) -> None:
    world.posted(world.entry(title='=HYPERLINK("http://x","点我")'))
    answer = signed_in(world, "reviewer").get(reverse("exchange:export", args=["vouchers"]))
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
