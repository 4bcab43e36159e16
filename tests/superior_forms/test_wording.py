"""What labels say: the period, the measure, the footers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yibenzhang.kernel.periods import parse_period
from yibenzhang.superior_forms.grid import address, number_in, place_of
from yibenzhang.superior_forms.wording import (
    common_measure,
    footer_beside,
    footer_in,
    measure_in,
    period_by,
    period_in,
    rule_in,
    scale_of,
    stamped,
    timeless,
)

KNOWN = frozenset({"次", "人次", "万元", "元", "个", "名", "%"})


@pytest.mark.parametrize(
    ("label", "plain"),
    [
        ("2023年", "本年"),
        ("２０２３年度", "本年"),
        ("2022年", "上年"),
        ("一、理论学习", "理论学习"),
        ("（二）组织 生活", "组织生活"),
        ("3.主题党日：", "主题党日"),
        ("2019年以来", "2019年以来"),
    ],
)
def test_a_label_is_the_same_next_year(label: str, plain: str) -> None:
    assert timeless(label, 2023) == plain


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("本年合计", ""),
        ("上半年", "H1"),
        ("1-6月", "H1"),
        ("下半年", "H2"),
        ("第三季度", "Q3"),
        ("8月份", "M08"),
        ("上年同期", "previous"),
        ("比上年增减", "change"),
        ("较去年增加数", "change"),
        ("同比增减率", "rate"),
        ("本年累计", "to_date"),
        ("评比活动", ""),
        ("大比武", ""),
        ("较大规模培训", ""),
    ],
)
def test_a_label_says_which_period(label: str, rule: str) -> None:
    assert rule_in(label)[0] == rule


@pytest.mark.parametrize(
    ("rule", "form", "asked"),
    [
        ("", "2023", "2023"),
        ("previous", "2023", "2022"),
        ("previous", "2023H2", "2022H2"),
        ("H1", "2023", "2023H1"),
        ("M08", "2023", "2023-08"),
        ("to_date", "2023", "2023"),
        ("to_date", "2023H2", "2023-01-01..2023-12-31"),
        ("change", "2023", "2023"),
    ],
)
def test_a_rule_is_read_against_the_forms_own_period(rule: str, form: str, asked: str) -> None:
    assert period_by(rule, parse_period(form)).code == asked


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("省直机关党建工作统计表（2023年度）", "2023"),
        ("2024年上半年情况表", "2024H1"),
        ("2024年第三季度报表", "2024Q3"),
        ("党建工作统计表", ""),
    ],
)
def test_a_title_says_what_the_form_is_about(title: str, code: str) -> None:
    assert period_in(title) == code


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("主题党日（次）", "次"),
        ("投入资金(万元)", "万元"),
        ("参训人次", "人次"),
        ("覆盖率", "%"),
        ("党课（含微党课）", ""),
    ],
)
def test_a_label_states_its_measure(label: str, measure: str) -> None:
    assert measure_in(label, KNOWN) == measure


def test_a_caption_states_the_measure_of_all_but_a_footer_does_not() -> None:
    assert common_measure("单位：万元", KNOWN) == "万元"
    assert common_measure("填报单位：个", KNOWN) == ""
    assert common_measure("报送单位：省地质局", KNOWN) == ""


def test_money_is_scaled_to_what_the_cell_says() -> None:
    assert (scale_of("万元", "元"), scale_of("元", "元"), scale_of("个", "元")) == (10_000, 1, 1)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("填报单位：", "填报单位：省地质局"),
        ("填报单位（盖章）：＿＿".replace("＿", "_"), "填报单位（盖章）：省地质局"),
        ("填表日期：　年　月　日", "填表日期：2023年12月27日"),
        ("填报单位：   填报日期：", "填报单位：省地质局　　填报日期：2023年12月27日"),
        ("填报单位：省水利厅", "填报单位：省水利厅"),
        ("填报人：　　审核人：", "填报人：　　审核人："),
    ],
)
def test_footers_get_the_units_name_and_the_day_but_never_a_person(text: str, filled: str) -> None:
    assert stamped(text, "省地质局", date(2023, 12, 27)) == filled


def test_footers_are_told_from_headings() -> None:
    assert footer_in("填报人：") and footer_in("填报单位：") and not footer_in("单位：次")
    assert [footer_beside(each) for each in ("填报单位", "填表日期：", "单位负责人", "发展党员")] == [
        "unit", "day", "person", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [("１，２００", 1200), (" 35 ", 35), ("-2.5", Fraction(-5, 2)), ("3次", None), ("1,20", None)],
)
def test_numbers_stored_as_text_are_numbers(text: str, number: object) -> None:
    assert number_in(text) == number


@given(st.integers(1, 3000), st.integers(1, 150))
def test_an_address_leads_back_to_its_place(row: int, column: int) -> None:
    assert place_of(address((row, column))) == (row, column)
