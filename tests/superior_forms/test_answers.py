"""What goes into the cells: values, scales, parts of the year, other units; and why a cell stays empty."""

from __future__ import annotations

import pytest

from tests.superior_forms.conftest import Desk, answers
from tests.superior_forms.sheets import opened, plain, workbook
from yibenzhang.kernel.errors import BookError
from yibenzhang.superior_forms import deciding
from yibenzhang.superior_forms.filling import annotated, clean
from yibenzhang.superior_forms.models import FormCell
from yibenzhang.superior_forms.services import accept_sure, set_dashes


def test_a_value_stands_in_the_measure_of_the_cell(desk: Desk) -> None:
    found = desk.filled(("中心组理论学习", "次"), ("驻村投入资金", "万元"), ("驻村投入资金总额", "元"))
    assert found["中心组理论学习"].shown == "3"
    assert found["驻村投入资金"].shown == "98.5"
    assert found["驻村投入资金总额"].shown == "985000"
    assert found["中心组理论学习"].vouchers == 3


def test_zero_is_written_only_where_the_ledger_says_zero(desk: Desk) -> None:
    found = desk.filled(("人员伤亡", "人"), ("发展党员", "名"))
    assert (found["人员伤亡"].word, found["人员伤亡"].shown) == ("已填", "0")
    assert (found["发展党员"].word, found["发展党员"].shown) == ("没人记", "")
    assert "没有“发展党员”的记录" in found["发展党员"].why
    assert [kind.code for kind in found["发展党员"].record] == ["member_admission"]


def test_columns_ask_for_parts_of_the_year_last_year_and_the_change(desk: Desk) -> None:
    heads = [
        "项目",
        "单位",
        "2023年",
        "上半年",
        "三季度",
        "9月",
        "2022年",
        "比上年增减",
        "同比增减率",
        "累计",
    ]
    form = desk.form(workbook([heads, ["中心组理论学习", "次", *[None] * 8]]))
    accept_sure(form, actor=desk.clerk)
    assert [each.shown for each in answers(form)] == ["3", "2", "1", "1", "5", "-2", "-40", "3"]


def test_a_programme_named_in_row_or_column_narrows_the_figure(desk: Desk) -> None:
    rows = [["项目", "单位", "合计", "其中：主题教育"], ["中心组理论学习", "次", None, None]]
    form = desk.form(workbook(rows))
    accept_sure(form, actor=desk.clerk)
    assert [(each.shown, each.cell.programme) for each in answers(form)] == [
        ("3", ""),
        ("2", "thematic_education"),
    ]


def test_rows_and_columns_of_units_ask_for_each_unit(desk: Desk) -> None:
    rows = [
        ["单位", "主题党日（次）", "党课（次）"],
        ["甲支部", None, None],
        ["乙支部", None, None],
        ["合计", None, None],
    ]
    form = desk.form(workbook(rows))
    accept_sure(form, actor=desk.clerk)
    days = [each for each in answers(form) if each.field.columns == ("主题党日（次）",)]
    assert [(each.field.rows[-1], each.shown, each.cell.target) for each in days] == [
        ("甲支部", "2", "a"), ("乙支部", "1", "b"), ("合计", "3", ""),
    ]  # fmt: skip


def test_what_does_not_apply_is_empty_or_a_dash_by_choice(desk: Desk) -> None:
    form = desk.form(plain(("中心组理论学习", "次")))
    desk.map(form, 1, "study.centre_group", target="a")
    (answer,) = answers(form)
    assert (answer.word, answer.written) == ("不适用", None)
    set_dashes(form, dashes=True, actor=desk.clerk)
    form.refresh_from_db()
    (answer,) = answers(form)
    assert opened(clean(form, [answer]))["D3"].value == "—"


def test_a_cell_nobody_records_is_named_and_can_be_declared_with_reason_and_source(desk: Desk) -> None:
    form = desk.form(plain(("制作党员教育电视片", "部")))
    (answer,) = answers(form)
    assert (answer.word, answer.written) == ("没人记", None)
    declare = {"revision": 1, "actor": desk.clerk}
    for text, reason, source, words in (
        ("", "r", "s", "请写这一格"), ("三部", "r", "s", "不是数字"), ("3", " ", "s", "写理由"), ("3", "r", "", "写出处"),
    ):  # fmt: skip
        with pytest.raises(BookError, match=words):
            deciding.declare_cell(form, 1, text=text, reason=reason, source=source, **declare)  # type: ignore[arg-type]
    deciding.declare_cell(form, 1, text="３", reason="组织部统计", source="年报第3页", **declare)  # type: ignore[arg-type]
    (answer,) = answers(form)
    assert (answer.word, opened(clean(form, [answer]))["D3"].value) == ("人工核定", 3)


