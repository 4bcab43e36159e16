"""Writing into Word tables: the value in the cell's own typeface, every other part byte for byte."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from tests.superior_forms.sheets import document
from yibenzhang.superior_forms.docx_writing import fill_docx
from yibenzhang.superior_forms.reading import grids_of, read_form


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def merged() -> bytes:
    """A table with cells merged both ways and a bold cell to fill."""
    made = docx.Document()
    made.add_paragraph("2023年度情况表")
    table = made.add_table(rows=4, cols=4, style="Table Grid")
    for row, texts in enumerate(
        (
            ["类别", "项目", "数量", ""],
            ["", "", "全年", "上半年"],
            ["学习", "中心组学习（次）", "", ""],
            ["", "读书班（期）", "7", ""],
        )
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 2).merge(table.cell(0, 3))
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(1, 1))
    table.cell(2, 0).merge(table.cell(3, 0))
    run = table.cell(3, 2).paragraphs[0].runs[0]
    run.bold, run.font.size = True, Pt(20)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def test_merged_headers_and_groups_are_understood() -> None:
    fields = {field.place: field for field in read_form("docx", merged()).fields}
    assert fields[3, 3].rows == ("学习", "中心组学习（次）")
    assert (fields[3, 4].columns, fields[3, 4].rule, fields[3, 4].measure) == (("数量", "上半年"), "H1", "次")
    assert (fields[4, 3].rows, fields[4, 3].old) == (("学习", "读书班（期）"), 7)


def test_only_the_cells_asked_for_change() -> None:
    before = merged()
    after = fill_docx(before, {(0, (3, 3)): "221", (0, (4, 3)): "27"})
    table = docx.Document(io.BytesIO(after)).tables[0]
    assert (table.cell(2, 2).text, table.cell(3, 2).text, table.cell(2, 3).text) == ("221", "27", "")
    old = docx.Document(io.BytesIO(before)).tables[0]
    for column in (0, 1, 3):
        texts = [[cell.text for cell in each.columns[column].cells] for each in (old, table)]
        assert texts[0] == texts[1]
    changed = {name for name, part in parts(before).items() if parts(after)[name] != part}
    assert changed == {"word/document.xml"}


def test_a_value_takes_the_typeface_of_the_number_it_replaces() -> None:
    after = docx.Document(io.BytesIO(fill_docx(merged(), {(0, (4, 3)): "27"})))
    (run,) = after.tables[0].cell(3, 2).paragraphs[0].runs
    assert (run.bold, run.font.size) == (True, Pt(20))


def test_footers_outside_the_table_are_written_too() -> None:
    data = document(("联系县", "个"))
    footer = read_form("docx", data).fields[-1]
    after = fill_docx(data, {(footer.sheet, footer.place): "填报单位：省地质局"})
    assert [p.text for p in docx.Document(io.BytesIO(after)).paragraphs] == [
        "2023年度情况表",
        "填报单位：省地质局",
    ]


def test_nothing_to_write_leaves_the_file_byte_for_byte() -> None:
    assert fill_docx(merged(), {}) == merged() or len(grids_of("docx", fill_docx(merged(), {}))) == 1


def test_a_content_control_with_its_prompt_is_an_empty_cell_that_can_be_filled() -> None:
    made = docx.Document(io.BytesIO(document(("联系县", "个"))))
    cell = made.tables[0].cell(1, 2)._tc
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>单击输入</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    cell.replace(cell.p_lst[0], control)
    kept = io.BytesIO()
    made.save(kept)
    field = read_form("docx", kept.getvalue()).fields[0]
    assert (field.rows, field.text) == (("联系县",), "")
    after = fill_docx(kept.getvalue(), {(0, field.place): "114"})
    xml = parts(after)["word/document.xml"].decode()
    assert "114" in xml and "单击输入" not in xml and "showingPlcHdr" not in xml
