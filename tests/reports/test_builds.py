"""Long builds in steps: the same file as at once, from a fixed position, and nothing left when stopped or failed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.reports.conftest import CENTRE, Desk
from tests.reports.evidence import picture, recorded
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.queries import position
from yibenzhang.reports import build_steps, building, edition, pdf
from yibenzhang.reports.builds import MANY_QUESTIONS, Build, find_build, is_long, stop
from yibenzhang.reports.docx.document import document_of
from yibenzhang.reports.models import Report
from yibenzhang.reports.package import package_of
from yibenzhang.reports.page import page_of
from yibenzhang.reports.tokens import PictureToken

TEXT = f"中心组学习{CENTRE}，投入资金{{{{village.funds_invested}}}}，每月{{{{study.centre_group|period=2023Q2|as=each_month}}}}。\n{{{{chart:study.centre_group|by=month}}}}"


def finished(build: Build) -> tuple[bytes, int]:
    """The file, and how many times somebody had to look at the page for it."""
    looks = 0
    while not build.is_done:
        build = building.advance(build, seconds=0)
        looks += 1
        assert looks < 50
    return build.result.read_bytes(), looks


@pytest.fixture(autouse=True)
def fresh(settings: Any, tmp_path: Path) -> None:
    settings.EVIDENCE_ROOT = tmp_path / "evidence"


def test_a_draft_in_steps_is_the_draft_at_once(desk: Desk) -> None:
    report = desk.report(TEXT)
    ready = edition.of_draft(report)
    at_once = {
        "docx": document_of(ready),
        "sources": document_of(ready, annotated=True),
        "html": page_of(ready).encode(),
    }
    for form, file in at_once.items():
        found, looks = finished(find_build(report, form, desk.bureau.recorder))
        assert found == file, form
        assert looks == 3, "figures, chart, file"


def test_a_package_in_steps_is_the_package_at_once(desk: Desk) -> None:
    (row,) = recorded(desk, picture())
    issued = desk.issued(f"{TEXT}\n{PictureToken(row.sha256)}")
    report = Report.objects.get(pk=issued.report_id)
    found, looks = finished(find_build(report, "package", desk.bureau.recorder))
    assert found == package_of(issued)
    assert looks == 4


def test_progress_tells_steps_done_and_what_comes_next(desk: Desk) -> None:
    build = find_build(desk.report(TEXT), "docx", desk.bureau.recorder)
    assert building.progress(build) == (0, 3, "算数字，共 3 处")
    building.advance(build, seconds=0)
    assert building.progress(build) == (1, 3, "画图，共 1 张")


def test_all_steps_read_the_ledger_where_the_build_began(desk: Desk) -> None:
    report = desk.report(TEXT)
    before = document_of(edition.of_draft(report))
    build = building.advance(find_build(report, "docx", desk.bureau.recorder), seconds=0)
    began = position()
    desk.study(7)
    found, _ = finished(build)
    assert build.position == began
    assert found == before
    anew = find_build(report, "docx", desk.bureau.recorder)
    assert not anew.is_done, "a finished draft is forgotten once the ledger has moved"


def test_each_reader_and_each_revision_has_its_own(desk: Desk) -> None:
    report = desk.report(TEXT)
    mine = find_build(report, "docx", desk.bureau.recorder)
    other = find_build(report, "docx", desk.bureau.reviewer)
    later = find_build(desk.save(report, TEXT + "\n又一段。"), "docx", desk.bureau.recorder)
    assert len({mine.folder, other.folder, later.folder}) == 3


def test_stopped_in_the_middle_nothing_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    build = find_build(desk.report(TEXT), "docx", desk.bureau.recorder)

    def stopped_meanwhile(*given: Any, **how: Any) -> bytes:
        stop(build)
        return document_of(*given, **how)

    monkeypatch.setattr(build_steps, "document_of", stopped_meanwhile)
    building.advance(build, seconds=60)
    assert not build.folder.exists()


def test_a_step_under_way_is_left_alone(desk: Desk) -> None:
    build = building.advance(find_build(desk.report(TEXT), "docx", desk.bureau.recorder), seconds=0)
    (build.folder / "lock").touch()
    building.advance(build, seconds=60)
    assert building.progress(build)[0] == 1


def test_a_failed_step_says_why_and_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YIBENZHANG_SOFFICE", "/nowhere/soffice")
    build = find_build(desk.report(TEXT), "pdf", desk.bureau.recorder)
    with pytest.raises(BookError, match="没有装 LibreOffice"):
        building.advance(build, seconds=60)
    assert not build.folder.exists()


def test_a_pdf_is_made_from_the_document_and_stops_with_the_build(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = desk.report(TEXT)
    build = find_build(report, "pdf", desk.bureau.recorder)

    def converted(document: bytes, *, is_wanted: Any) -> bytes:
        assert document == document_of(edition.of_draft(report))
        assert is_wanted()
        stop(build)
        assert not is_wanted()
        raise pdf.PdfStoppedError("已停止")

    monkeypatch.setattr(build_steps, "pdf_of", converted)
    building.advance(build, seconds=60)
    assert not build.folder.exists()


def test_short_ones_are_direct_downloads(desk: Desk) -> None:
    report = desk.report(TEXT)
    assert [is_long(report, form) for form in ("docx", "sources", "html", "pdf")] == [False] * 3 + [True]
    many = "，".join(
        f"{{{{study.centre_group|period=2023-{n % 12 + 1:02}|programme=p{n}}}}}"
        for n in range(MANY_QUESTIONS + 1)
    )
    assert is_long(desk.report(many), "docx")
    issued = desk.issued(TEXT)
    assert not is_long(Report.objects.get(pk=issued.report_id), "package")
