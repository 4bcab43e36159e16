"""收到的发布页: published → received → the same figures; what was changed on the way is named; hostile pages do nothing."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.reports.conftest import CENTRE, Desk
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.models import Posting
from yibenzhang.organisation.models import Unit
from yibenzhang.reports import edition
from yibenzhang.reports.models import ReceivedFigure, ReceivedPage
from yibenzhang.reports.package import package_of
from yibenzhang.reports.page import page_of
from yibenzhang.reports.queries import composed
from yibenzhang.reports.receiving.beside import beside, quotable_by, version_here
from yibenzhang.reports.receiving.facts import MOST_FIGURES, UnreadablePageError
from yibenzhang.reports.receiving.quoting import quoted
from yibenzhang.reports.receiving.services import receive_page
from yibenzhang.reports.tokens import DeclaredToken

TEXT = (
    f"一、抓学习\n中心组学习{CENTRE}，每月{{{{study.centre_group|period=2023Q2|as=each_month}}}}，投入资金"
    "{{village.funds_invested}}，取消报表{{=11张|reason=清点|source=清单}}。"
)
BLOCK = re.compile(r'(<script type="application/json" id="facts">)(.*?)(</script>)', re.DOTALL)


@pytest.fixture
def page(desk: Desk) -> bytes:
    """The published page of an issued report of the bureau."""
    return page_of(edition.of_issued(desk.issued(TEXT))).encode()


@pytest.fixture
def superior(desk: Desk) -> Unit:
    """The tier above, in the same book."""
    return desk.bureau.found("organs", "省直机关工委", "provincial_organs_work_committee", None)


def facts_in(page: bytes) -> dict[str, Any]:
    found = BLOCK.search(page.decode())
    assert found
    return json.loads(found[2])  # type: ignore[no-any-return]


def with_facts(page: bytes, facts: object) -> bytes:
    text = facts if isinstance(facts, str) else json.dumps(facts, ensure_ascii=False)
    return BLOCK.sub(lambda match: match[1] + text + match[3], page.decode()).encode()


def sealed(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts whose digest fits what they now say, as another office's own program would write them."""
    canonical = json.dumps(facts["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {**facts, "digest": hashlib.sha256(canonical.encode()).hexdigest()}


def foreign(page: bytes) -> bytes:
    """The page of a bureau that is in no book here."""
    facts = facts_in(page)
    facts["unit"] = facts["content"]["unit"] = "elsewhere"
    facts["unit_name"] = "邻江省试点局"
    for figure in facts["figures"]:
        figure["unit"], figure["unit_name"] = "elsewhere", "邻江省试点局"
    return with_facts(page, sealed(facts))


def receive(desk: Desk, superior: Unit, data: bytes) -> ReceivedPage:
    return receive_page(data, unit=superior, actor=desk.bureau.reviewer, file_name="页.html")


def test_what_was_published_is_received_as_it_was(desk: Desk, superior: Unit, page: bytes) -> None:
    received = receive(desk, superior, page)
    facts = facts_in(page)
    assert (received.title, received.origin, received.period) == (facts["title"], "澜江省试点局", "2023")
    assert received.file_digest == hashlib.sha256(page).hexdigest()
    rows = [(row.indicator, row.shown, row.value, row.programme) for row in received.figures.all()]
    assert rows == [
        ("study.centre_group", "2次", "2", "thematic_education"),
        ("study.centre_group", "1次", "1", ""),
        ("village.funds_invested", "98万元", "980000", ""),
    ]
    assert version_here(received) is not None


def test_the_inspection_package_is_received_like_the_page(desk: Desk, superior: Unit) -> None:
    issued = desk.issued(TEXT)
    from_package = receive(desk, superior, package_of(issued))
    assert from_package.digest == issued.digest
    with pytest.raises(BookError, match="已经收过"):
        receive(desk, superior, page_of(edition.of_issued(issued)).encode())


def test_the_ledger_is_not_touched(desk: Desk, superior: Unit, page: bytes) -> None:
    before = Posting.objects.count()
    receive(desk, superior, page)
    assert Posting.objects.count() == before


def test_figures_stand_beside_our_own_where_the_unit_is_in_the_book(
    desk: Desk, superior: Unit, page: bytes
) -> None:
    received = receive(desk, superior, page)
    units = list(Unit.objects.all())
    assert [line.word for line in beside(received, units)] == ["一致", "一致", "一致"]
    desk.study(5)
    first, second, third = beside(received, units)
    assert (first.word, first.row.shown, first.own) == ("不一致", "2次", "3次")
    assert (second.word, third.word) == ("一致", "一致"), "the poorest month still has one"
    assert {line.word for line in beside(received, [])} == {"本账没有这个单位"}


def test_a_foreign_bureaus_figures_are_kept_and_quoted_with_their_source(desk: Desk, page: bytes) -> None:
    bureau = desk.bureau.units["bureau"]
    received = receive(desk, bureau, foreign(page))
    assert version_here(received) is None
    assert {line.word for line in beside(received, Unit.objects.all())} == {"本账没有这个单位"}
    token = quoted("据邻江省试点局·帮扶投入资金", quotable_by(bureau), "2023")
    name = received.figures.get(number=3).name
    token = quoted(f"据邻江省试点局·{name}", quotable_by(bureau), "2023")
    assert isinstance(token, DeclaredToken)
    report = desk.report(f"邻省投入资金{token}。")
    (mark,) = composed(report).marks
    assert (mark.shown, mark.word) == ("98万元", "人工核定")
    assert "据邻江省试点局《" in token.source
    assert received.digest[:12] in token.source


def test_a_quotation_must_name_one_figure_that_was_received(desk: Desk, page: bytes) -> None:
    bureau = desk.bureau.units["bureau"]
    receive(desk, bureau, foreign(page))
    rows = quotable_by(bureau)
    assert "没有收到过" in str(quoted("据邻江省试点局·没有的", rows, "2023"))
    assert isinstance(quoted("据邻江·中心组理论学习·主题教育", rows, "2023"), DeclaredToken)


def test_ones_own_page_and_the_same_page_again_are_refused(desk: Desk, superior: Unit, page: bytes) -> None:
    with pytest.raises(BookError, match="自己发布的"):
        receive(desk, desk.bureau.units["bureau"], page)
    receive(desk, superior, page)
    with pytest.raises(BookError, match="已经收过"):
        receive(desk, superior, page)
    assert ReceivedPage.objects.count() == 1


def _value(facts: dict[str, Any]) -> None:
    facts["figures"][0]["value"] = 200


def _shown(facts: dict[str, Any]) -> None:
    facts["figures"][0]["shown"] = "200次"


def _indicator(facts: dict[str, Any]) -> None:
    facts["figures"][0]["indicator"] = "study.collective"


def _title(facts: dict[str, Any]) -> None:
    facts["title"] = "别的标题"


def _unit(facts: dict[str, Any]) -> None:
    facts["unit"] = "agency"


def _content(facts: dict[str, Any]) -> None:
    facts["content"]["figures"][0][3] = "200"


def _digest(facts: dict[str, Any]) -> None:
    facts["digest"] = "0" * 64


def _twice(facts: dict[str, Any]) -> None:
    facts["figures"][1]["id"] = facts["figures"][0]["id"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_value, "第 1 处“2次”与定稿不一致"), (_shown, "第 1 处“200次”与定稿不一致"),
        (_indicator, "第 1 处“2次”与定稿不一致"), (_title, "标题与定稿不一致"), (_unit, "单位与定稿不一致"),
        (_content, "摘要值与内容不一致"), (_digest, "摘要值与内容不一致"), (_twice, "数字的编号与定稿不一致"),
    ],
)  # fmt: skip
def test_facts_that_were_changed_are_refused_and_named(
    desk: Desk, superior: Unit, page: bytes, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    facts = facts_in(page)
    change(facts)
    with pytest.raises(UnreadablePageError, match=said):
        receive(desk, superior, with_facts(page, facts))
    assert not ReceivedPage.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (">2次</data>", ">9次</data>", "第 1 处数字不是定稿的“2次”"),
        ("取消报表", "增加报表", "正文第 2 段与定稿不一致"),
        ("<h1>", "<h1>假的", "标题与定稿不一致"),
        ('id="f1" ', "", "第 1 处数字不是定稿的"),
    ],
)  # fmt: skip
def test_words_that_were_changed_on_the_page_are_refused_and_named(
    desk: Desk, superior: Unit, page: bytes, old: str, new: str, said: str
) -> None:
    assert old in page.decode()
    with pytest.raises(UnreadablePageError, match=said):
        receive(desk, superior, page.decode().replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("format", "other-1", "格式"), ("digest", "", "草稿"), ("unit", "../../x", "unit"),
        ("title", "标\u202e题", "不可见"), ("title", "长" * 121, "title"), ("period", "去年", "period"),
        ("as_of", -1, "as_of"), ("as_of", True, "as_of"), ("version", "1", "version"), ("content", None, "早期版本"),
        ("figures", "x", "figures"), ("published_on", "昨天", "published_on"),
    ],
)  # fmt: skip
def test_a_field_out_of_bounds_is_refused_by_name(
    desk: Desk, superior: Unit, page: bytes, field: str, value: object, said: str
) -> None:
    with pytest.raises(UnreadablePageError, match=said):
        receive(desk, superior, with_facts(page, {**facts_in(page), field: value}))


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", 1e400), ("value", "1/0"), ("value", "x"), ("value", 10**19), ("shown", "<b>\u200b"), ("scope", "all"),
     ("id", "f0"), ("indicator", "x'; DROP"), ("definition", "x" * 2001), ("vouchers", -1)],
)  # fmt: skip
def test_a_figure_out_of_bounds_is_refused_with_its_place(
    desk: Desk, superior: Unit, page: bytes, field: str, value: object
) -> None:
    facts = facts_in(page)
    facts["figures"][1][field] = value
    with pytest.raises(UnreadablePageError, match=f"第 2 个数字的 {field}|不完整"):
        receive(desk, superior, with_facts(page, facts))


