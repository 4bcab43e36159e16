"""What may be wrong with the headings and the cells of a file that is harmless."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from tests.exchange.conftest import Check
from tests.exchange.workbooks import write_sheets
from tests.worlds import World
from yibenzhang.exchange.columns import FORBIDDEN, RefusedColumnError
from yibenzhang.exchange.lookup import Reach
from yibenzhang.exchange.reading import WorkbookError
from yibenzhang.exchange.services import KINDS, check_file, tables_of, write_template

HEAD = ["单位代码", "日期", "标题"]
GOOD = ["geo-branch-1", date(2023, 3, 1), "主题党日"]


@pytest.mark.parametrize("word", FORBIDDEN)
def test_personal_data_is_refused_by_name(world: World, check: Check, word: str) -> None:
    with pytest.raises(RefusedColumnError, match=word):
        check("people", "人员", [["姓名", f"本人{word}号"], ["某某", "1"]])


def test_missing_and_renamed_columns_are_named_with_the_near_one(world: World, check: Check) -> None:
    findings = check(
        "vouchers", "主题党日", [["单位代码", "标题", "活动日期"], ["geo-branch-1", "党日", date(2023, 3, 1)]]
    )
    messages = {fault.column: fault.message for fault in findings.faults}
    assert "缺少“日期”" in messages["日期"]
    assert "是不是“日期”" in messages["活动日期"]


def test_a_column_twice_is_a_fault(world: World, check: Check) -> None:
    findings = check("vouchers", "主题党日", [[*HEAD, "标题"], [*GOOD, "另一个"]])
    assert [fault.message for fault in findings.faults] == ["“标题”有两列，请只留一列。"]


def test_an_unknown_sheet_is_named_with_the_near_one(world: World, check: Check) -> None:
    (fault,) = check("vouchers", "主题党日活动", [HEAD, GOOD]).faults
    assert "是不是“主题党日”" in fault.message


def test_long_numbers_as_codes_are_refused_for_their_lost_digits(world: World, check: Check) -> None:
    findings = check("vouchers", "主题党日", [HEAD, [110101199001011234.0, *GOOD[1:]]])
    assert (findings.faults[0].row, findings.faults[0].column) == (2, "单位代码")
    assert "设为“文本”" in findings.faults[0].message


def test_formulas_are_faults_and_never_values(world: World, tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("主题党日")
        for column, text in enumerate(HEAD):
            sheet.write(0, column, text)
        sheet.write_row(1, 0, ["geo-branch-1", "2023-03-01"])
        sheet.write_formula(1, 2, '="主题"&"党日"', value="主题党日")
    findings = check_file(path, "vouchers", reach=Reach.everything())
    assert [(fault.row, fault.column) for fault in findings.faults] == [(2, "标题")]
    assert "C2 是公式" in findings.faults[0].message


@pytest.mark.parametrize(
    ("area", "row", "text"), [("A1:B1", 1, "表头有合并单元格"), ("A2:A3", 2, "取消合并")]
)
def test_merged_cells_are_faults(world: World, tmp_path: Path, area: str, row: int, text: str) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("主题党日")
        for line, cells in enumerate(
            [HEAD, ["geo-branch-1", "2023-03-01", "党日"], ["geo-branch-1", "2023-03-02", "党日"]]
        ):
            sheet.write_row(line, 0, cells)
        sheet.merge_range(area, "单位代码" if row == 1 else "geo-branch-1")
    findings = check_file(path, "vouchers", reach=Reach.everything())
    assert any(fault.row == row and text in fault.message for fault in findings.faults)


def test_cells_outside_the_headings_are_not_dropped_silently(world: World, check: Check) -> None:
    findings = check("vouchers", "主题党日", [HEAD, [*GOOD, "多写的"]])
    assert [fault.row for fault in findings.faults] == [2]


def test_an_empty_file_is_refused(world: World, check: Check) -> None:
    with pytest.raises(WorkbookError, match="没有内容"):
        check("vouchers", "主题党日", [])


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_template_opens_with_every_heading_and_is_said_to_be_empty(
    db: None, tmp_path: Path, kind: str
) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "template.xlsx"
    write_template(path, kind, ["theme_party_day", "party_lecture"] if kind == "vouchers" else [])
    book = load_workbook(path)
    for table in tables_of(kind, ["theme_party_day", "party_lecture"]):
        sheet = book[table.name]
        assert [cell.value for cell in sheet[1]] == [column.heading for column in table.columns]
        listed = [c for c in table.columns if c.options and not c.is_list]
        assert len(sheet.data_validations.dataValidation) == len(listed)
        assert sheet.column_dimensions["A"].width
    findings = check_file(path, kind, reach=Reach.everything())
    assert findings.is_clean
    assert findings.outcomes == []


def test_choice_names_and_codes_both_serve(world: World, check: Check) -> None:
    rows = [
        ["单位代码", "日期", "标题", "由谁主讲"],
        *(
            ["geo-branch-1", date(2023, 3, 1), "党课", who]
            for who in ("others", "支部书记、党员或外请专家", "神仙")
        ),
    ]
    findings = check("vouchers", "党课", rows)
    assert [(fault.row, fault.column) for fault in findings.faults] == [(4, "由谁主讲")]


def test_a_file_of_one_table_may_name_its_sheet_freely(world: World, tmp_path: Path) -> None:
    path = write_sheets(
        tmp_path / "any.xlsx",
        {"Sheet1": [["姓名", "所在支部", "自"], ["某甲", "geo-branch-1", date(2020, 1, 1)]]},
    )
    assert check_file(path, "people", reach=Reach.everything()).is_clean
