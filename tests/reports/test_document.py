"""The official document re-opened by a library: page, grid, fonts, text, comments and annex."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.reports.conftest import CENTRE, Desk
from yibenzhang.kernel.ooxml import check_ooxml
from yibenzhang.reading import read_page
from yibenzhang.reports import edition
from yibenzhang.reports.docx.document import document_of, title_lines

TEXT = (
    f"开头说明“一本账”。\n一、抓学习\n（一）中心组\n1.怎么学\n（1）坚持集体学\n中心组学习{CENTRE}，投入资金{{{{village.funds_invested}}}}，"
    "取消报表{{=11张|reason=办公室清点|source=报表清单}}。"
)


@pytest.fixture
def ready(desk: Desk) -> edition.Edition:
    return edition.of_issued(desk.issued(TEXT))


def opened(ready: edition.Edition, *, annotated: bool = False) -> Any:
    data = document_of(ready, annotated=annotated)
    check_ooxml(data)
    return Document(io.BytesIO(data))


def points(millimetres: float) -> float:
    return millimetres / 25.4 * 72


def face(run: Any) -> str | None:
    """The Chinese face of a run, its style's when it has none."""
    return run._r.rPr.rFonts.get(qn("w:eastAsia")) if run._r.rPr is not None else None


def test_page_and_grid_are_those_of_the_standard(ready: edition.Edition) -> None:
    document = opened(ready)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert 22 * 579 / 20 <= points(297 - 37 - 35) < 23 * 579 / 20
    normal = document.styles["Normal"]
    assert normal.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert 28 * (16 - 0.25) <= points(210 - 28 - 26) < 29 * (16 - 0.25)
    assert normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"


def test_faces_and_sizes_follow_the_levels(ready: edition.Edition) -> None:
    document = opened(ready)
    faces = {
        name: (
            document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")),
            document.styles[name].font.size,
            document.styles[name].element.rPr.rFonts.get(qn("w:eastAsiaTheme")),
        )
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4")
    }
    assert faces == {
        "Normal": ("仿宋_GB2312", Pt(16), None),
        "Heading 1": ("黑体", Pt(16), None),
        "Heading 2": ("楷体_GB2312", Pt(16), None),
        "Heading 3": ("仿宋_GB2312", Pt(16), None),
        "Heading 4": ("仿宋_GB2312", Pt(16), None),
    }
    title = document.paragraphs[0].runs[0]
    assert (face(title), title.font.size) == ("方正小标宋简体", Pt(22))
    styles = [
        p.style.name for p in document.paragraphs if p.text.startswith(("一、", "（一）", "1.", "（1）"))
    ]
    assert styles == ["Heading 1", "Heading 2", "Heading 3", "Heading 4"]


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(ready: edition.Edition) -> None:
    document = opened(ready)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in ((section.footer, "RIGHT"), (section.even_page_footer, "LEFT")):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "—  —"
        assert paragraph.alignment.name == side
        assert face(paragraph.runs[0]) == "宋体"
        assert paragraph.runs[0].font.size == Pt(14)
        assert [field.text for field in paragraph._p.iter(qn("w:instrText"))] == [" PAGE "]


def test_the_clean_document_is_the_text_and_nothing_else(ready: edition.Edition) -> None:
    document = opened(ready)
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert texts[0].replace("\n", "") == ready.title
    assert texts[1:] == [*ready.text.text.split("\n"), "澜江省试点局", "2023年12月27日"]
    assert not list(document.comments)
    assert not document.tables


def test_the_annotated_document_explains_every_number(ready: edition.Edition) -> None:
    document = opened(ready, annotated=True)
    comments = [comment.text for comment in document.comments]
    assert len(comments) == 3
    assert "中心组理论学习" in comments[0]
    assert "主题教育" in comments[0]
    assert f"第{ready.position}笔" in comments[0]
    assert "凭证2笔" in comments[0]
    assert "办公室清点" in comments[2]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[1] for row in rows[1:]] == ["2次", "98万元", "11张"]
    marks = [mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    assert marks == ["f1", "f2", "f3"]


def test_an_issued_version_always_gives_the_same_bytes(ready: edition.Edition) -> None:
    assert document_of(ready, annotated=True) == document_of(ready, annotated=True)
    with zipfile.ZipFile(io.BytesIO(document_of(ready))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 12, 27, 0, 0, 0)}


def test_the_document_reads_back_with_its_numbers(ready: edition.Edition) -> None:
    reading = read_page(document_of(ready))
    assert [claim.text for claim in reading.claims] == ["2次", "98万元", "11张"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("澜江省地质局2023年党建工作十大亮点", ["澜江省地质局2023年党建工作十大亮点"]),
        (
            "澜江省气象局2024年落实“四个聚焦”加强党的建设情况",
            ["澜江省气象局2024年落实", "“四个聚焦”加强党的建设情况"],
        ),
        ("甲" * 30, ["甲" * 15, "甲" * 15]),
    ],
)
def test_a_long_title_breaks_near_its_middle(title: str, lines: list[str]) -> None:
    assert title_lines(title) == lines