@pytest.mark.parametrize(
    ("title", "label", "barred"),
    [
        ("统计表（2023年度）", "线上学习时长", True),
        ("统计表（2023年度）", "点赞数", True),
        ("党建考核评分表（2023年度）", "省级以上媒体报道篇数", True),
        ("统计表（2023年度）", "省级以上媒体报道篇数", False),
    ],
)
def test_what_the_relief_rules_bar_is_not_filled_and_the_article_is_named(
    desk: Desk, title: str, label: str, barred: bool
) -> None:
    form = desk.form(plain((label, "篇"), title=title))
    (answer,) = answers(form)
    assert (answer.word == "不得要") is barred
    if barred:
        assert "《" in answer.why
        with pytest.raises(BookError, match="不能要"):
            desk.map(form, 1, "publicity.media_provincial")


def test_last_years_number_goes_where_a_decided_cell_has_none_and_stays_where_nobody_decided(
    desk: Desk,
) -> None:
    rows = [
        ["项目", "单位", "数量"],
        ["发展党员", "名", 7],
        ["制作电视片", "部", 9],
        ["中心组理论学习", "次", 5],
    ]
    form = desk.form(workbook(rows))
    desk.map(form, 1, "member.admitted")
    desk.map(form, 3, "study.centre_group")
    sheet = opened(clean(form, answers(form)))
    assert [sheet[f"C{row}"].value for row in (3, 4, 5)] == [None, 9, 3]


def test_footers_get_unit_and_day_and_people_only_by_choice(desk: Desk) -> None:
    rows = [["项目", "数量"], ["党课", None], ["填报单位", None], ["填报人", None]]
    form = desk.form(workbook(rows))
    sheet = opened(clean(form, answers(form)))
    assert (sheet["B4"].value, sheet["B5"].value) == ("澜江省试点局", None)
    person = next(cell for cell in form.cells.all() if cell.field.footer == "person")
    deciding.declare_cell(
        form, person.number, text="办公室", reason="", source="", revision=person.revision, actor=desk.clerk
    )
    assert opened(clean(form, answers(form)))["B5"].value == "办公室"


def test_the_annotated_file_says_where_each_number_comes_from(desk: Desk) -> None:
    form = desk.form(plain(("中心组理论学习", "次"), ("制作电视片", "部")))
    accept_sure(form, actor=desk.clerk)
    found = answers(form)
    sheet = opened(annotated(form, found, clean(form, found), 10))
    assert sheet["D3"].value == 3 and sheet["D3"].comment is not None
    for words in ("指标：中心组理论学习", "口径：", "2023年", "第10笔", "凭证：3笔"):
        assert words in sheet["D3"].comment.text
    assert sheet["D4"].comment is not None and "没人记" in sheet["D4"].comment.text


def test_refusals_of_a_mapping_say_what_to_do(desk: Desk) -> None:
    form = desk.form(plain(("党课", "次")))
    for more, words in (
        ({"indicator": "nothing.known"}, "没有指标"),
        ({"indicator": "life.party_lectures", "programme": "none"}, "没有专题"),
        ({"indicator": "life.party_lectures", "rule": "M13"}, "没有这种期间"),
        ({"indicator": "life.party_lectures", "target": "elsewhere"}, "不在"),
    ):
        with pytest.raises(BookError, match=words):
            desk.map(form, 1, **more)


def test_two_people_do_not_overwrite_each_other(desk: Desk) -> None:
    form = desk.form(plain(("党课", "次")))
    deciding.leave_cell(form, 1, revision=1, actor=desk.clerk)
    with pytest.raises(BookError, match="别人刚改过"):
        deciding.mark_unrecorded(form, 1, revision=1, actor=desk.chief)
    assert form.cells.get().kind == FormCell.Kind.LEFT
    deciding.reopen_cell(form, 1, revision=2, actor=desk.chief)
    assert form.cells.get().kind == FormCell.Kind.OPEN
