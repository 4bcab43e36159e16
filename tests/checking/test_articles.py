"""Whole articles against the demo book: every figure at its indicator, programme and verdict, nothing by accident."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.demo.figures import FIGURES
from yibenzhang.checking.article import find_setting
from yibenzhang.checking.case import CheckedClaim
from yibenzhang.checking.checker import check
from yibenzhang.indicators.trace import trace
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.models import Entry
from yibenzhang.ledger.services import reverse_voucher
from yibenzhang.organisation.models import Unit
from yibenzhang.reading import read_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_book")]

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
TRUE = {"agrees", "agrees_approximately"}

GEOLOGY = """澜江省地质局党建工作年报（2023年）

主题教育期间，两级党委办专题读书班26期，中心组理论学习185次，推出访谈34期，立调研课题129个，下基层调研842次，解决重难点问题37个，办成民生实事133项。

“一联五进”活动中，班子成员联系县（市、区）114个、社区（村）54个，领办民生实事128项，为群众解决实际问题348个。与47个县（市、区）签订战略合作协议。

驻村工作队投入资金98万元，实施16个民生项目，争取资金150万元，采购农副产品74万元，圈定富硒茶园270亩。

全年编发党建工作简报20期，120余篇信息被省级以上媒体报道。新购办公桌椅46套。
"""
GEOLOGY_FIGURES = [
    ("study.reading_classes", "thematic_education"),
    ("study.centre_group", "thematic_education"),
    ("series.interviews", "thematic_education"),
    ("research.topics", "thematic_education"),
    ("research.field_visits", "thematic_education"),
    ("problem.key_solved", "thematic_education"),
    ("livelihood.projects", "thematic_education"),
    ("liaison.counties", "one_link_five_entries"),
    ("liaison.communities", "one_link_five_entries"),
    ("livelihood.projects", "one_link_five_entries"),
    ("problem.practical_solved", "one_link_five_entries"),
    ("agreement.counties", None),
    ("village.funds_invested", None),
    ("village.projects", None),
    ("village.funds_secured", None),
    ("village.consumption_aid", None),
    ("village.tea_garden_area", None),
    ("publicity.briefs", None),
    ("publicity.media_provincial", None),
]
METEOROLOGY = """澜江省气象局2024年党建情况

局党组中心组每月1次集体学习雷打不动。选送领导干部289名参加各类培训，举办培训班667人次，建成学习平台2个。全省气象部门创建党建品牌38个。

24名党员、14个党支部获得省部级以上表彰。今年应对低温雨雪冰冻2次、连续暴雨7轮，没有人员伤亡，实现零伤亡。与10个省直部门开展合作。
"""
METEOROLOGY_FIGURES = [
    "study.centre_group",
    "training.sent_officials",
    "training.own_attendance",
    "study.platforms",
    "brand.created",
    "honour.members_provincial",
    "honour.branches_provincial",
    "emergency.snow_ice_events",
    "emergency.rainstorm_rounds",
    "emergency.casualties",
    "partner.provincial_departments",
]


def checked(text: str, unit: str, period: str) -> list[CheckedClaim]:
    """Every claim of a text for a unit and period of the demo book."""
    reading = read_page(text)
    setting = find_setting(reading, units=[], unit=Unit.objects.get(code=unit), period=parse_period(period))
    return check(reading, setting)


def matched(items: list[CheckedClaim]) -> list[tuple[str, str | None]]:
    """(indicator, programme) of the claims found true."""
    return [
        (item.figure.indicator.code, item.figure.question.programme or None)
        for item in items
        if item.verdict in TRUE and item.figure
    ]


def test_a_year_of_geology_is_true_at_its_indicators_and_programmes() -> None:
    found = checked(GEOLOGY, "geology", "2023")
    assert matched(found) == GEOLOGY_FIGURES
    assert [item.claim.text for item in found if item.verdict not in TRUE] == ["46套"]
    assert found[-1].verdict == "not_checkable"


def test_the_same_text_with_other_numbers_is_nowhere_true() -> None:
    wrong = GEOLOGY
    for number in (842, 348, 270, 185, 150, 133, 129, 128, 114):
        wrong = wrong.replace(str(number), str(number + 1000))
    found = checked(wrong, "geology", "2023")
    moved = [item for item in found if item.claim.value > 1000 and item.claim.unit != "万元"]
    assert len(moved) >= 8
    assert {item.verdict for item in moved} == {"differs"}


def test_a_year_of_meteorology_is_true_at_its_indicators() -> None:
    found = checked(METEOROLOGY, "meteorology", "2024")
    true = [indicator for indicator, _ in matched(found)]
    assert true == METEOROLOGY_FIGURES


@pytest.mark.parametrize("indicator", ["research.topics", "village.funds_invested", "liaison.counties"])
def test_a_reversed_voucher_changes_exactly_the_figures_it_bears_on(indicator: str) -> None:
    before = checked(GEOLOGY, "geology", "2023")
    meant = next(item.figure for item in before if item.figure and item.figure.indicator.code == indicator)
    entry = Entry.objects.get(number=trace(meant.indicator, meant.question)[0].entry)
    concerned = {
        item.claim.text
        for item in before
        if item.figure
        and entry.number in {line.entry for line in trace(item.figure.indicator, item.figure.question)}
    }
    reverse_voucher(entry.voucher, actor=entry.actor, reason="记重了")
    after = checked(GEOLOGY, "geology", "2023")
    changed = {
        old.claim.text
        for old, new in zip(before, after, strict=True)
        if old.figure and new.figure and old.figure.number != new.figure.number
    }
    assert changed == concerned
    verdicts = {new.claim.text: new.verdict for new in after}
    assert {verdicts[text] for text in changed} & TRUE == set()


if SEEDS.is_dir():

    @pytest.mark.parametrize(
        ("name", "unit", "period", "stated"),
        [("geology-2023.txt", "geology", "2023", 41), ("meteorology-2024.txt", "meteorology", "2024", 13)],
    )
    def test_the_seed_pages_agree_with_the_demo_book(name: str, unit: str, period: str, stated: int) -> None:
        found = checked((SEEDS / name).read_text(encoding="utf-8"), unit, period)
        assert [item.claim.text for item in found if item.verdict not in TRUE] == []
        expected = {(row.indicator, row.programme or None) for row in FIGURES if row.unit == unit}
        assert set(matched(found)) <= expected | {("study.centre_group", None)}
        assert len(matched(found)) == stated
