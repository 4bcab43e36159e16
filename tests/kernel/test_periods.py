"""Period codes."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibenzhang.kernel.periods import PeriodError, month_period, next_month, parse_period


@pytest.mark.parametrize(
    ("code", "start", "last", "label"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024年"),
        ("2024H2", date(2024, 7, 1), date(2024, 12, 31), "2024年下半年"),
        ("2024Q3", date(2024, 7, 1), date(2024, 9, 30), "2024年第三季度"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2024-01-01..2024-08-31", date(2024, 1, 1), date(2024, 8, 31), "2024年1月1日至2024年8月31日"),
    ],
)
def test_codes(code: str, start: date, last: date, label: str) -> None:
    period = parse_period(code)
    assert (period.start, period.last_day, period.label) == (start, last, label)


@pytest.mark.parametrize(
    "code",
    [
        "",
        "24",
        "2024-13",
        "2024Q5",
        "2024H0",
        "2024-02-30..2024-03-01",
        "2024-03-01..2024-02-01",
        "0000",
        "9999",
    ],
)
def test_impossible_codes_are_refused_in_words(code: str) -> None:
    with pytest.raises(PeriodError, match="看不懂期间"):
        parse_period(code)


@given(st.integers(1900, 2200), st.integers(1, 12))
def test_months_follow_each_other(year: int, month: int) -> None:
    here = month_period(year * 100 + month)
    assert month_period(next_month(here.first_month)).start == here.stop
    assert [m.code for m in parse_period(here.code).months()] == [here.code]
