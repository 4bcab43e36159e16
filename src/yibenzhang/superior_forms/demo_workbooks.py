"""The forms that the demo's superior sends: a yearly statistics table as a workbook, a short one as a Word document."""

import io
from typing import Any

import docx
import xlsxwriter
from docx.enum.text import WD_ALIGN_PARAGRAPH

# (label, measure); a heading has no measure, a label set in belongs to the one above it.
ROWS: tuple[tuple[str, str], ...] = (
    ("一、理论学习", ""),
    ("党委（党组）理论学习中心组学习", "次"),
    ("举办培训班", "期"),
    ("举办培训班人次", "人次"),
    ("党组织书记集中培训", "名"),
    ("二、组织生活", ""),
    ("三会一课", "次"),
    ("　其中：支部党员大会", "次"),
    ("　　　　支部委员会会议", "次"),
    ("　　　　党小组会", "次"),
    ("主题党日", "次"),
    ("组织生活会", "次"),
    ("民主评议党员", "次"),
    ("谈心谈话", "次"),
    ("三、队伍和作风", ""),
    ("发展党员", "名"),
    ("荣获省部级以上表彰党员", "名"),
    ("志愿服务", "场"),
    ("走访慰问人次", "人次"),
    ("解决群众实际问题", "个"),
)
NEW_ROWS = (("党风廉政教育", "次"), ("制作党员教育电视片", "部"), ("线上学习时长", "小时"))
WORD_ROWS = {
    "geology": (
        ("联系县（市、区）", "个"), ("联系社区（村）", "个"), ("示范性驻县服务站", "个"), ("驻村投入资金", "万元"), ("消费帮扶", "万元"),
    ),
    "meteorology": (
        ("党建品牌", "个"), ("学习平台", "个"), ("讲堂", "期"), ("合作省直部门", "个"), ("谋划改革事项", "项"),
    ),
}  # fmt: skip


def yearly_table(year: int, *, with_new: bool) -> bytes:
    """The yearly statistics table of that year; `with_new` adds the rows the superior thought of this year."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False}) as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
            "head": book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"}),
            "text": book.add_format({"border": 1, "valign": "vcenter"}),
            "number": book.add_format({"border": 1, "align": "right", "num_format": "#,##0"}),
            "plain": book.add_format({}),
        }
        sheet = book.add_worksheet("年度统计表")
        _head(sheet, looks, year)
        _body(sheet, looks, [*ROWS, *(NEW_ROWS if with_new else ())])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.freeze_panes(4, 2)
    return kept.getvalue()


def _head(sheet: Any, looks: dict[str, Any], year: int) -> None:
    for column, width in enumerate((6, 36, 10, 12, 14, 18)):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, 5, f"省直机关党建工作统计表（{year}年度）", looks["title"])
    sheet.write_string(1, 0, "填报单位：", looks["plain"])
    sheet.write_string(1, 4, "填表日期：　年　月　日", looks["plain"])
    for column, text in ((0, "序号"), (1, "项目"), (2, "计量单位"), (5, "备注")):
        sheet.merge_range(2, column, 3, column, text, looks["head"])
    sheet.merge_range(2, 3, 2, 4, f"{year}年", looks["head"])
    sheet.write_string(3, 3, "全年", looks["head"])
    sheet.write_string(3, 4, "其中：上半年", looks["head"])


def _body(sheet: Any, looks: dict[str, Any], rows: list[tuple[str, str]]) -> None:
    row, number = 4, 0
    for label, measure in rows:
        if not measure:
            sheet.merge_range(row, 0, row, 5, label, looks["text"])
        else:
            number += 1
            sheet.write_number(row, 0, number, looks["text"])
            sheet.write_string(row, 1, label, looks["text"])
            sheet.write_string(row, 2, measure, looks["text"])
            for column in (3, 4):
                sheet.write_blank(row, column, None, looks["number"])
            sheet.write_blank(row, 5, None, looks["text"])
        row += 1
    sheet.write_string(row, 1, "组织生活合计", looks["text"])
    sheet.write_string(row, 2, "次", looks["text"])
    for column, letter in ((3, "D"), (4, "E")):
        sheet.write_formula(row, column, f"={letter}11+SUM({letter}15:{letter}17)", looks["number"], 0)
    sheet.write_string(row + 1, 0, "填报人：", looks["plain"])
    sheet.write_string(row + 1, 4, "审核人：", looks["plain"])


def short_table(bureau: str, year: int) -> bytes:
    """The short Word form of a bureau."""
    document = docx.Document()
    title = document.add_paragraph(f"{year}年度党建引领重点工作情况表")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("填报单位：　　　　填表日期：　年　月　日")
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, text in zip(table.rows[0].cells, ("序号", "项目", "单位", "数量"), strict=True):
        cell.text = text
    for number, (label, measure) in enumerate(WORD_ROWS[bureau], start=1):
        for cell, text in zip(table.add_row().cells, (str(number), label, measure, ""), strict=True):
            cell.text = text
    document.add_paragraph("填报人：　　　　　审核人：")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()
