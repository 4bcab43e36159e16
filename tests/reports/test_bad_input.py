"""What people paste and programs send: kept as it is, refused in words, and never slow enough to stop the server."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.reports.conftest import CENTRE, Desk, states
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Book
from yibenzhang.reading.claims.extract import extract
from yibenzhang.reports import edition, services
from yibenzhang.reports.changes import changes_since, issued_using, reversed_since
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.page import page_of
from yibenzhang.reports.paragraphs import LONGEST, LONGEST_LINE, paragraphs, tidy, tidy_line
from yibenzhang.reports.queries import composed, rerun
from yibenzhang.reports.tokens import BrokenToken, FigureToken, split
from yibenzhang.reports.wording import Dictionary, WordingError, for_editing, stored

WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><!--[if gte mso 9]><xml><w:WordDocument>'
    "</w:WordDocument></xml><![endif]--><p class=MsoNormal style='mso-char-indent-count:2.0'>{}<o:p></o:p></p>"
)
HOSTILE = (
    "<script>alert(1)</script>", '<img src=x onerror="alert(1)">', '<a href="javascript:alert(1)">支部</a>',
    "<!-- 没有收口", "<svg/onload=alert(1)>", "</textarea><script>alert(1)</script>", "]]><![CDATA[",
    '" autofocus onfocus="alert(1)',
)  # fmt: skip


@pytest.mark.parametrize("markup", [WORD.format("先进支部"), *HOSTILE])
def test_markup_stays_words_in_text_and_page(desk: Desk, markup: str) -> None:
    report = desk.report(markup)
    assert composed(report).text == markup.strip()
    root = html.document_fromstring(page_of(edition.of_draft(report)))
    assert [each.get("id") for each in root.iter("script")] == ["facts"]
    article = root.find(".//article")
    assert {each.tag for each in article.iter()} <= {"article", "h1", "h2", "h3", "p", "data"}
    assert not [name for each in article.iter() for name in each.attrib if name.startswith(("on", "style"))]
    assert "".join(markup.split()) in "".join(article.text_content().split())


def test_three_thousand_paragraphs_of_markup_are_kept_whole_in_seconds(desk: Desk) -> None:
    paragraph = "<p class=MsoNormal><span style='font-family:仿宋'>\u3000\u3000第{}段，写了话\u200b<o:p></o:p></span></p>"
    pasted = "\r\n".join(paragraph.format(n) for n in range(3000))
    started = time.process_time()
    report = desk.report(pasted)
    assert report.text.count("\n") == 2999
    assert "\u200b" not in report.text
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("长" * 1_000_000, f"超过 {LONGEST:,} 字"),
        ("第一段。\n" + "长" * (LONGEST_LINE + 1), f"第 2 段有 {LONGEST_LINE + 1:,} 字"),
        ("\n".join("1个、" * 2_000 for _ in range(3)), "6,000 处数字"),
    ],
)
def test_too_much_is_refused_in_words_and_nothing_is_lost(desk: Desk, text: str, said: str) -> None:
    report = desk.report("原来的话。")
    with pytest.raises(BookError, match=said) as refused:
        desk.save(report, text)
    assert refused.value.field == "text"
    report.refresh_from_db()
    assert (report.text, report.revision) == ("原来的话。", 1)


@pytest.mark.parametrize(
    "unit", ["7", "十", "1%", "、1个", "开展3次，", "其中", "的", "“一", "a@", "{{", "}}", "〔", "{{a"]
)
def test_no_run_of_signs_takes_square_time(unit: str) -> None:
    def cost(length: int) -> float:
        text = (unit * length)[:length]
        started = time.process_time()
        extract([text], [""])
        for paragraph in paragraphs(text):
            assert paragraph.pieces
        return time.process_time() - started

    cost(100)
    assert cost(LONGEST_LINE) < 5


@pytest.mark.parametrize(
    ("raw", "pieces"),
    [
        ("学习{{", ["学习", BrokenToken]), ("}}学习", [BrokenToken, "学习"]), ("{{{{{{", [BrokenToken]),
        ("{{a {{study.centre_group}} b}}", [BrokenToken, "a ", FigureToken, " b", BrokenToken]),
        ("{{study.centre_group\n}}", [BrokenToken, "study.centre_group\n", BrokenToken]),
        ("{{}}", [BrokenToken]), ("{}", ["{}"]),
    ],
)  # fmt: skip
def test_braces_that_do_not_pair_are_found_and_hide_no_figure(raw: str, pieces: list[object]) -> None:
    found = split(raw)
    assert "".join(map(str, found)) == raw
    assert [each if isinstance(each, str) else type(each) for each in found] == pieces


@given(st.text(alphabet="{}ab.|=〔〕1·\n", max_size=60))
def test_editing_without_a_change_gives_back_the_text(text: str) -> None:
    """Numbers of brackets mean the same figures whatever braces stand around them."""
    whole = tidy(text)
    by_line = [piece for line in whole.split("\n") for piece in split(line)]
    tokens = [str(piece) for piece in by_line if not isinstance(piece, str)]
    assert [str(piece) for piece in split(whole) if not isinstance(piece, str)] == tokens


def test_broken_braces_stand_in_the_way_of_issuing_and_are_mended_where_they_are(desk: Desk) -> None:
    report = desk.report(f"学习{{{{不是代码}}}}，中心组{CENTRE}{{{{。")
    assert [word for _, word in states(report)] == ["unmatched", "matched", "unmatched"]
    typed = for_editing(composed(report))
    assert typed == "学习{{不是代码}}，中心组〔1·2次〕{{。"
    dictionary = Dictionary(current_catalogue(), ("base",), _evaluator(desk))
    mended = stored(typed.replace("{{不是代码}}", "").replace("{{。", "。"), report.text, dictionary)
    assert mended == f"学习，中心组{CENTRE}。"


def _evaluator(desk: Desk) -> Evaluator:
    report = desk.report("一")
    return Evaluator(report.unit, report.span, desk.bureau.reviewer.date_joined.date())


def test_a_thousand_brackets_that_mean_nothing_are_told_briefly(desk: Desk) -> None:
    dictionary = Dictionary(current_catalogue(), ("base",), _evaluator(desk))
    typed = "".join(f"〔没有{n}〕" for n in range(1000)) + "〔" + "长" * 500 + "〕"
    with pytest.raises(WordingError, match="另有 996 处") as refused:
        stored(typed, "", dictionary)
    assert len(refused.value.message) < 400


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2066", "\u200b", "\u2060", "\ufeff", "\xad", "\x00", "\x1b", "\U000e0041", "\ud83d"]
)
def test_signs_nobody_sees_do_not_get_in(desk: Desk, sign: str) -> None:
    report = desk.report("学习。")
    saved = services.save_report(
        report, text=f"中心组{sign}学习。", revision=1, actor=desk.bureau.recorder, title=f"标{sign}题\n二",
        editor=f"编{sign}辑",
    )  # fmt: skip
    assert (saved.text, saved.title, saved.editor) == ("中心组学习。", "标题 二", "编辑")


def test_line_ends_of_every_kind_part_paragraphs() -> None:
    assert tidy("一\r二\r\n三\x0b四\x0c五\u2028六\u2029七\x85八").split("\n") == list("一二三四五六七八")
    assert tidy_line(" 标题\u2028\t二 ", 4) == "标题 二"


PACK = """pack: local
title: 本局包
extends: [base]
programmes:
  - {code: local_drive, name: 本局行动, starts: 2023-01-01}
