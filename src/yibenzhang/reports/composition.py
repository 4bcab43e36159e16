"""A report put together: its paragraphs with every number marked, the typed ones included, and what stands between them."""

from collections import Counter
from dataclasses import dataclass, replace

from yibenzhang.reading.claims.extract import extract
from yibenzhang.reports.blocks import Block, block_of
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.marks import Mark, Seen, mark_of, typed_mark
from yibenzhang.reports.paragraphs import paragraphs
from yibenzhang.reports.photographs import MOST
from yibenzhang.reports.tokens import ChartToken, PictureToken, Piece

Part = str | Mark | Block


@dataclass(frozen=True)
class Composed:
    """A paragraph ready to be shown: `level` 1–4 for headings, 0 for body text. It holds words, or nothing but blocks."""

    number: int
    level: int
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The words as read."""
        return "".join(part if isinstance(part, str) else part.shown for part in self.parts)

    @property
    def marks(self) -> list[Mark]:
        """Its numbers, in order."""
        return [part for part in self.parts if isinstance(part, Mark)]

    @property
    def blocks(self) -> list[Block]:
        """Its charts and photographs, in order; empty for a paragraph of words."""
        return [part for part in self.parts if isinstance(part, Block)]


@dataclass(frozen=True)
class Composition:
    """The whole text. `length` counts characters for the advice on length."""

    paragraphs: tuple[Composed, ...]

    @property
    def marks(self) -> list[Mark]:
        """All numbers, in the order of the text."""
        return [mark for paragraph in self.paragraphs for mark in paragraph.marks]

    @property
    def blocks(self) -> list[Block]:
        """All charts and photographs, in the order of the text."""
        return [block for paragraph in self.paragraphs for block in paragraph.blocks]

    @property
    def photographs(self) -> list[Block]:
        """Its photographs that can be had."""
        return [block for block in self.blocks if block.photograph]

    @property
    def text(self) -> str:
        """The words as read, a paragraph on each line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @property
    def length(self) -> int:
        """Characters without white space."""
        return sum(len("".join(paragraph.text.split())) for paragraph in self.paragraphs)

    @property
    def counts(self) -> Counter[str]:
        """How many numbers are in each state."""
        return Counter(mark.state for mark in self.marks)

    @property
    def open_marks(self) -> list[Mark]:
        """Numbers that stand in the way of issuing."""
        return [mark for mark in self.marks if mark.is_open]

    @property
    def broken_blocks(self) -> list[Block]:
        """Charts and photographs that stand in the way of issuing."""
        return [block for block in self.blocks if block.problem]


def compose(text: str, evaluator: Evaluator, seen: Seen) -> Composition:
    """Resolve every figure of the text and find the numbers typed without one."""
    found: list[Composed] = []
    for paragraph in paragraphs(text):
        parts = [_part(piece, paragraph.number, evaluator, seen) for piece in paragraph.pieces]
        found.append(Composed(paragraph.number, paragraph.level, tuple(parts)))
    return Composition(tuple(_limited(numbered(_with_typed(found)))))


def _limited(found: list[Composed]) -> list[Composed]:
    """A report with more photographs than its readers bear says so at those beyond."""
    beyond = {block.number for block in Composition(tuple(found)).photographs[MOST:]}
    message = f"一份报告最多放 {MOST} 张照片，请删去这一张。"
    return [
        replace(
            paragraph,
            parts=tuple(
                replace(part, problem=message) if isinstance(part, Block) and part.number in beyond else part
                for part in paragraph.parts
            ),
        )
        for paragraph in found
    ]


def _part(piece: Piece, paragraph: int, evaluator: Evaluator, seen: Seen) -> Part:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, ChartToken | PictureToken):
        return block_of(piece, evaluator)
    return mark_of(piece, 0, paragraph, evaluator, seen)


def _with_typed(found: list[Composed]) -> list[Composed]:
    """Mark the numbers that stand in the plain words; one that touches a figure belongs to it (每月1次)."""
    claims, _ = extract([paragraph.text for paragraph in found], [""] * len(found))
    spans: dict[int, list[tuple[int, int]]] = {}
    start, index = 0, 0
    for claim in claims:
        while claim.start >= start + len(found[index].text) + 1:
            start += len(found[index].text) + 1
            index += 1
        spans.setdefault(index, []).append((claim.start - start, claim.end - start))
    return [
        _typed_in(paragraph, spans[place]) if place in spans else paragraph
        for place, paragraph in enumerate(found)
    ]


def _typed_in(paragraph: Composed, spans: list[tuple[int, int]]) -> Composed:
    parts: list[Part] = []
    offset = 0
    covered = _covered(paragraph)
    free = [span for span in spans if not any(a < span[1] and span[0] < b for a, b in covered)]
    for part in paragraph.parts:
        if not isinstance(part, str):
            parts.append(part)
            offset += len(part.shown)
            continue
        end, last = offset + len(part), offset
        for a, b in free:
            if offset <= a and b <= end:
                parts += [
                    part[last - offset : a - offset],
                    typed_mark(part[a - offset : b - offset], 0, paragraph.number),
                ]
                last = b
        parts.append(part[last - offset :])
        offset = end
    return replace(paragraph, parts=tuple(part for part in parts if part))


def _covered(paragraph: Composed) -> list[tuple[int, int]]:
    spans, offset = [], 0
    for part in paragraph.parts:
        length = len(part if isinstance(part, str) else part.shown)
        if isinstance(part, Mark):
            spans.append((offset, offset + length))
        offset += length
    return spans


def numbered(found: list[Composed]) -> list[Composed]:
    """The paragraphs with their numbers, blocks and charts counted through."""
    counts: Counter[str] = Counter()
    result = []
    for paragraph in found:
        parts: list[Part] = []
        for part in paragraph.parts:
            if isinstance(part, Mark):
                counts["mark"] += 1
                part = replace(part, number=counts["mark"])
            elif isinstance(part, Block):
                counts["block"] += 1
                counts["chart"] += isinstance(part.token, ChartToken)
                part = replace(part, number=counts["block"], rank=counts["chart"])
            parts.append(part)
        result.append(replace(paragraph, parts=tuple(parts)))
    return result
