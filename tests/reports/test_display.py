"""How values are written by GB/T 15835, and that 核稿 accepts what we write."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.checking.verdicts import Stated, holds
from yibenzhang.reading.claims.extract import extract
from yibenzhang.reading.claims.numerals import read_chinese
from yibenzhang.reports.display import chinese, written
from yibenzhang.reports.tokens import FigureToken


@pytest.mark.parametrize(
    ("indicator", "display", "measure", "value", "text"),
    [
        ("study.centre_group", "exact", "", 185, "185次"),
        ("village.funds_invested", "exact", "", 980_000, "98万元"),
        ("village.funds_invested", "exact", "", 985_000, "98.5万元"),
        ("publicity.media_provincial", "at_least", "", 124, "100余篇"),
        ("publicity.media_provincial", "at_least", "", 100, "100篇"),
        ("publicity.media_provincial", "at_least", "", 7, "7篇"),
        ("publicity.media_provincial", "nearly", "", 192, "近200篇"),
        ("publicity.media_provincial", "nearly", "", 342, "近350篇"),
        ("honour.advanced_unit_streak", "chinese", "", 9, "九届"),
        ("emergency.casualties", "chinese", "-", 0, "零"),
        ("research.field_visits", "exact", "场", 12_842, "12,842场"),
        ("training.subject_coverage", "exact", "", 1, "100%"),
    ],
)
def test_written(indicator: str, display: str, measure: str, value: int, text: str) -> None:
    token = FigureToken(indicator, display=display, measure=measure)
    assert written(token, current_catalogue().indicator(indicator), Fraction(value)) == text


@given(st.integers(0, 99_999_999))
@example(80_990_010)
@example(100_010)
def test_chinese_numerals_read_back(number: int) -> None:
    read = read_chinese(chinese(number))
    assert read is not None
    assert read.value == number


@given(st.integers(2, 99_999), st.sampled_from(["exact", "at_least", "nearly"]))
def test_what_is_written_holds_of_its_value(value: int, display: str) -> None:
    indicator = current_catalogue().indicator("publicity.media_provincial")
    text = written(FigureToken(indicator.code, display=display), indicator, Fraction(value))
    (claim,), _ = extract([f"省级以上媒体报道{text}。"], [""])
    stated = Stated.of(float(claim.value), None, claim.approx, claim.unit, claim.text)
    assert holds(stated, Fraction(value)) is not None, text
