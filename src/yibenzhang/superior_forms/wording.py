"""What the words over and beside a cell say: which period, which measure, which of the usual footers."""

import re
import unicodedata
from datetime import date

from yibenzhang.indicators.matching.measures import MONEY
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period, month_period, parse_period, year_before

THIS, PREVIOUS, CHANGE, RATE, TO_DATE = "", "previous", "change", "rate", "to_date"
RULE_WORDS = {
    THIS: "本期",
    PREVIOUS: "上年同期",
    CHANGE: "比上年增减",
    RATE: "比上年增减%",
    TO_DATE: "年初至期末",
}
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
_CHANGE = re.compile(
    r"(?:同比|[比较][上去]年(?:同期|度|末|底)?)(?:增减|增长|增加|净增|变化)?(?:数|额|量|情况)?"
)
_RATE = re.compile(r"(?:增减|增长|同比)[^，,]{0,4}(?:率|幅|%|百分比)|增幅")
_PREVIOUS = re.compile(r"(?:上|去)一?年(?:度|同期|末|底|数)?")
_THIS = re.compile(r"(?:本|今|当)年(?:度|末|底|数|内)?|全年|本期|年内|年末|期末")
_TO_DATE = re.compile(r"(?:本年)?累计(?:数)?|年初至今")
_HALF = re.compile(r"上半年|下半年|1\s*[-—–~至]\s*6月|7\s*[-—–~至]\s*12月")
_QUARTER = re.compile(r"第?([一二三四1-4])季度")
_MONTH = re.compile(r"(?<![\d至\-—–~])(1[0-2]|[1-9])月份?(?!\d)")
_YEAR = re.compile(r"(20\d\d)(?:年度?)?(?!\d)")

_BRACKETS = re.compile(r"[（(]\s*(?:计量)?(?:单位[:：])?\s*([^（）()]{1,5})\s*[)）]")
_COMMON = re.compile(
    r"(?<!填报)(?<!填表)(?<!报送)(?<!上报)(?:计量)?单位[:：]\s*([^\s（）()：:]{1,8}?)\s*[)）]?$"
)
# Endings that name the measure: 参训人次, 期数, 金额（万元）…
_ENDINGS = (
    ("人次", "人次"), ("场次", "场"), ("人数", "人"), ("党员数", "名"), ("期数", "期"), ("次数", "次"), ("场数", "场"), ("篇数", "篇"),
    ("件数", "件"), ("项数", "项"), ("个数", "个"), ("条数", "条"), ("份数", "份"), ("家数", "家"), ("天数", "天"), ("支部数", "个"),
    ("占比", "%"), ("比例", "%"), ("覆盖率", "%"), ("完成率", "%"),
)  # fmt: skip

_NEXT = r"(?=$|\n|(?:填报|填表|报送|上报|审核|负责|单位负责|联系|日期|制表))"
_UNIT = re.compile(rf"((?:(?:填报|填表|报送|上报)单位|单位名称)(?:[（(][^）)]*[）)])?[:：])([\s_]*){_NEXT}")
_DAY = re.compile(rf"((?:填报|填表|报送|上报|报出)?日期[:：])([\s_]*(?:年[\s_]*月[\s_]*日)?[\s_]*){_NEXT}")
_PERSON = re.compile(r"(?:填报人|填表人|制表人|审核人|负责人|联系人|联系电话|签字|签名)[^：:]{0,6}[:：]")
_FOOTERS = (
    ("unit", re.compile(r"(?:(?:填报|填表|报送|上报)单位|单位名称)(?:[（(][^）)]*[）)])?[:：]?")),
    ("day", re.compile(r"(?:填报|填表|报送|上报|报出)(?:日期|时间)[:：]?")),
    (
        "person",
        re.compile(
            r"(?:填报人|填表人|制表人|审核人|.{0,4}负责人|联系人|联系电话)(?:[（(][^）)]*[）)])?[:：]?"
        ),
    ),
)


