"""Writing into workbooks: the cells asked for and nothing else, comments, totals."""

from __future__ import annotations

import io
import zipfile
from fractions import Fraction

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill

from tests.superior_forms.sheets import opened, plain, saved, workbook
from yibenzhang.superior_forms.demo_workbooks import yearly_table
from yibenzhang.superior_forms.reading import read_form
from yibenzhang.superior_forms.xlsx_cells import moved
from yibenzhang.superior_forms.xlsx_comments import with_comments
from yibenzhang.superior_forms.xlsx_writing import fill_xlsx


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def dressed() -> bytes:
    """A form with looks, a comment, a validation, print settings, a formula and a second sheet."""
    book = openpyxl.load_workbook(io.BytesIO(plain(("主题党日", "次"), ("投入资金", "万元"))))
    sheet = book.active
    assert sheet is not None
    sheet["D3"].number_format, sheet["D3"].font = "#,##0.00", Font(bold=True, color="FF0000")
    sheet["D4"].fill, sheet["D4"].alignment = PatternFill("solid", fgColor="FFFF00"), Alignment(indent=1)
    sheet["B5"], sheet["D5"] = "合计", "=SUM(D3:D4)"
    sheet["B3"].comment = Comment("含联合开展的", "上级")
    sheet.column_dimensions["B"].width, sheet.row_dimensions[3].height = 33, 40
    sheet.page_setup.orientation, sheet.print_area = "landscape", "A1:E5"
    sheet.freeze_panes = "C3"
    book.create_sheet("说明")["A1"] = "填报说明"
    return saved(book)


def test_values_stand_in_their_cells_and_the_rest_is_as_it_was() -> None:
    before = dressed()
    after = fill_xlsx(before, {(0, (3, 4)): Fraction(12), (0, (4, 4)): Fraction(197, 2)})
    old, new = opened(before), opened(after)
    assert (new["D3"].value, new["D4"].value, new["D5"].value) == (12, 98.5, "=SUM(D3:D4)")
    for row in old.iter_rows():
        for cell in row:
            other = new[cell.coordinate]
            assert cell.coordinate in {"D3", "D4"} or cell.value == other.value
            assert cell._style == other._style
    assert new.column_dimensions["B"].width == 33 and new.row_dimensions[3].height == 40
    assert (new.page_setup.orientation, new.print_area, new.freeze_panes) == (
        old.page_setup.orientation, old.print_area, old.freeze_panes,
    )  # fmt: skip
    assert new["B3"].comment is not None and "联合" in new["B3"].comment.text
    changed = {name for name, part in parts(before).items() if parts(after).get(name) != part}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}


def test_totals_are_worked_out_and_asked_for_again_on_opening() -> None:
    after = fill_xlsx(dressed(), {(0, (3, 4)): Fraction(12), (0, (4, 4)): Fraction(3)})
    values = openpyxl.load_workbook(io.BytesIO(after), data_only=True).worksheets[0]
    assert values["D5"].value == 15
    assert b'fullCalcOnLoad="1"' in parts(after)["xl/workbook.xml"]


def test_a_formula_that_cannot_be_worked_out_keeps_no_stale_value() -> None:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet()
        for column, text in enumerate(("项目", "数量", "评语")):
            sheet.write(0, column, text)
        sheet.write(1, 0, "党课")
        sheet.write_formula(1, 2, '=IF(B2>3,"多","少")', None, "少")
    after = fill_xlsx(kept.getvalue(), {(0, (2, 2)): Fraction(9)})
    assert opened(after)["C2"].value == '=IF(B2>3,"多","少")'
    assert openpyxl.load_workbook(io.BytesIO(after), data_only=True).worksheets[0]["C2"].value is None


def test_a_formula_filled_down_moves_with_its_row() -> None:
    assert moved("SUM(D$3:D7)+$B2*3", 2, 1) == "SUM(E$3:E9)+$B4*3"
    assert moved("Sheet1!A1+LOG10(B2)", 1, 0) == "Sheet1!A1+LOG10(B3)"


def test_cells_the_file_never_had_are_made_in_order() -> None:
    after = opened(
        fill_xlsx(workbook([["项目", "数量"], ["党课"]]), {(0, (3, 2)): Fraction(4), (0, (9, 5)): "说明"})
    )
    assert (after["B3"].value, after["E9"].value) == (4, "说明")


def test_emptying_a_cell_keeps_its_look() -> None:
    book = openpyxl.load_workbook(io.BytesIO(dressed()))
    sheet = book.active
    assert sheet is not None
    sheet["D3"] = 77
    after = opened(fill_xlsx(saved(book), {(0, (3, 4)): None}))
    assert after["D3"].value is None and after["D3"].number_format == "#,##0.00"


def test_text_never_becomes_a_formula() -> None:
    after = opened(fill_xlsx(plain(("党课", "次")), {(0, (3, 4)): "=1+1"}))
    assert (after["D3"].value, after["D3"].data_type) == ("=1+1", "s")


def test_comments_are_added_beside_those_that_were_there() -> None:
    filled = fill_xlsx(dressed(), {(0, (3, 4)): Fraction(12)})
    sheet = opened(
        with_comments(filled, {(0, (3, 4)): ["指标：主题党日", "凭证：12笔"], (0, (3, 2)): ["注"]})
    )
    assert sheet["D3"].comment is not None and sheet["D3"].comment.text == "指标：主题党日\n凭证：12笔"
    assert sheet["B3"].comment is not None and sheet["B3"].comment.text.endswith("\n注")
    assert "含联合开展的" in sheet["B3"].comment.text
    assert sheet["D3"].value == 12


def test_the_demo_form_can_be_annotated_and_reopened() -> None:
    data = yearly_table(2023, with_new=True)
    sheet = opened(with_comments(data, {(0, (6, 4)): ["口径"]}))
    assert sheet["D6"].comment is not None


LABELS = st.text(alphabet="主题党日课学习培训，（）—0123456789 年", min_size=1, max_size=12)
ITEMS = st.lists(st.tuples(LABELS, st.sampled_from(["次", "名", "万元", ""])), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(ITEMS, st.data())
def test_filling_never_touches_a_cell_that_was_not_asked_for(
    items: list[tuple[str, str]], data: st.DataObject
) -> None:
    before = plain(*items)
    try:
        fields = read_form("xlsx", before).fields
    except Exception as error:
        assert "没有找到" in str(error)
        return
    chosen = data.draw(st.lists(st.sampled_from(fields), unique_by=lambda field: field.place))
    values = {(0, field.place): Fraction(data.draw(st.integers(0, 9999))) for field in chosen}
    old, new = opened(before), opened(fill_xlsx(before, values))
    for row in old.iter_rows():
        for cell in row:
            at = (0, (cell.row, cell.column or 0))
            assert new[cell.coordinate].value == (int(values[at]) if at in values else cell.value)
            assert new[cell.coordinate].has_style == cell.has_style
    assert new.dimensions == old.dimensions