indicators:
  - {code: local.study, name: 行动学习, measure: 次, group: 理论学习, aggregation: distinct, key: event,
     accounts: [study.centre_group], definition: 本局行动中的中心组学习次数}
"""


@pytest.fixture
def upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """An agency's own pack in force; calling what is given takes it away, as an upgrade may."""
    folder = tmp_path / "packs" / "local"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    monkeypatch.setenv("YIBENZHANG_HOME", str(tmp_path))
    current_catalogue.cache_clear()

    def remove() -> None:
        shutil.rmtree(folder)
        current_catalogue.cache_clear()

    yield remove
    current_catalogue.cache_clear()


def test_a_programme_dropped_by_an_upgrade_is_named_in_drafts_and_leaves_issued_reports_whole(
    upgrade: Callable[[], None], desk: Desk
) -> None:
    Book.objects.update(packs=["base", "geology", "meteorology", "local"])
    voucher = desk.bureau.post(
        "centre_group_study", "committee", date(2023, 9, 8), programmes=["local_drive"]
    )
    text = "行动学习{{study.centre_group|programme=local_drive}}，又{{local.study}}。"
    issued, draft = desk.issued(text), desk.report(text)
    before = edition.of_issued(issued).text.text
    assert before == "行动学习1次，又4次。"
    upgrade()
    assert [mark.state for mark in composed(draft).marks] == ["unmatched", "unmatched"]
    first, second = (mark.message for mark in composed(draft).marks)
    assert "已不在目录里" in first
    assert "目录里没有指标“local.study”" in second
    assert edition.of_issued(issued).text.text == rerun(issued).text == before
    assert "已不在目录里" in changes_since(issued)[0].now
    desk.bureau.reverse(voucher)
    assert len(reversed_since([issued])[issued.pk]) == 2, "asked under the catalogue of the issue"
    assert [row.shown for row in issued_using(voucher)] == ["1次", "4次"]
    assert len(changes_since(issued)) == 2
