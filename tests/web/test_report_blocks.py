"""Charts and photographs on the report pages: found, placed, shown, refused; a picture only to those who may see it."""

from __future__ import annotations

import html
import io
import re
from datetime import date

import pytest
from django.test import Client
from PIL import Image

from tests.web.signed_in import client_of, page
from tests.worlds import World, small_world
from yibenzhang.ledger.services import post_voucher
from yibenzhang.reports.models import Report
from yibenzhang.reports.queries import composed
from yibenzhang.vouchers.evidence import attach
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.services import submit_voucher


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (900, 600), "steelblue").save(kept, "PNG")
    return kept.getvalue()


def recorded(world: World, day: date) -> Voucher:
    """A posted record of the branch with a picture."""
    entry = world.entry(day, title="进村讲地质")
    voucher = world.draft(entry)
    attach(voucher, "现场.png", picture(), world.secretary)
    submit_voucher(entry, voucher, actor=world.secretary)
    post_voucher(voucher, actor=world.reviewer)
    return voucher


@pytest.fixture
def world(db: None) -> World:
    world = small_world()
    for month in (3, 4):
        world.posted(world.entry(date(2023, month, 8)))
    recorded(world, date(2023, 5, 8))
    return world


@pytest.fixture
def clerk(world: World) -> Client:
    return client_of(world, "clerk")


@pytest.fixture
def report(world: World, clerk: Client) -> Report:
    clerk.post("/reports/new/", {"unit": world.branch.code, "structure": "branch-summary", "period": "2023"})
    return Report.objects.get()


def save(client: Client, report: Report, text: str) -> int:
    """Save this text from a freshly opened form; the status of the answer."""
    shown = page(client, f"/reports/{report.pk}/edit/")
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', shown))
    data = {key: html.unescape(value) for key, value in fields.items() if key != "csrfmiddlewaretoken"}
    answer = client.post(f"/reports/{report.pk}/edit/", {**data, "text": text})
    report.refresh_from_db()
    return answer.status_code


def test_a_chart_is_found_by_pinyin_inserted_and_drawn(report: Report, clerk: Client) -> None:
    found = page(clerk, f"/reports/{report.pk}/indicators/?q=ztdr")
    (line, *_) = re.findall(r'data-block data-insert="(〔图·主题党日·各月〕)"', found)
    assert "各单位〕" not in found, "a branch has nobody to stand beside"
    assert save(clerk, report, f"主题党日〔主题党日〕。\n{line}") == 302
    shown = page(clerk, f"/reports/{report.pk}/")
    assert "图1　2023年各月主题党日（次）" in shown
    assert shown.count('<rect class="b"') == 3
    assert "style=" not in shown
    assert (
        save(clerk, report, page_text(clerk, report).replace("2023年各月主题党日（次）", "一年的节奏")) == 302
    )
    assert "图1　一年的节奏" in page(clerk, f"/reports/{report.pk}/")


def page_text(client: Client, report: Report) -> str:
    area = re.search(r'<textarea[^>]*name="text"[^>]*>(.*?)</textarea>', page(client, f"/reports/{report.pk}/edit/"), re.DOTALL)  # fmt: skip
    assert area
    return html.unescape(area[1])


def test_units_are_offered_side_by_side_above_them_but_not_for_what_is_barred(world: World) -> None:
    writer = client_of(world, "reviewer")
    world.clerk.grants.update(unit=world.bureau)
    writer = client_of(world, "clerk")
    writer.post("/reports/new/", {"unit": world.bureau.code, "structure": "brief", "period": "2023"})
    report = Report.objects.get()
    assert "〔图·主题党日·各单位〕" in page(writer, f"/reports/{report.pk}/indicators/?q=主题党日")
    assert "各单位〕" not in page(writer, f"/reports/{report.pk}/indicators/?q=省级以上媒体报道")


def test_a_picture_of_the_material_is_placed_with_one_click_and_shown(report: Report, clerk: Client) -> None:
    material = page(clerk, f"/reports/{report.pk}/material/?section=0")
    (line,) = re.findall(r'data-block data-insert="([^"]*)"', material)
    (small,) = re.findall(r'<img src="([^"]*)"', material)
    answer = clerk.get(small)
    with Image.open(io.BytesIO(answer.content)) as image:
        assert (image.format, max(image.size)) == ("JPEG", 320)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "征得本人同意" in material
    assert save(clerk, report, f"支部进村。\n{line}") == 302
    shown = page(clerk, f"/reports/{report.pk}/")
    (large,) = re.findall(r'<img src="(/reports/[^"]*)"', shown)
    assert "进村讲地质（第一党支部，2023年5月8日）" in shown
    assert clerk.get(large).content.startswith(b"\xff\xd8\xff")
    assert clerk.get(large.replace("/1/", "/7/")).status_code == 404


