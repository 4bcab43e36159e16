"""What a check can be taken away as: the user's own document with comments, a clean one, a page of its own."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser

import docx
import pytest
from docx.document import Document

from tests.ledger.bookkeeping import Bureau
from yibenzhang.checking.article import find_setting
from yibenzhang.checking.checker import check
from yibenzhang.checking.outputs.findings import Findings, trail_of
from yibenzhang.checking.outputs.sheet import sheet
from yibenzhang.checking.outputs.word import annotated
from yibenzhang.checking.results import lines_of, result_of
from yibenzhang.kernel.errors import BookError
from yibenzhang.reading import read_page

TITLE = "澜江省试点局2023年工作总结"
SENTENCES = [
    "一年来，开展中心组理论学习2次，推动学习走深走实。",
    "班子成员带头联系地方县（市、区）3个，推出系列访谈34期。",
]


def findings(data: bytes | str) -> Findings:
    """A text checked for the bureau of the test."""
    from yibenzhang.organisation.models import Unit

    reading = read_page(data)
    setting = find_setting(reading, units=list(Unit.objects.all()), unit=None, period=None)
    results = [result_of(item) for item in check(reading, setting)]
    return Findings(
        reading,
        setting.unit,
        setting.period,
        6,
        setting.notes,
        lines_of(reading, results),
        datetime(2023, 12, 27, tzinfo=UTC),
    )


def users_document() -> bytes:
    """A document as people write it: bold digits in a run of their own, a table, a link, a header, a comment of theirs."""
    document: Document = docx.Document()
    document.add_heading(TITLE, level=0)
    paragraph = document.add_paragraph("一年来，开展中心组理论学习")
    bold = paragraph.add_run("2")
    bold.bold = True
    paragraph.add_run("次，推动学习走深走实。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "联系地方县（市、区）"
    table.cell(0, 1).text = "3个"
    last = document.add_paragraph("全年推出系列访谈34期。")
    document.add_comment(last.runs, text="请再核一下", author="某同志", initials="某")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a document by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def anchored(data: bytes) -> dict[str, str]:
    """Text each comment is anchored at, by the comment's first line."""
    tree = parts(data)["word/document.xml"].decode()
    heads = {
        str(each.comment_id): each.paragraphs[0].text for each in docx.Document(io.BytesIO(data)).comments
    }
    found = {}
    for number, head in heads.items():
        span = re.search(
            rf'commentRangeStart w:id="{number}"/>(.*?)<w:commentRangeEnd w:id="{number}"', tree, re.S
        )
        assert span, head
        found[head] = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", span[1]))
    return found


def test_comments_hang_on_the_figures_of_the_users_own_document(bureau: Bureau) -> None:
    original = users_document()
    marked = annotated(findings(original), original)
    places = anchored(marked)
    assert [(head.split("　")[1], text) for head, text in places.items() if head.startswith("第 ")] == [
        ("一致", "2次"),
        ("一致", "3个"),
        ("无记录", "34期"),
    ]
    assert places["请再核一下"] == "全年推出系列访谈34期。"


def test_nothing_else_in_the_users_document_is_touched(bureau: Bureau) -> None:
    original = users_document()
    marked = annotated(findings(original), original)
    before, after = parts(original), parts(marked)
    rewritten = {"word/document.xml", "word/comments.xml"}
    assert {name for name in before if before[name] != after[name]} <= rewritten
    assert set(after) == set(before)
    texts = [[p.text for p in docx.Document(io.BytesIO(data)).paragraphs] for data in (original, marked)]
    assert texts[0] == texts[1]
    bold = [
        [run.text for p in docx.Document(io.BytesIO(data)).paragraphs for run in p.runs if run.bold]
        for data in (original, marked)
    ]
    assert bold[0] == bold[1]


def test_a_document_without_comments_gets_the_part_and_its_registration(bureau: Bureau) -> None:
    text = "\n\n".join([TITLE, *SENTENCES])
    found = findings(text)
    marked = annotated(found, text.encode())
    assert list(anchored(marked).values()) == ["2次", "3个", "34期"]
    document = docx.Document(io.BytesIO(marked))
    assert [p.text for p in document.paragraphs if p.text in SENTENCES] == SENTENCES


def test_contradictions_are_written_at_each_figure_concerned(bureau: Bureau) -> None:
    text = f"{TITLE}\n\n表彰先进20名，其中党员12名、干部9名。开展中心组理论学习2次。"
    found = findings(text)
    assert found.reading.inconsistencies
    document = docx.Document(io.BytesIO(annotated(found, None)))
    assert sum("文内不一致" in each.text for each in document.comments) == 3


def test_a_document_that_cannot_be_opened_is_refused_in_words(bureau: Bureau) -> None:
    text = "\n\n".join([TITLE, *SENTENCES])
    with pytest.raises(BookError, match="打不开"):
        annotated(findings(text), b"PK\x03\x04 broken")


class Page(HTMLParser):
    """Addresses and anchors a page names."""

    def __init__(self) -> None:
        super().__init__()
        self.sources: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.sources += [value for key, value in attrs if key == "src" and value] + (
            [tag] if tag in {"script", "link"} else []
        )
        self.links += [given["href"]] if given.get("href") else []  # type: ignore[list-item]
        self.ids += [given["id"]] if given.get("id") else []  # type: ignore[list-item]


def test_the_sheet_stands_alone_and_its_links_lead_somewhere(bureau: Bureau) -> None:
    text = "\n\n".join([TITLE, *SENTENCES, "安装路灯<b>12盏</b>&nbsp;。"])
    html = sheet(findings(text))
    page = Page()
    page.feed(html)
    assert page.sources == []
    assert page.links
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert "<b>12盏</b>" not in html
    for word in ("一致", "无记录", "不可核", "✓", "—"):
        assert word in html


def test_the_trail_of_a_figure_adds_up_to_it(bureau: Bureau) -> None:
    found = findings("\n\n".join([TITLE, *SENTENCES]))
    trail = trail_of(found.lines[0], found)
    assert trail is not None
    assert sum(record.quantity for record in trail.records) == found.lines[0].result["ledger_value"] == 2
