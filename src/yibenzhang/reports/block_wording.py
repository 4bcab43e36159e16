"""Charts and photographs as people edit them: `〔3·图：标题〕`, `〔4·照片：说明〕`; the words after the colon may be changed.

A new chart is written `〔图·中心组学习·各月〕`, with a programme if need be; a photograph `〔照片·凭证号〕`, the second of a
voucher `〔照片·凭证号·2〕`.
"""

import re

from yibenzhang.indicators.charts import WAYS
from yibenzhang.reports.blocks import Block, block_of
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.photographs import caption_for, photographs_of
from yibenzhang.reports.tokens import BlockToken, ChartToken, FigureToken, PictureToken
from yibenzhang.vouchers.models import Attachment, Voucher

_KNOWN = re.compile(r"(\d{1,5})·(图|照片)：(.*)", re.DOTALL)
_NUMBER = re.compile(r"\d{4}-(\d{4,18})")
_BY = {name: by for by, name in WAYS.items()}
PHOTOGRAPH = "照片"


def bracket_of(block: Block, number: int) -> str:
    """How a block stands in the text being edited."""
    return f"〔{number}·{block.kind_name}：{block.words}〕"


def line_for(attachment: Attachment, rank: int) -> str:
    """What is put into the text for a photograph of a voucher, the `rank`th of its pictures."""
    return f"〔{PHOTOGRAPH}·{attachment.voucher.number}{f'·{rank}' if rank > 1 else ''}〕"


def retold(token: BlockToken, inside: str, evaluator: Evaluator) -> BlockToken:
    """The block with the words now standing in its bracket; words the system made up stay its own.

    Raises TokenError when the words cannot be stored.
    """
    found = _KNOWN.fullmatch(inside)
    words = found[3].strip() if found else ""
    if not words or words == block_of(token, evaluator).words:
        return token
    return token.named(words)


def named_chart(parts: list[str], figure: FigureToken) -> ChartToken | str:
    """The chart of a figure found by name; `parts` are the ways written after it. A sentence when there are two of them."""
    ways = [_BY[part] for part in parts]
    if len(ways) > 1:
        return "一张图只能选一种：各月、各单位或各年"
    return ChartToken(figure.indicator, by=ways[0] if ways else "month", programme=figure.programme)


def ways_in(parts: list[str]) -> tuple[list[str], list[str]]:
    """The parts of a bracket that say how a chart is drawn, and the others."""
    return [part for part in parts if part in _BY], [part for part in parts if part not in _BY]


def named_photograph(parts: list[str], evaluator: Evaluator) -> PictureToken | str:
    """The photograph `凭证号` or `凭证号·2` names, with a caption from its voucher; else what is wrong, in words."""
    number, rank = (parts[0] if parts else ""), (parts[1] if len(parts) > 1 else "1")
    rows = photographs_of(evaluator.unit).filter(voucher__state=Voucher.State.POSTED)
    key = _NUMBER.fullmatch(number)
    found = [row for row in rows.filter(voucher=int(key[1])) if row.voucher.number == number] if key else []
    if not found:
        return f"本单位已入账的凭证“{number}”没有照片，请从“看材料”里放"
    if not rank.isdecimal() or not 0 < int(rank[:4]) <= len(found):
        return f"凭证“{number}”有 {len(found)} 张照片，没有第 {rank} 张"
    chosen = found[int(rank) - 1]
    return PictureToken(chosen.sha256, caption_for(chosen.voucher))
