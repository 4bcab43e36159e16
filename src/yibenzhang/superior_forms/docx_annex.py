"""The annex 数据来源 at the end of an annotated document: a table of every cell, what it counts and why some are empty."""

import io
from typing import Any

import docx
from docx.shared import Pt

from yibenzhang.kernel.errors import BookError
from yibenzhang.superior_forms.answers import DECLARED, FILLED, Answer
from yibenzhang.superior_forms.fields import FOOTER
from yibenzhang.superior_forms.models import SuperiorForm
from yibenzhang.superior_forms.notes import name_of, scope_of

COLUMNS = ("格子", "填写", "指标和口径", "期间和范围", "凭证")


def with_annex(data: bytes, form: SuperiorForm, answers: list[Answer], position: int) -> bytes:
    """The document with the annex on a page of its own after everything else. Raises BookError when it cannot be added."""
    try:
        document: Any = docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets KeyError, XMLSyntaxError and others through
        raise BookError("这份 Word 文件加不了数据来源附表。请用 Word 或 WPS 另存后重新上传。") from error
    document.add_page_break()
    document.add_paragraph("附件　数据来源")
    table = document.add_table(rows=1, cols=len(COLUMNS))
    if "Table Grid" in {style.name for style in document.styles}:
        table.style = "Table Grid"
    _fill(table.rows[0], COLUMNS)
    for answer in answers:
        if answer.field.kind != FOOTER:
            _fill(table.add_row(), _row(answer))
    document.add_paragraph(f"《{form.title}》，截至入账第{position}笔。")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _row(answer: Answer) -> tuple[str, ...]:
    label = answer.field.label
    if answer.state == DECLARED:
        return label, answer.shown, "人工核定", f"{answer.cell.reason}；{answer.cell.source}", ""
    if answer.state != FILLED:
        return label, answer.shown, answer.word, answer.why, ""
    definition = answer.indicator.definition if answer.indicator else ""
    return label, answer.shown, f"{name_of(answer)}：{definition}", scope_of(answer), f"{answer.vouchers}笔"


def _fill(row: Any, texts: tuple[str, ...]) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.text = text
        for run in cell.paragraphs[0].runs:
            run.font.size = Pt(9)
