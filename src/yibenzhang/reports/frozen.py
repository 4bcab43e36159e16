"""The words of an issued version from its stored figures and blocks: nothing is computed, so nothing can have moved."""

from collections.abc import Iterable, Iterator

from yibenzhang.reports.blocks import Block
from yibenzhang.reports.charts import from_data
from yibenzhang.reports.composition import Composed, Composition, Part, numbered
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.marks import DECLARED, MATCHED, Mark, value_of
from yibenzhang.reports.models import IssuedBlock, IssuedFigure, IssuedReport
from yibenzhang.reports.paragraphs import paragraphs
from yibenzhang.reports.photographs import Photograph
from yibenzhang.reports.tokens import BlockToken, ChartToken, FigureToken, PictureToken, Piece, Token


def frozen(issued: IssuedReport, rows: Iterable[IssuedFigure], evaluator: Evaluator) -> Composition:
    """The composition as issued; `rows` are its figures in order, `evaluator` only names what they ask."""
    figures, blocks = iter(rows), iter(issued.blocks.defer("image").order_by("number"))
    found = []
    for paragraph in paragraphs(issued.text):
        parts = [_part(piece, paragraph.number, figures, blocks, evaluator) for piece in paragraph.pieces]
        found.append(Composed(paragraph.number, paragraph.level, tuple(parts)))
    return Composition(tuple(numbered(found)))


def _part(
    piece: Piece, paragraph: int, figures: Iterator[IssuedFigure], blocks: Iterator[IssuedBlock], evaluator: Evaluator
) -> Part:  # fmt: skip
    if isinstance(piece, str):
        return piece
    if isinstance(piece, ChartToken | PictureToken):
        return block_as_issued(piece, next(blocks))
    return _mark(piece, next(figures), paragraph, evaluator)


def _mark(token: Token, row: IssuedFigure, paragraph: int, evaluator: Evaluator) -> Mark:
    answer = evaluator.resolved(token) if isinstance(token, FigureToken) else None
    state = MATCHED if row.indicator else DECLARED
    return Mark(row.number, state, row.shown, token, answer, value_of(row.value), paragraph=paragraph)


def block_as_issued(token: BlockToken, row: IssuedBlock) -> Block:
    """The chart or photograph kept in a row; the picture itself is read only when somebody asks for it."""
    content = row.content
    if isinstance(token, ChartToken):
        return Block(token, chart=from_data(content), number=row.number)
    picture = Photograph(
        content["evidence"], content["caption"], content["voucher"], lambda: bytes(row.image or b"")
    )
    return Block(token, photograph=picture, number=row.number)
