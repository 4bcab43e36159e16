"""Which figures a text asks for although the ledger knows them; a call to act asks for none."""

import pytest

from yibenzhang.catalogue.loading import PACKS, load_packs
from yibenzhang.indicators.known import known_figures

CATALOGUE = load_packs([folder for folder in sorted(PACKS.iterdir()) if folder.is_dir()])
ASKED = [
    ("请各支部报送2024年三会一课开展情况", ["life.three_meetings_one_lecture"]),
    (
        "上报中心组学习次数、培训班期数和参训人数",
        ["study.centre_group", "training.classes", "training.persons"],
    ),
    (
        "单位\t中心组理论学习（次）\t谈心谈话（次）\t发展党员（名）",
        ["study.centre_group", "life.talks", "member.admitted"],
    ),
    ("填写民生实事办理情况统计表", ["livelihood.progress"]),
    ("报送本单位慰问人次", ["care.persons"]),
    ("统计党课次数", ["life.party_lectures"]),
    ("报送主题党日参加人次", ["life.theme_party_day_attendance"]),
    ("消费帮扶金额（万元）", ["village.consumption_aid"]),
    ("理论学习中心组学习研讨次数", ["study.centre_group"]),
    ("请召开组织生活会", []),
    ("认真开展主题党日，提高质量", []),
    ("三会一课情况由系统自动汇总，无需报送", []),
    ("报送安全生产隐患排查情况", []),
    ("请提供食堂就餐人数", []),
    ("报送2024年工作总结", []),
    ("党课由支部书记讲授，结合工作谈体会", []),
    ("谈心谈话的篇数", []),
]


@pytest.mark.parametrize(("text", "codes"), ASKED, ids=[row[0][:12] for row in ASKED])
def test_the_figures_a_text_asks_for(text: str, codes: list[str]) -> None:
    assert [entry.code for entry in known_figures(text, CATALOGUE)] == codes


def test_figures_of_packs_an_agency_has_not_adopted_are_not_offered() -> None:
    asked = "上报三下沉次数、中心组学习次数"
    base = known_figures(asked, CATALOGUE, packs=["base", "meteorology"])
    assert [entry.code for entry in base] == ["study.centre_group"]
    assert {entry.code for entry in known_figures(asked, CATALOGUE)} == {
        "study.centre_group",
        "descent.all",
    }


def test_a_figure_is_named_once_in_the_order_asked() -> None:
    found = known_figures("报送谈心谈话次数。统计谈心谈话次数。统计党课次数。", CATALOGUE)
    assert [entry.code for entry in found] == ["life.talks", "life.party_lectures"]


def test_a_text_of_many_strange_counts_still_finds_the_names_said_in_full() -> None:
    strange = "、".join(f"第{number}类器材件数" for number in range(3000))
    assert [entry.code for entry in known_figures(f"上报{strange}。统计党课次数。", CATALOGUE)] == [
        "life.party_lectures"
    ]
