"""The words of an issued version from its stored figures: nothing is computed, so nothing can have moved."""

from collections.abc import Iterator

from yibenzhang.reports.composition import Composed, Composition, Part
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.marks import DECLARED, MATCHED, Mark, value_of
from yibenzhang.reports.models import IssuedFigure, IssuedReport
from yibenzhang.reports.paragraphs import paragraphs
from yibenzhang.reports.tokens import FigureToken, Token


def frozen(issued: IssuedReport, rows: list[IssuedFigure], evaluator: Evaluator) -> Composition:
    """The composition as issued; `rows` are its figures in order, `evaluator` only names what they ask."""
    figures = iter(rows)
    found = []
    for paragraph in paragraphs(issued.text):
        parts: list[Part] = [
            piece if isinstance(piece, str) else _mark(piece, figures, paragraph.number, evaluator)
            for piece in paragraph.pieces
        ]
        found.append(Composed(paragraph.number, paragraph.level, tuple(parts)))
    return Composition(tuple(found))


def _mark(token: Token, figures: Iterator[IssuedFigure], paragraph: int, evaluator: Evaluator) -> Mark:
    row = next(figures)
    answer = evaluator.resolved(token) if isinstance(token, FigureToken) else None
    state = MATCHED if row.indicator else DECLARED
    return Mark(row.number, state, row.shown, token, answer, value_of(row.value), paragraph=paragraph)
