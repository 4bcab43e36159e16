"""What is kept of a composed text at issue: a row for each number, chart and photograph."""

import hashlib
from typing import Any

from yibenzhang.indicators.trace import composition as made_of
from yibenzhang.reports.blocks import Block
from yibenzhang.reports.composition import Composition
from yibenzhang.reports.marks import Mark, remembered
from yibenzhang.reports.models import IssuedBlock, IssuedFigure, IssuedReport
from yibenzhang.reports.tokens import ChartToken, PictureToken


def figures_to_keep(issued: IssuedReport, text: Composition) -> list[IssuedFigure]:
    """Rows of the numbers, not yet saved."""
    return [_figure(issued, mark) for mark in text.marks]


def blocks_to_keep(issued: IssuedReport, text: Composition) -> list[IssuedBlock]:
    """Rows of the charts and photographs, not yet saved; raises EvidenceError when a picture is missing from the store."""
    return [_block(issued, block) for block in text.blocks]


def _figure(issued: IssuedReport, mark: Mark) -> IssuedFigure:
    answer = mark.answer
    indicator = answer.indicator if answer else None
    question = answer.question if answer else None
    return IssuedFigure(
        issued=issued, number=mark.number, token=str(mark.token), shown=mark.shown, value=remembered(mark.value),
        indicator=indicator.code if indicator else "", name=indicator.name if indicator else "",
        position=(question.position if question else 0) or issued.position,
        vouchers=made_of(indicator, question).vouchers if indicator and question else 0,
    )  # fmt: skip


def _block(issued: IssuedReport, block: Block) -> IssuedBlock:
    token = block.token
    row = IssuedBlock(
        issued=issued,
        number=block.number,
        token=str(token),
        position=issued.position,
        content=_content(block),
    )
    if isinstance(token, ChartToken):
        row.indicator, row.position = token.indicator, token.as_of or issued.position
    elif block.photograph:
        row.image = block.photograph.read()
        row.content["image"] = hashlib.sha256(row.image).hexdigest()
    return row


def _content(block: Block) -> dict[str, Any]:
    if block.chart:
        return block.chart.as_data()
    if block.photograph and isinstance(block.token, PictureToken):
        picture = block.photograph
        return {"caption": picture.caption, "voucher": picture.voucher, "evidence": picture.sha256}
    raise ValueError("a block with a problem is never issued")
