"""The marked article is the article: whatever the text, its parts put together give it back, each figure marked once."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from yibenzhang.checking.marking import paragraphs
from yibenzhang.checking.results import lines_of
from yibenzhang.indicators.matching.mentions import mention_at
from yibenzhang.reading import read_page
from yibenzhang.reading.model import ReadError, Reading

PIECES = st.sampled_from(
    [
        "开展学习",
        "5次",
        "一百余",
        "篇",
        "，",
        "。",
        "\n\n",
        "（其中",
        "）",
        "98万元",
        "“",
        "”",
        "比上年增加",
        "3",
        "个",
        "、",
        "\t",
        "零伤亡",
    ]
)


def reading_of(pieces: list[str]) -> Reading | None:
    """The reading of a text made of these pieces, None when there is nothing to read."""
    try:
        return read_page("某单位2023年总结\n\n" + "".join(pieces))
    except ReadError:
        return None


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=30))
def test_the_parts_give_the_text_back(pieces: list[str]) -> None:
    reading = reading_of(pieces)
    if reading is None:
        return
    lines = lines_of(reading, [{"verdict": "agrees"} for _ in reading.claims])
    found = paragraphs(reading, lines)
    texts = ["".join(part.text for part in paragraph.parts) for paragraph in found]
    assert texts == [line for line in reading.clean_text.split("\n") if line.strip()]
    marked = [part for paragraph in found for part in paragraph.parts if part.line]
    assert all(part.text == part.line.claim.text for part in marked if part.line)
    assert len({part.line.number for part in marked if part.line}) == len(marked)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=30))
def test_what_stands_around_a_figure_holds_the_figure(pieces: list[str]) -> None:
    reading = reading_of(pieces)
    if reading is None:
        return
    spans = [(claim.start, claim.end) for claim in reading.claims]
    for claim in reading.claims:
        mention = mention_at(
            reading.clean_text,
            claim.start,
            claim.end,
            value=float(claim.value),
            unit=claim.unit,
            others=spans,
        )
        for window in (mention.near, mention.joined, mention.around, mention.paragraph):
            assert claim.text in window
