"""Receiving a published page in the browser: kept, compared, quoted in a report; refusals say why."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.signed_in import client_of, page
from tests.worlds import World, small_world
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.periods import parse_period
from yibenzhang.reports import edition, services
from yibenzhang.reports.models import ReceivedPage, Report
from yibenzhang.reports.page import page_of
from yibenzhang.reports.queries import composed


@pytest.fixture
def world(db: None) -> World:
    world = small_world()
    for month in (3, 4, 5):
        world.posted(world.entry(date(2023, month, 8)))
    return world


@pytest.fixture
def published(world: World) -> bytes:
    """The branch's yearly summary as it publishes it."""
    report = services.create_report(
        structure=current_catalogue().report_structure("branch-summary"), unit=world.branch,
        period=parse_period("2023"), actor=world.secretary, text="一、组织生活\n开展主题党日{{life.theme_party_days}}。",
    )  # fmt: skip
    services.submit_report(report, actor=world.secretary)
    return page_of(edition.of_issued(services.issue_report(report, actor=world.reviewer))).encode()


def bring(client: Client, data: bytes, unit: str, name: str = "总结.html") -> tuple[int, str]:
    """Status and text of bringing a file."""
    answer = client.post("/reports/received/", {"file": SimpleUploadedFile(name, data), "unit": unit})
    return answer.status_code, answer.content.decode()


def test_the_committee_receives_a_branchs_page_and_sees_it_beside_the_ledger(
    world: World, published: bytes
) -> None:
    clerk = client_of(world, "clerk")
    assert bring(clerk, published, world.committee.code)[0] == 302
    received = ReceivedPage.objects.get()
    shown = page(clerk, f"/reports/received/{received.pk}/")
    assert "本账有这一版" in shown
    assert shown.count("一致") >= 2
    world.posted(world.entry(date(2023, 9, 8)))
    assert "不一致" in page(clerk, f"/reports/received/{received.pk}/")
    assert "年工作总结" in page(clerk, "/reports/received/")
    assert page(client_of(world, "outsider"), f"/reports/received/{received.pk}/", 404)


def test_a_received_figure_is_found_by_pinyin_and_quoted_with_its_source(
    world: World, published: bytes
) -> None:
    clerk = client_of(world, "clerk")
    bring(clerk, published, world.committee.code)
    report = services.create_report(
        structure=current_catalogue().report_structure("brief"), unit=world.committee,
        period=parse_period("2023-12"), actor=world.clerk, text="一、做法\n学得好。",
    )  # fmt: skip
    found = page(clerk, f"/reports/{report.pk}/indicators/?q=ztdr")
    name = "〔据澜江省地质局第一党支部·主题党日〕"
    assert f'data-insert="{name}"' in found
    data = {"revision": report.revision, "base": report.text, "text": f"一、做法\n第一党支部开展{name}。"}
    assert clerk.post(f"/reports/{report.pk}/edit/", data).status_code == 302
    (mark,) = composed(Report.objects.get(pk=report.pk)).marks
    assert (mark.shown, mark.word) == ("3次", "人工核定")
    assert "据澜江省地质局第一党支部《" in str(mark.token)


def test_refusals_say_why_and_keep_nothing(world: World, published: bytes) -> None:
    clerk = client_of(world, "clerk")
    tampered = published.replace("3次</data>".encode(), "9次</data>".encode())
    for data, said in ((tampered, "可能被改过"), (b"", "文件是空的"), (b"<p>x", "没有机器可读的数字")):
        status, shown = bring(clerk, data, world.committee.code)
        assert status == 422
        assert said in shown
    assert bring(clerk, published, world.foreign_bureau.code)[0] == 422
    assert bring(client_of(world, "leader"), published, world.bureau.code)[0] == 200
    assert not ReceivedPage.objects.exists()