def test_pictures_are_not_there_for_who_may_not_see_them(world: World, report: Report, clerk: Client) -> None:
    (small,) = re.findall(r'<img src="([^"]*)"', page(clerk, f"/reports/{report.pk}/material/?section=0"))
    (line,) = re.findall(r'data-block data-insert="([^"]*)"', page(clerk, f"/reports/{report.pk}/material/?section=0"))  # fmt: skip
    save(clerk, report, line)
    outsider = client_of(world, "outsider")
    assert outsider.get(small).status_code == 404
    assert outsider.get(f"/reports/{report.pk}/photographs/1/").status_code == 404
    assert client_of(world, "leader").get(f"/reports/{report.pk}/photographs/1/").status_code == 200


def test_what_cannot_be_drawn_is_listed_and_not_issued(world: World, report: Report, clerk: Client) -> None:
    save(clerk, report, "主题党日〔主题党日〕。\n〔图·支部党员大会·各月〕")
    assert "放不出来 1 处" in page(clerk, f"/reports/{report.pk}/")
    clerk.post(f"/reports/{report.pk}/acts/submit/")
    reviewer = client_of(world, "reviewer")
    assert "1 处图或照片放不出来" in page(reviewer, f"/reports/{report.pk}/issue/")
    assert reviewer.post(f"/reports/{report.pk}/issue/").status_code == 400


def test_an_issued_report_shows_its_own_copy_and_tells_which_bars_moved(
    world: World, report: Report, clerk: Client
) -> None:
    (line,) = re.findall(r'data-block data-insert="([^"]*)"', page(clerk, f"/reports/{report.pk}/material/?section=0"))  # fmt: skip
    save(clerk, report, f"主题党日〔主题党日〕。\n〔图·主题党日·各月〕\n{line}")
    clerk.post(f"/reports/{report.pk}/acts/submit/")
    assert client_of(world, "reviewer").post(f"/reports/{report.pk}/issue/").status_code == 302
    assert composed(report).broken_blocks == []
    assert clerk.get(f"/reports/{report.pk}/photographs/2/").content.startswith(b"\xff\xd8\xff")
    assert clerk.get(f"/reports/{report.pk}/photographs/1/").status_code == 404, "that is the chart"
    world.posted(world.entry(date(2023, 6, 8)))
    moved = page(clerk, f"/reports/{report.pk}/diff/")
    assert "1 张图有变动" in moved
    assert "2023年6月" in moved
    assert "新入账" in moved


def test_a_long_build_shows_progress_can_be_stopped_and_ends_in_a_download(
    report: Report, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yibenzhang.reports.builds.MANY_QUESTIONS", 0)
    monkeypatch.setattr("yibenzhang.web.reports.building.STEP", 0)
    save(clerk, report, "主题党日〔主题党日〕。\n〔图·主题党日·各月〕")
    at = f"/reports/{report.pk}/build/docx/"
    assert clerk.get(f"/reports/{report.pk}/download/docx/")["Location"] == at
    assert "第 1 步，共 3 步" in page(clerk, at)
    assert "第 2 步，共 3 步" in clerk.post(at).content.decode()
    assert clerk.get(f"{at}file/").status_code == 404
    assert clerk.post(f"{at}stop/")["Location"] == f"/reports/{report.pk}/"
    assert "第 1 步，共 3 步" in page(clerk, at), "nothing was left"
    for _ in range(3):
        shown = clerk.post(at, headers={"hx-request": "true"}).content.decode()
    assert "已生成" in shown
    assert "<html" not in shown
    answer = clerk.get(f"{at}file/")
    assert b"".join(answer).startswith(b"PK")
    assert "attachment" in answer["Content-Disposition"]


def test_a_failing_build_says_what_else_can_be_done(
    report: Report, clerk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIBENZHANG_SOFFICE", "/nowhere/soffice")
    answer = clerk.post(f"/reports/{report.pk}/build/pdf/")
    assert answer.status_code == 422
    assert "另存为 PDF" in answer.content.decode()
    assert clerk.get(f"/reports/{report.pk}/build/nothing/").status_code == 404
