"""However Word has cut a paragraph into runs, comments hang on their figures and no text changes."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from itertools import pairwise

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from yibenzhang.checking.outputs.word_comments import Comment, annotate
from yibenzhang.checking.outputs.word_text import plain

TEXT = "全年开展主题党日12次，讲党课3次；参加党员1,286人次，其中预备党员3名。"
FIGURES = ["12次", "3次", "1,286人次", "3名"]


def comments() -> list[Comment]:
    """One comment for each figure of the text."""
    made, at = [], 0
    for figure in FIGURES:
        at = TEXT.index(figure, at)
        made.append(Comment([figure], figure, TEXT[max(0, at - 16) : at], TEXT[at + len(figure) :][:16], at))
        at += len(figure)
    return made


def document_of(cuts: set[int], wide: bool, spaced: bool) -> bytes:
    """The text as a paragraph of runs cut at these places, with what people's documents have between figures."""
    document = docx.Document()
    document.add_paragraph("一、组织生活")
    paragraph = document.add_paragraph()
    borders = sorted({0, len(TEXT), *cuts})
    for number, (start, stop) in enumerate(pairwise(borders)):
        piece = TEXT[start:stop]
        if wide:
            piece = "".join(chr(ord(char) + 0xFEE0) if char.isdigit() else char for char in piece)
        run = paragraph.add_run(f" {piece}" if spaced and start else piece)
        run.bold = bool(number % 2)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(1, len(TEXT) - 1), max_size=12), st.booleans(), st.booleans())
def test_every_figure_is_found_again_and_nothing_is_lost(cuts: set[int], wide: bool, spaced: bool) -> None:
    original = document_of(cuts, wide, spaced)
    marked = annotate(original, comments(), at=datetime(2023, 12, 27, tzinfo=UTC))
    before, after = (docx.Document(io.BytesIO(data)) for data in (original, marked))
    assert [p.text for p in before.paragraphs] == [p.text for p in after.paragraphs]
    tree = after.element.xml
    for number, comment in enumerate(after.comments):
        span = re.search(
            rf'commentRangeStart w:id="{number}"/>(.*?)<w:commentRangeEnd w:id="{number}"', tree, re.S
        )
        assert span
        text = "".join(piece.partition(">")[2] for piece in re.findall(r"<w:t(?: [^>]*)?>[^<]*", span[1]))
        assert plain(text) == comment.text
