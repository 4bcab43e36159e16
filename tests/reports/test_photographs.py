"""Photographs of a report: from posted vouchers of the unit, made small, kept at issue whatever becomes of the evidence."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import pytest
from docx import Document
from PIL import Image

from tests.reports.conftest import Desk
from tests.reports.evidence import picture, recorded
from tests.reports.ooxml_order import WP, faults
from yibenzhang.kernel.errors import BookError
from yibenzhang.reading import read_page
from yibenzhang.reports import edition
from yibenzhang.reports.block_wording import line_for
from yibenzhang.reports.blocks import Block
from yibenzhang.reports.composition import compose
from yibenzhang.reports.digest import is_intact
from yibenzhang.reports.docx.document import document_of
from yibenzhang.reports.models import Report
from yibenzhang.reports.page import page_of
from yibenzhang.reports.photographs import LONGEST_SIDE, MOST, caption_for, photographs_of, prepared
from yibenzhang.reports.queries import composed, evaluator_of
from yibenzhang.reports.tokens import PictureToken, TokenError, split
from yibenzhang.reports.wording import Dictionary, WordingError, for_editing, stored
from yibenzhang.vouchers.evidence import evidence_path
from yibenzhang.vouchers.models import Voucher

GPS = 0x8825


def only(report: Report) -> Block:
    (block,) = composed(report).blocks
    return block


def test_its_words_are_those_of_the_voucher_until_somebody_writes_others(desk: Desk) -> None:
    (row,) = recorded(desk, picture())
    assert only(desk.report(str(PictureToken(row.sha256)))).words == "进村讲地质（甲支部，2023年5月8日）"
    assert only(desk.report(str(PictureToken(row.sha256, "地质队员进村")))).words == "地质队员进村"


def test_a_title_with_a_number_gives_way_to_the_kind_of_record(desk: Desk) -> None:
    (row,) = recorded(desk, picture(), title="50人参加主题党日")
    assert caption_for(row.voucher) == "主题党日（甲支部，2023年5月8日）"


def test_a_number_in_a_caption_never_passes_silently(desk: Desk) -> None:
    (row,) = recorded(desk, picture())
    assert "“50人”没有对应台账" in only(desk.report(str(PictureToken(row.sha256, "50人到场")))).problem


def test_only_pictures_of_posted_vouchers_at_or_below_the_unit_can_be_placed(desk: Desk) -> None:
    (draft,) = recorded(desk, picture(colour="red"), post=False)
    (posted,) = recorded(desk, picture())
    assert "没有这张照片" in only(desk.report(str(PictureToken(draft.sha256)))).problem
    other = desk.bureau.found("other", "澜江省别局", "bureau", None)
    evaluator = evaluator_of(desk.report("一"))
    evaluator.unit = other
    assert "没有这张照片" in compose(str(PictureToken(posted.sha256)), evaluator, {}).blocks[0].problem
    assert posted not in photographs_of(other)


def test_a_report_takes_only_so_many(desk: Desk) -> None:
    (row,) = recorded(desk, picture())
    blocks = composed(desk.report("\n".join([str(PictureToken(row.sha256))] * (MOST + 1)))).blocks
    assert [bool(block.problem) for block in blocks] == [False] * MOST + [True]


def test_what_leaves_the_house_is_small_upright_and_says_nothing_of_the_camera() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "camera"
    exif.get_ifd(GPS)[1] = "N"
    with Image.open(io.BytesIO(prepared(picture((3000, 1000), exif=exif)))) as small:
        assert small.format == "JPEG"
        assert small.size == (427, LONGEST_SIDE)
        assert not small.getexif()
        assert "exif" not in small.info
    clear = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(clear, "PNG")
    with Image.open(io.BytesIO(prepared(clear.getvalue()))) as white:
        assert white.getpixel((5, 5)) == (255, 255, 255)


def test_page_and_document_hold_the_pictures_two_in_a_row(desk: Desk) -> None:
    rows = recorded(desk, picture(), picture(colour="green"), picture(colour="olive"))
    tokens = "".join(str(PictureToken(row.sha256)) for row in rows)
    ready = edition.of_issued(desk.issued(f"一、支部\n支部进村讲地质。\n{tokens}\n照片如上。"))
    page = page_of(ready)
    inside = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', page)
    assert [base64.b64decode(each)[:3] for each in inside] == [b"\xff\xd8\xff"] * 3
    assert page.count("blk--two") - page.split("</style>")[0].count("blk--two") == 1
    document = document_of(ready)
    assert faults(document) == []
    opened = Document(io.BytesIO(document))
    assert [len(table.rows[0].cells) for table in opened.tables] == [2]
    shapes = list(opened.element.iter(f"{{{WP}}}inline"))
    widths = [round(int(shape.extent.cx) / 36000) for shape in shapes]
    assert widths == [76, 76, 136]
    assert [shape.docPr.get("descr") for shape in shapes] == ["进村讲地质（甲支部，2023年5月8日）"] * 3
    for data in (page.encode(), document):
        assert read_page(data).claims == ()


def test_an_issued_report_keeps_its_copy_when_voucher_and_file_are_gone(desk: Desk) -> None:
    (row,) = recorded(desk, picture())
    issued = desk.issued(f"开头。\n{PictureToken(row.sha256)}")
    before = page_of(edition.of_issued(issued))
    desk.bureau.reverse(row.voucher)
    evidence_path(row.sha256).unlink()
    assert page_of(edition.of_issued(issued)) == before
    assert is_intact(issued)
    assert "凭证已冲销" in only(desk.report(issued.text)).problem


def test_a_picture_missing_from_the_store_is_named_at_issue(desk: Desk) -> None:
    (row,) = recorded(desk, picture())
    evidence_path(row.sha256).unlink()
    with pytest.raises(BookError, match="不在存放处"):
        desk.issued(f"开头。\n{PictureToken(row.sha256)}")


def edited(desk: Desk, report: Any, change: Any) -> str:
    from yibenzhang.catalogue.loading import current_catalogue

    dictionary = Dictionary(current_catalogue(), ("base", "geology"), evaluator_of(report))
    return stored(change(for_editing(composed(report))), report.text, dictionary)


def test_while_editing_blocks_stand_in_brackets_whose_words_may_be_changed(desk: Desk) -> None:
    (row,) = recorded(desk, picture())
    report = desk.report(
        f"学习{{{{study.centre_group}}}}。\n{{{{chart:study.centre_group|by=month}}}}\n{PictureToken(row.sha256)}"
    )
    shown = for_editing(composed(report))
    assert shown == (
        "学习〔1·3次〕。\n〔2·图：2023年各月中心组理论学习（次）〕\n〔3·照片：进村讲地质（甲支部，2023年5月8日）〕"
    )
    assert edited(desk, report, lambda text: text) == str(report.text), "made-up words stay made up"
    text = edited(desk, report, lambda text: text.replace("2023年各月中心组理论学习（次）", "学习的节奏"))
    assert "{{chart:study.centre_group|by=month|title=学习的节奏}}" in text
    with pytest.raises(TokenError, match="竖线"):
        edited(desk, report, lambda text: text.replace("进村讲地质", "进村|讲地质"))


def test_new_ones_are_written_by_name_and_by_voucher_number(desk: Desk) -> None:
    one, two = recorded(desk, picture(), picture(colour="green"))
    assert line_for(two, 2) == f"〔照片·{two.voucher.number}·2〕"
    report = desk.report("开头。")
    text = edited(
        desk, report, lambda text: f"{text}\n〔图·中心组理论学习·主题教育·各单位〕\n〔照片·{one.voucher.number}〕\n{line_for(two, 2)}"
    )  # fmt: skip
    chart, first, second = [piece for piece in split(text) if not isinstance(piece, str)]
    assert str(chart) == "{{chart:study.centre_group|by=unit|programme=thematic_education}}"
    assert [first, second] == [PictureToken(row.sha256, caption_for(row.voucher)) for row in (one, two)]
    for wrong, why in (
        ("〔图·没有的指标·各月〕", "没有这个指标"), ("〔图·中心组理论学习·各月·各年〕", "只能选一种"),
        ("〔照片·无此号〕", "没有照片"), (f"〔照片·{one.voucher.number}·3〕", "没有第 3 张"),
    ):  # fmt: skip
        with pytest.raises(WordingError, match=why):
            edited(desk, report, lambda text, wrong=wrong: text + wrong)


def test_vouchers_do_not_need_pictures(desk: Desk) -> None:
    recorded(desk)
    assert Voucher.objects.filter(attachments__isnull=False).count() == 0
