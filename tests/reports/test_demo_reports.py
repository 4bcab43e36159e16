"""Both reports of the demo year: issued, covering every figure, agreeing with the books when checked."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import pytest
from docx import Document

from tests.demo.figures import FIGURES
from tests.reports.ooxml_order import faults
from yibenzhang.checking.article import find_setting
from yibenzhang.checking.checker import check
from yibenzhang.organisation.models import Unit
from yibenzhang.reading import read_page
from yibenzhang.reports import edition
from yibenzhang.reports.composition import Composed
from yibenzhang.reports.digest import is_intact
from yibenzhang.reports.docx.document import document_of
from yibenzhang.reports.models import IssuedReport, ReceivedPage, Report
from yibenzhang.reports.page import page_of
from yibenzhang.reports.queries import composed, rerun
from yibenzhang.reports.receiving.beside import beside
from yibenzhang.reports.services import roll_forward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_book")]
GOLDEN = Path(__file__).parent / "golden"
NAMES = ("geology-highlights", "meteorology-focuses")


def issued(name: str) -> IssuedReport:
    return IssuedReport.objects.get(report__structure=name)


@pytest.mark.parametrize("name", NAMES)
def test_words_charts_and_pictures_are_those_of_the_golden_file(name: str) -> None:
    version = issued(name)
    lines = [line for each in edition.of_issued(version).text.paragraphs for line in shown(each)]
    text = "\n".join([version.title, *lines, ""])
    assert text == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def shown(paragraph: Composed) -> list[str]:
    """The words; of a chart its title, notes and bars, of a photograph its caption."""
    if not paragraph.blocks:
        return [paragraph.text]
    lines = []
    for block in paragraph.blocks:
        if block.chart:
            bars = "，".join(f"{point.label}{point.words}" for point in block.chart.chart.points)
            lines += [
                f"［图{block.rank}　{block.words}］",
                f"［{bars}］",
                *(f"［{note}］" for note in block.chart.notes),
            ]
        else:
            lines.append(f"［照片　{block.words}］")
    return lines


@pytest.mark.parametrize("name", NAMES)
def test_document_and_page_say_the_golden_words_in_their_form(name: str) -> None:
    ready = edition.of_issued(issued(name))
    document = document_of(ready)
    assert faults(document) == []
    opened = Document(io.BytesIO(document))
    wanted = [line for each in ready.text.paragraphs for line in in_document(each)]
    stated = [each.text for each in opened.paragraphs if each.text][1 : 1 + len(wanted)]
    assert stated == wanted, "the title is broken over lines; pictures stand in a table"
    words = re.sub(r"<[^>]*>", "", re.sub(r"(?s)<(svg|style|script).*?</\1>", "", page_of(ready)))
    for paragraph in ready.text.paragraphs:
        assert paragraph.text in html.unescape(words)
        for block in paragraph.blocks:
            assert block.words in html.unescape(words)
    assert sum(part.partname.startswith("/word/charts/") for part in opened.part.package.iter_parts()) == 2
    assert [cell.text.strip() for table in opened.tables for cell in table.rows[0].cells] == [
        block.words for block in ready.text.blocks if block.photograph
    ]


def in_document(paragraph: Composed) -> list[str]:
    """What stands in paragraphs outside tables."""
    lines = [] if paragraph.blocks else [paragraph.text]
    for block in paragraph.blocks:
        if block.chart:
            lines += [f"图{block.rank}　{block.words}", *block.chart.notes]
    return lines


@pytest.mark.parametrize("name", NAMES)
def test_running_it_again_gives_the_same_numbers(name: str) -> None:
    version = issued(name)
    assert rerun(version).text == edition.of_issued(version).text.text
    assert is_intact(version)


@pytest.mark.parametrize("name", NAMES)
def test_the_published_page_agrees_with_the_books_in_every_figure(name: str) -> None:
    version = issued(name)
    reading = read_page(page_of(edition.of_issued(version)).encode())
    setting = find_setting(reading, units=list(Unit.objects.all()), unit=None, period=None)
    found = check(reading, setting)
    assert {item.verdict for item in found} <= {"agrees", "agrees_approximately"}, [
        (item.claim.text, item.word, item.reasons) for item in found
    ]
    assert len(found) == version.figures.count()
    asked = [(item.figure.indicator.code, item.figure.question.programme) for item in found if item.figure]
    stated = [(fact["indicator"], fact["programme"] or "") for fact in edition.of_issued(version).facts()]
    assert [code for code, _ in asked] == [code for code, _ in stated]


def test_together_they_cover_every_figure_of_the_year() -> None:
    stated = {
        (fact["indicator"], fact["programme"] or "")
        for name in NAMES
        for fact in edition.of_issued(issued(name)).facts()
    }
    both = ("livelihood.projects", "")  # 133 and 128 are named one by one, their union nowhere
    wanted = {(row.indicator, row.programme) for row in FIGURES} - {both}
    assert wanted <= stated


SMALLER = ("branch-summary", "responsibility-half-year", "brief")


@pytest.mark.parametrize("name", SMALLER)
def test_the_smaller_reports_are_issued_by_a_second_person_and_run_again(name: str) -> None:
    versions = list(IssuedReport.objects.filter(report__structure=name).select_related("report"))
    assert len(versions) == (2 if name == "brief" else 1)
    for version in versions:
        assert version.issued_by_id not in {version.report.submitted_by_id, version.report.saved_by_id}
        assert version.figures.exclude(indicator="").count() >= 2
        assert rerun(version).text == edition.of_issued(version).text.text


@pytest.mark.parametrize("name", [*NAMES, *SMALLER])
def test_every_report_rolls_forward_to_next_year_with_its_words(name: str) -> None:
    old = Report.objects.filter(structure=name, state="issued").order_by("id")[0]
    new = roll_forward(old, actor=old.created_by)
    assert int(new.period[:4]) == int(old.period[:4]) + 1
    assert new.period[4:] == old.period[4:]
    assert [str(mark.token) for mark in composed(new).marks if mark.token] == [
        str(mark.token) for mark in composed(old).marks if mark.token
    ]
    assert old.period[:4] + "年" not in new.title + new.text


def test_the_tier_above_has_received_what_both_bureaus_published() -> None:
    pages = list(ReceivedPage.objects.filter(unit__code="provincial_organs"))
    assert len(pages) == 2
    for received in pages:
        lines = beside(received, Unit.objects.all())
        assert lines
        assert {line.word for line in lines} == {"一致"}


def test_a_draft_is_in_progress_with_a_changed_and_an_unmatched_figure() -> None:
    draft = Report.objects.get(state="draft")
    assert composed(draft).counts["changed"] == 1
    assert composed(draft).counts["unmatched"] == 1
