"""Search keys and shown quantities."""

from fractions import Fraction

import pytest

from yibenzhang.kernel.quantities import grouped, in_display_unit, percentage
from yibenzhang.kernel.text import matches


@pytest.mark.parametrize("typed", ["主题", "ztdr", "zhuti", "ZTDR", "党日 zt"])
def test_names_are_found_by_characters_pinyin_and_initials(typed: str) -> None:
    assert matches(typed, "主题党日")


def test_a_fragment_that_does_not_occur_finds_nothing() -> None:
    assert not matches("ztdx", "主题党日")


@pytest.mark.parametrize(
    ("value", "divisor", "shown"),
    [
        (980_000, 10_000, "98"),
        (985_000, 10_000, "98.5"),
        (-5, 1, "−5"),
        (12_345_678, 10_000, "1,234.5678"),
        (0, 10_000, "0"),
    ],
)
def test_display_units_lose_no_digit(value: int, divisor: int, shown: str) -> None:
    assert in_display_unit(value, divisor) == shown


def test_groups_and_percentages() -> None:
    assert (grouped(1286), percentage(Fraction(2, 3)), percentage(Fraction(1))) == ("1,286", "66.7%", "100%")