def folded(text: str) -> str:
    """Half-width, without spaces and line breaks: how labels are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def timeless(label: str, year: int) -> str:
    """A label that says the same next year: 2023年 → 本年, 2022年 → 上年, numbering of sections gone."""
    text = re.sub(
        r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[.、．])",
        "",
        folded(label),
    )
    text = re.sub(r"[:：]$", "", text)
    words = {year: "本年", year - 1: "上年", year + 1: "下年"}
    return _YEAR.sub(lambda found: words.get(int(found[1]), found[0]), text)


def rule_in(label: str) -> tuple[str, str]:
    """(period rule, the label without the words that said it) of a timeless label; the rule is "" when it says none."""
    for rule, pattern in ((RATE, _RATE), (CHANGE, _CHANGE), (PREVIOUS, _PREVIOUS)):
        if pattern.search(label):
            return rule, _PREVIOUS.sub("", _CHANGE.sub("", _RATE.sub("", label)))
    if found := _HALF.search(label):
        return "H1" if found[0].startswith(("上", "1")) else "H2", _HALF.sub("", label)
    if found := _QUARTER.search(label):
        return f"Q{_DIGITS.get(found[1]) or found[1]}", _QUARTER.sub("", label)
    if found := _MONTH.search(label):
        return f"M{int(found[1]):02d}", _MONTH.sub("", label)
    if _TO_DATE.search(label):
        return TO_DATE, _TO_DATE.sub("", label)
    return THIS, _THIS.sub("", label)


def period_by(rule: str, period: Period) -> Period:
    """The period a rule means on a form about `period`; a change is asked about the form's own."""
    year = period.start.year
    if rule == PREVIOUS:
        return year_before(period)
    if rule == TO_DATE:
        start = date(year, 1, 1)
        if start == period.start:
            return period
        return parse_period(f"{start}..{period.last_day}")
    if rule[:1] == "M" and rule[1:].isdigit():
        return month_period(year * 100 + int(rule[1:]))
    if rule[:1] in {"H", "Q"} and rule[1:].isdigit():
        return parse_period(f"{year}{rule}")
    return period


def rule_words(rule: str, period: Period) -> str:
    """A rule for the screen: 本期, 上年同期, 2023年上半年."""
    return RULE_WORDS.get(rule) or period_by(rule, period).label


def is_rule(rule: str) -> bool:
    """True when this is a rule a cell may have."""
    return rule in RULE_WORDS or bool(re.fullmatch(r"H[12]|Q[1-4]|M(?:0[1-9]|1[0-2])", rule))


def period_in(title: str) -> str:
    """The period code a title names, "" when it names none: 2023年度… → 2023, 2023年上半年… → 2023H1."""
    text = folded(title)
    year = re.search(r"(20\d\d)年", text)
    if not year:
        return ""
    half = re.search(r"(上|下)半年", text)
    quarter = re.search(r"第?([一二三四1-4])季度", text)
    tail = f"H{1 if half[1] == '上' else 2}" if half else ""
    if quarter and not half:
        tail = f"Q{_DIGITS.get(quarter[1]) or quarter[1]}"
    try:
        return parse_period(f"{year[1]}{tail}").code
    except BookError:
        return ""


def measure_in(label: str, known: frozenset[str]) -> str:
    """The measure a label gives in brackets or by its ending, "" when it gives none."""
    for found in _BRACKETS.finditer(label):
        if (word := folded(found[1])) in known:
            return word
    bare = folded(without_brackets(label))
    return next((measure for ending, measure in _ENDINGS if bare.endswith(ending)), "")


def common_measure(text: str, known: frozenset[str]) -> str:
    """The measure of a caption 单位：万元, "" for anything else."""
    found = _COMMON.search(folded(text))
    return found[1] if found and found[1] in known else ""


def without_brackets(label: str) -> str:
    """A label without its remarks in brackets."""
    return re.sub(r"[（(][^（）()]*[)）]", "", label)


def scale_of(stated: str, measure: str) -> int:
    """By what a stored quantity is divided for a cell that states this measure: 万元 for yuan → 10000; else 1."""
    if stated in MONEY and measure in MONEY:
        return MONEY[stated] // MONEY[measure] or 1
    return 1


def footer_in(text: str) -> bool:
    """True when a cell is a footer with its blank inside: 填报单位：＿＿, 填表日期：　年　月　日, 审核人：."""
    return bool(_UNIT.search(text) or _DAY.search(text) or _PERSON.search(text))


def footer_beside(label: str) -> str:
    """unit, day or person when the cell beside this label is to hold that; else ""."""
    bare = folded(label)
    return next((kind for kind, pattern in _FOOTERS if pattern.fullmatch(bare)), "")


def stamped(text: str, unit: str, day: date) -> str:
    """A footer with the unit's name and the day put into their blanks; what asks for a person stays as it is."""
    said = f"{day.year}年{day.month}月{day.day}日"
    text = _UNIT.sub(lambda found: found[1] + unit + ("　　" if found[2] else ""), text)
    return _DAY.sub(lambda found: found[1] + said, text).rstrip()