def damaged_zip() -> bytes:
    """An archive with a sound directory and a spoilt stream of compressed bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", "党建" * 2000)
    data = bytearray(buffer.getvalue())
    start = 30 + len("manifest.json")
    data[start : start + 12] = bytes(byte ^ 0xFF for byte in data[start : start + 12])
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xff\xfe\x00", b"<html>", "没有数据块的网页".encode(), b"PK\x03\x04broken", damaged_zip(),
        b'<script id="facts" type="application/json">{"a":' + b"[" * 100_000,
        b'<script id="facts" type="application/json">NaN</script>',
        b'<script id="facts">{}</script>',
        b'<script id="facts" type="application/json">{}</script>' * 2,
    ],
    ids=["empty", "utf16", "bare", "words", "zip", "spoilt", "deep", "nan", "untyped", "twice"],
)  # fmt: skip
def test_what_is_no_published_page_is_refused_in_words(desk: Desk, superior: Unit, data: bytes) -> None:
    with pytest.raises(UnreadablePageError):
        receive(desk, superior, data)


def test_too_many_figures_are_refused_whole(desk: Desk, superior: Unit, page: bytes) -> None:
    facts = facts_in(page)
    facts["figures"] *= MOST_FIGURES
    with pytest.raises(UnreadablePageError):
        receive(desk, superior, with_facts(page, facts))


def test_hostile_markup_in_a_sealed_page_is_kept_as_words(desk: Desk, superior: Unit, page: bytes) -> None:
    facts = facts_in(page)
    evil = '<img src=x onerror="alert(1)">'
    facts["title"] = facts["content"]["title"] = evil
    hostile = with_facts(page, json.dumps(sealed(facts), ensure_ascii=False).replace("<", "\\u003c")).decode()
    hostile = re.sub(r"<h1>.*?</h1>", f"<h1>{html.escape(evil)}</h1>", hostile)
    assert receive(desk, superior, hostile.encode()).title == evil


def test_a_package_with_a_changed_file_is_refused_and_the_file_named(desk: Desk, superior: Unit) -> None:
    whole = package_of(desk.issued(TEXT))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in files:
        if name == "SHA256SUMS":
            continue
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as changed:
            for other, data in files.items():
                changed.writestr(other, data + b" " if other == name else data)
        with pytest.raises(UnreadablePageError, match=re.escape(name)):
            receive(desk, superior, buffer.getvalue())
    assert not ReceivedFigure.objects.exists()


def test_a_bomb_is_not_unpacked(desk: Desk, superior: Unit) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("报告.html", b"0" * (90 * 1024 * 1024))
    with pytest.raises(UnreadablePageError, match="太大"):
        receive(desk, superior, buffer.getvalue())
