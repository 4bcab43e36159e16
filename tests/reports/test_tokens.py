"""Figures in stored text: what is written is read again, and nothing typed is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibenzhang.reports.paragraphs import heading_level, tidy
from yibenzhang.reports.tokens import DISPLAYS, BrokenToken, DeclaredToken, FigureToken, TokenError, split

words = st.text(alphabet="学习九10次，。|={}〔〕<>&\n", max_size=40)
codes = st.from_regex(r"[a-z]{1,5}\.[a-z]{1,5}", fullmatch=True)
tokens = st.builds(
    FigureToken, codes, programme=st.sampled_from(["", "thematic_education"]), period=st.sampled_from(["", "2023H1"]),
    scope=st.sampled_from(["", "own", "subtree"]), display=st.sampled_from(sorted(DISPLAYS)),
    measure=st.sampled_from(["", "-", "家"]), as_of=st.integers(0, 10**12),
)  # fmt: skip


@given(words)
def test_pieces_joined_are_the_text_again(text: str) -> None:
    assert "".join(str(piece) for piece in split(text)) == text


@given(tokens)
def test_a_figure_written_down_is_the_same_figure_when_read(token: FigureToken) -> None:
    assert split(f"开展{token}。") == ["开展", token, "。"]


@given(st.text(max_size=300))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("{{不是代码}}", "不是指标代码"),
        ("{{study.centre_group|as=大概}}", "没有“大概”这种写法"),
        ("{{study.centre_group|as_of=明天}}", "入账序号"),
        ("{{study.centre_group|颜色=红}}", "没有“颜色”这一项"),
        ("{{study.centre_group|scope=all}}", "范围只能是"),
    ],
)
def test_what_is_no_figure_stays_as_typed_and_says_why(raw: str, reason: str) -> None:
    (token,) = split(raw)
    assert isinstance(token, BrokenToken)
    assert str(token) == raw
    assert reason in token.message


def test_a_declared_number_needs_reason_and_source() -> None:
    with pytest.raises(TokenError, match="理由"):
        DeclaredToken("11张", " ", "报表清单").checked()
    with pytest.raises(TokenError, match="竖线"):
        DeclaredToken("11张", "减|少", "报表清单").checked()
    token = DeclaredToken("11张", "报表由办公室清点", "2023年报表清单").checked()
    assert split(str(token)) == [token]


@pytest.mark.parametrize(
    ("line", "level"),
    [("一、抓学习", 1), ("（二）抓组织", 2), ("3.抓作风", 3), ("（4）抓廉洁", 4), ("一、抓学习。今年学了很多。", 0),
     ("3.5亿元投入到位", 0), ("一年来", 0)],
)  # fmt: skip
def test_headings_are_told_by_their_official_numbers(line: str, level: int) -> None:
    assert heading_level(line) == level


def test_a_paste_of_three_thousand_paragraphs_from_word_keeps_every_one() -> None:
    pasted = "\r\n".join(f"\u3000\u3000第{n}段\u200b，写了一些话\x0b接着写" for n in range(3000))
    lines = tidy(pasted).split("\n")
    assert len(lines) == 6000
    assert lines[0] == "第0段，写了一些话"
