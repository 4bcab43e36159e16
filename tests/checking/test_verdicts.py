"""When a stated number is true of a value."""

from fractions import Fraction

import pytest

from yibenzhang.checking.verdicts import AGREES, APPROXIMATE, Stated, holds


@pytest.mark.parametrize(
    ("value", "approx", "unit", "text", "actual", "verdict"),
    [
        (348, None, "个", "348个", 348, AGREES),
        (348, None, "个", "348个", 347, None),
        (0, None, "", "零伤亡", 0, AGREES),
        (0, None, "", "零伤亡", 1, None),
        (100, "at_least", "篇", "100余篇", 101, APPROXIMATE),
        (100, "at_least", "篇", "100余篇", 199, APPROXIMATE),
        (100, "at_least", "篇", "100余篇", 200, None),
        (100, "at_least", "篇", "100余篇", 99, None),
        (120, "at_least", "次", "120余次", 131, None),
        (300, "more_than", "人次", "超300人次", 300, None),
        (300, "more_than", "人次", "超300人次", 312, APPROXIMATE),
        (200, "nearly", "人", "近200人", 196, APPROXIMATE),
        (200, "nearly", "人", "近200人", 200, None),
        (200, "nearly", "人", "近200人", 150, None),
        (200, "about", "人", "约200人", 207, APPROXIMATE),
        (200, "about", "人", "约200人", 230, None),
        (98, None, "万元", "98万元", 980_000, AGREES),
        (98, None, "万元", "98万元", 983_400, APPROXIMATE),
        (98, None, "万元", "98万元", 990_000, None),
        (12000, None, "人次", "1.2万人次", 12_040, APPROXIMATE),
        (12000, None, "人次", "12000人次", 12_040, None),
        (1000, None, "次", "1000次", 998, None),
        (100, None, "%", "100%", 100, AGREES),
        (100, None, "%", "100%", Fraction(399, 4), None),
        (66.7, None, "%", "66.7%", Fraction(200, 3), APPROXIMATE),
        (66.7, None, "%", "66.7%", Fraction(60), None),
    ],
)
def test_holds(
    value: float, approx: str | None, unit: str, text: str, actual: int | Fraction, verdict: str | None
) -> None:
    assert holds(Stated.of(value, None, approx, unit, text), Fraction(actual)) == verdict


@pytest.mark.parametrize(("actual", "verdict"), [(2, None), (3, AGREES), (5, AGREES), (6, None)])
def test_a_range_holds_between_its_ends(actual: int, verdict: str | None) -> None:
    assert holds(Stated.of(3, 5, None, "名", "3至5名"), Fraction(actual)) == verdict
