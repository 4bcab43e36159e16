"""The filled file: clean for sending, or annotated with where each number comes from."""

from collections.abc import Iterable
from fractions import Fraction

from yibenzhang.superior_forms.answers import BARRED, OPEN, Answer, plain
from yibenzhang.superior_forms.docx_annex import with_annex
from yibenzhang.superior_forms.docx_writing import fill_docx
from yibenzhang.superior_forms.fields import FOOTER
from yibenzhang.superior_forms.gate import XLSX
from yibenzhang.superior_forms.grid import Place
from yibenzhang.superior_forms.models import Decision, SuperiorForm
from yibenzhang.superior_forms.notes import note_lines
from yibenzhang.superior_forms.xlsx_comments import with_comments
from yibenzhang.superior_forms.xlsx_writing import Written, fill_xlsx

At = tuple[int, Place]


def values_of(answers: Iterable[Answer]) -> dict[At, Written]:
    """What is written where. Cells nobody decided are not touched; a decided one without a value loses last year's."""
    found: dict[At, Written] = {}
    for answer in answers:
        at = (answer.field.sheet, answer.field.place)
        if answer.written is not None:
            found[at] = answer.written
        elif answer.field.old is not None and answer.field.kind != FOOTER and _is_decided(answer):
            found[at] = None
    return found


def _is_decided(answer: Answer) -> bool:
    return answer.state == BARRED or (answer.cell.kind != Decision.Kind.OPEN and answer.state != OPEN)


def clean(form: SuperiorForm, answers: Iterable[Answer]) -> bytes:
    """The original with the values in their cells and nothing else changed."""
    values = values_of(answers)
    if form.file_kind == XLSX:
        return fill_xlsx(form.data, values)
    return fill_docx(form.data, {at: _words(value) for at, value in values.items()})


def annotated(form: SuperiorForm, answers: list[Answer], filled: bytes, position: int) -> bytes:
    """The filled file with a comment at each cell (a workbook) or an annex of sources (a document)."""
    if form.file_kind == XLSX:
        notes: dict[At, list[str]] = {}
        for answer in answers:
            if lines := note_lines(answer, position):
                notes[answer.field.sheet, answer.field.place] = lines
        return with_comments(filled, notes)
    return with_annex(filled, form, answers, position)


def _words(value: Written) -> str:
    return plain(value) if isinstance(value, Fraction) else value or ""
