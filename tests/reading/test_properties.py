"""Properties that hold for any number, any furniture, any order of reading."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.pages_of_our_own import EXPECTED, page_of
from yibenzhang.reading import Claim, read_page
from yibenzhang.reading.claims.units import COUNTING_UNITS

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
QUIET = settings(max_examples=150, deadline=None)


def section_in_chinese(number: int) -> str:
    """1 … 9999 in Chinese numerals, the 零 where it is spoken."""
    text, waiting_zero = "", False
    for power, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            text += ("零" if waiting_zero and text else "") + DIGITS[digit] + word
            waiting_zero = False
        else:
            waiting_zero = True
    return text


def in_chinese(number: int) -> str:
    """1 … 99999999 in Chinese numerals; ten to nineteen without the leading one."""
    high, low = divmod(number, 10_000)
    text = section_in_chinese(high) + "万" if high else ""
    if high and low and low < 1000:
        text += "零"
    text += section_in_chinese(low) if low else ""
    return text.removeprefix("一") if text.startswith("一十") else text


def only_claim(sentence: str) -> Claim:
    (claim,) = read_page(f"一篇短文\n\n    {sentence}").claims
    return claim


@QUIET
@given(st.integers(2, 99_999_999))
def test_chinese_numerals_read_back(number: int) -> None:
    claim = only_claim(f"全年服务群众{in_chinese(number)}人次。")
    assert (claim.value, claim.unit, claim.approx) == (number, "人次", None)


# Behind Chinese numerals these are read otherwise: 三年 alone is a stretch of time, 三千克 has three of 千克.
OTHERWISE = {
    "年",
    "大",
    "千米",
    "千克",
    "千瓦",
    "千瓦时",
    "千伏",
    "万千瓦",
    "百分点",
    "元",
    "元人民币",
    "美元",
    "港元",
    "欧元",
}


@pytest.mark.parametrize("unit", [u for u in COUNTING_UNITS if u not in OTHERWISE])
def test_no_name_swallows_a_count(unit: str) -> None:
    for number in (*range(2, 31), 100, 101, 110, 1200):
        claim = only_claim(f"全年共完成{in_chinese(number)}{unit}，效果很好。")
        assert (claim.value, claim.text) == (number, f"{in_chinese(number)}{unit}")


@QUIET
@given(st.integers(1, 9999))
def test_numerals_of_cheques_read_back(number: int) -> None:
    assert only_claim(f"党员自愿捐款{section_in_chinese(number).translate(FORMAL)}万元整。").value == number


@QUIET
@given(st.integers(1, 10**9))
def test_arabic_figures_read_back_however_grouped(number: int) -> None:
    wide = str(number).translate({ord("0") + i: ord("０") + i for i in range(10)})
    for written in (str(number), f"{number:,}", wide):
        assert only_claim(f"发放资料{written}份。").value == number


@QUIET
@given(st.integers(11, 99_999), st.sampled_from(["余", "多"]))
def test_qualified_figures_are_lower_bounds(number: int, more: str) -> None:
    claim = only_claim(f"发放资料{number}{more}份。")
    assert (claim.value, claim.approx) == (number, "at_least")


@QUIET
@given(st.integers(1, 9999), st.integers(0, 99))
def test_decimals_with_a_scale_keep_their_digits(whole: int, hundredths: int) -> None:
    claim = only_claim(f"投入资金{whole}.{hundredths:02d}万元。")
    assert (claim.value, claim.unit) == (float(f"{whole}.{hundredths:02d}"), "万元")
    assert only_claim(f"服务{whole}.{hundredths:02d}万人次。").value == whole * 10_000 + hundredths * 100


@QUIET
@given(st.integers(0, 100), st.integers(1, 9))
def test_percentages_read_back_in_words_and_in_signs(whole: int, tenth: int) -> None:
    words = in_chinese(whole) if whole else "零"
    for written in (f"{whole}.{tenth}%", f"{whole}.{tenth}％", f"百分之{words}点{DIGITS[tenth]}"):
        claim = only_claim(f"群众满意度为{written}。")
        assert (claim.value, claim.unit) == (float(f"{whole}.{tenth}"), "%")


@QUIET
@given(st.lists(st.integers(1, 9999), min_size=2, max_size=5))
def test_elided_units_are_inherited(numbers: list[int]) -> None:
    listed = "、".join(str(n) for n in numbers[:-1]) + f"和{numbers[-1]}次"
    claims = read_page(f"一篇短文\n\n    各项活动分别为{listed}。").claims
    assert [(claim.value, claim.unit) for claim in claims] == [(number, "次") for number in numbers]


@QUIET
@given(st.integers(2, 500), st.integers(1, 500), st.sampled_from(["至", "—", "-", "~", "到"]))
def test_ranges_have_two_ends(low: int, more: int, to: str) -> None:
    claim = only_claim(f"每队{low}{to}{low + more}名党员。")
    assert (claim.value, claim.value_max, claim.unit) == (low, low + more, "名")


BODY = (
    "　　全局现有党支部23个、党员416名，其中在职党员351名、离退休党员65名。",
    "　　开展主题党日48次、专题党课十二场，参加1.2万余人次，覆盖率达98.5%。",
    "　　争取资金538.6万元，实施项目三十余个，实现零违纪，每月调度1次。",
)
ABOVE = ("岫宁机关党建网", "今天是2025年3月6日 星期四", "首页 | 政务公开 | 互动交流")
BELOW = (
    "上一篇：全市召开3次调度会",
    "下一篇：5个支部获评市级示范",
    "【打印本页】【关闭窗口】",
    "扫一扫在手机上查看当前页面",
    "版权所有：岫宁市档案局　电话：0799-6123456　邮编：999001",
    "岫ICP备20240001号-3",
    "您是第 58,213 位访客",
    "分享到：微信 微博 QQ空间",
    "相关阅读",
    "主办单位：岫宁市档案局　地址：人民路18号",
)


@QUIET
@given(
    above=st.lists(st.sampled_from(ABOVE), unique=True),
    below=st.lists(st.sampled_from(BELOW), unique=True),
    visits=st.integers(0, 10**6),
)
def test_furniture_changes_no_claim(above: list[str], below: list[str], visits: int) -> None:
    head = [
        "您的位置：首页 > 党建 > 正文",
        "",
        "红色工地筑牢先锋堡垒",
        "",
        f"发布时间：2024-12-30 来源：岫宁市档案局 浏览次数：{visits}",
        "",
    ]
    bare = read_page("\n".join([*head, *BODY]))
    furnished = read_page("\n".join([*above, *head, *BODY, "", *below]))
    assert furnished.clean_text == bare.clean_text
    assert furnished.claims == bare.claims
    assert (furnished.title, furnished.date, furnished.source) == (bare.title, "2024-12-30", "岫宁市档案局")


@QUIET
@given(st.randoms(use_true_random=False))
def test_reading_is_idempotent_whatever_paragraphs_are_left(rng: random.Random) -> None:
    text = read_page(page_of(rng.choice(EXPECTED)).read_bytes()).clean_text
    lines = text.split("\n")
    kept = [line for line in lines if rng.random() < 0.7] or lines
    once = read_page("\n".join(kept))
    twice = read_page(once.clean_text)
    assert twice.clean_text == once.clean_text
    assert [(c.text, c.value, c.unit) for c in twice.claims] == [
        (c.text, c.value, c.unit) for c in once.claims
    ]
