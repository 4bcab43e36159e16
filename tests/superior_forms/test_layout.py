"""Finding the blanks of messy forms: merged headers, sections, parts, footers, sheets that hide things."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from tests.superior_forms.sheets import HEAD, document, opened, plain, saved, workbook
from yibenzhang.superior_forms.fields import FIGURE, FOOTER, Field
from yibenzhang.superior_forms.gate import FormFileError
from yibenzhang.superior_forms.layout import Layout
from yibenzhang.superior_forms.reading import read_form

NESTED = [
    ["序号", "项目", None, "计量单位", "2023年", None, "上年同期", "备注"],
    [None, None, None, None, "合计", "其中：上半年", None, None],
    ["一、理论学习", None, None, None, None, None, None, None],
    [1, "学习", "中心组学习", "次", None, None, None, None],
    [2, None, "专题读书班", "期", None, "/", None, None],
    [3, "党员", "发展党员", "名", None, None, None, None],
    [4, None, "　其中：女党员", "名", None, None, None, None],
    [5, None, "　　　35岁以下", "名", None, None, None, None],
    [6, "合计", None, "次", "=SUM(E6:E7)", None, None, None],
]
MERGED = ("A2:A3", "B2:C3", "D2:D3", "E2:F2", "G2:G3", "H2:H3", "A4:H4", "B5:B6", "B10:C10")


def read(data: bytes, **options: Any) -> Layout:
    return read_form("xlsx", data, **options)


def figures(layout: Layout) -> dict[str, Field]:
    """The blanks for numbers by address."""
    return {f"{'ABCDEFGH'[f.place[1] - 1]}{f.place[0]}": f for f in layout.fields if f.kind == FIGURE}


def test_labels_come_from_all_levels_of_a_merged_header() -> None:
    found = figures(read(workbook(NESTED, merge=MERGED)))
    assert found["E5"].rows == ("学习", "中心组学习")
    assert found["E5"].columns == ("2023年", "合计")
    assert (found["E5"].measure, found["E5"].section, found["E5"].rule) == ("次", "一、理论学习", "")
    assert (found["F5"].columns, found["F5"].rule) == (("2023年", "其中：上半年"), "H1")
    assert found["G5"].rule == "previous"


def test_serial_numbers_measures_remarks_formulas_and_strokes_are_no_blanks() -> None:
    found = figures(read(workbook(NESTED, merge=MERGED)))
    assert not {"A5", "D5", "H5", "F6", "E10"} & set(found)
    assert {"E5", "F5", "G5", "E6", "G6", "F10"} <= set(found)


def test_a_part_knows_its_whole_also_when_其中_stands_only_once() -> None:
    found = figures(read(workbook(NESTED, merge=MERGED)))
    assert found["E8"].rows == ("党员", "发展党员", "其中：女党员")
    assert (found["E8"].whole, found["E9"].whole, found["E7"].whole) == ((7, 5), (7, 5), None)


def test_a_group_written_once_without_merging_counts_for_the_rows_below() -> None:
    found = figures(read(workbook(NESTED, merge=MERGED)))
    assert found["E8"].rows[0] == "党员"


def test_the_title_tells_the_year_and_keys_forget_it() -> None:
    last = read(workbook([[*row] for row in NESTED], merge=MERGED))
    rows = [
        [cell.replace("2023", "2024") if isinstance(cell, str) else cell for cell in row] for row in NESTED
    ]
    new = read(workbook(rows, title="党建工作统计表（2024年度）", merge=MERGED))
    assert last.title == "党建工作统计表（2023年度）"
    assert [field.key for field in last.fields] == [field.key for field in new.fields]


def test_equal_labels_are_told_apart_by_their_sections() -> None:
    rows = [HEAD, ["一、机关", *[None] * 4], [1, "主题党日", "次", None, None], ["二、大队", *[None] * 4],
            [2, "主题党日", "次", None, None]]  # fmt: skip
    keys = [field.key for field in read(workbook(rows, merge=("A3:E3", "A5:E5"))).fields]
    assert keys == ["机关#主题党日|数量", "大队#主题党日|数量"]


def test_a_numbered_section_that_is_not_merged_is_no_row_to_fill() -> None:
    rows = [HEAD, ["", "一、组织生活", None, None, None], [1, "主题党日", "次", None, None]]
    assert list(figures(read(workbook(rows)))) == ["D4"]


def test_numbers_that_stand_there_are_last_years() -> None:
    book = openpyxl.load_workbook(io.BytesIO(plain(("主题党日", "次"), ("党课", "次"))))
    sheet = book.active
    assert sheet is not None
    sheet["D3"], sheet["D4"] = 12, "１３"
    found = figures(read(saved(book)))
    assert (found["D3"].old, found["D4"].old) == (12, 13)


def test_hidden_rows_columns_and_sheets_are_left_alone() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(NESTED, merge=MERGED)))
    sheet = book.active
    assert sheet is not None
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["G"].hidden = True
    hidden = book.create_sheet("隐藏")
    hidden["A1"], hidden["B1"], hidden["A2"] = "项目", "数量", "党课"
    hidden.sheet_state = "hidden"
    layout = read(saved(book))
    assert not {"E6", "G5"} & set(figures(layout))
    assert len(layout.grids) == 1


def test_locked_cells_of_a_protected_sheet_are_not_filled() -> None:
    book = openpyxl.load_workbook(io.BytesIO(plain(("主题党日", "次"), ("党课", "次"))))
    sheet = book.active
    assert sheet is not None
    sheet.protection.sheet = True
    sheet["D3"].protection = openpyxl.styles.Protection(locked=False)
    assert list(figures(read(saved(book)))) == ["D3"]


def test_cells_with_a_list_are_known_as_choices() -> None:
    book = openpyxl.load_workbook(io.BytesIO(plain(("是否换届", ""))))
    sheet = book.active
    assert sheet is not None
    rule = DataValidation(type="list", formula1='"是,否"')
    rule.add("D3")
    sheet.add_data_validation(rule)
    assert figures(read(saved(book)))["D3"].is_choice


def test_several_sheets_are_read_in_order() -> None:
    book = openpyxl.load_workbook(io.BytesIO(plain(("主题党日", "次"))))
    second = book.create_sheet("附表")
    for row, values in enumerate((["项目", "数量"], ["党课", None]), start=1):
        for column, value in enumerate(values, start=1):
            second.cell(row, column, value)
    fields = read(saved(book)).fields
    assert [(field.sheet, field.rows[-1]) for field in fields] == [(0, "主题党日"), (1, "党课")]


def test_labels_beside_their_blanks_without_a_header() -> None:
    rows = [["党员总数", None, "支部总数", None], ["填报人", None, "填表日期", None]]
    fields = read(workbook(rows, title="基本情况")).fields
    assert [(f.kind, f.rows, f.footer) for f in fields] == [
        (FIGURE, ("党员总数",), ""), (FIGURE, ("支部总数",), ""),
        (FOOTER, ("填报人",), "person"), (FOOTER, ("填表日期",), "day"),
    ]  # fmt: skip


def test_columns_of_figures_may_end_in_words_that_head_labels_elsewhere() -> None:
    rows = [["单位", "文明单位", "民生项目", "活动时间", "备注"], ["甲支部", None, None, None, None]]
    assert list(figures(read(workbook(rows)))) == ["B3", "C3"]


def test_two_tables_side_by_side_keep_their_own_labels() -> None:
    rows = [["项目", "数量", "项目", "数量"], ["党课", None, "主题党日", None]]
    found = figures(read(workbook(rows)))
    assert (found["B3"].rows, found["D3"].rows) == (("党课",), ("主题党日",))


def test_word_tables_and_the_footers_around_them() -> None:
    layout = read_form("docx", document(("联系县", "个"), ("投入资金", "万元")))
    assert layout.title == "2023年度情况表"
    assert [(f.kind, f.rows, f.measure) for f in layout.fields] == [
        (FIGURE, ("联系县",), "个"), (FIGURE, ("投入资金",), "万元"), (FOOTER, (), ""),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [[["项目", "数量"]], [["通知", "正文"], ["a", "b"]]])
def test_a_file_without_blanks_says_so(rows: list[list[str]]) -> None:
    with pytest.raises(FormFileError, match="没有找到要填的格子"):
        read(workbook(rows))


def test_the_helper_reopens_what_it_wrote() -> None:
    assert opened(plain(("党课", "次")))["B3"].value == "党课"
