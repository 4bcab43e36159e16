"""States of the numbers of a draft: matched, changed, unmatched, declared; two editors; nothing lost."""

from __future__ import annotations

import pytest

from tests.reports.conftest import CENTRE, Desk, states
from yibenzhang.kernel.errors import BookError
from yibenzhang.reports import edits, services
from yibenzhang.reports.queries import composed
from yibenzhang.reports.structures import structures_of


def test_figures_show_their_values_as_the_text_wants_them(desk: Desk) -> None:
    report = desk.report(
        f"主题教育中，中心组学习{CENTRE}，全年{{{{study.centre_group|as=chinese}}}}，投入资金"
        "{{village.funds_invested}}，人员{{emergency.casualties|as=chinese|measure=-}}伤亡。"
    )
    assert composed(report).text == "主题教育中，中心组学习2次，全年三次，投入资金98万元，人员零伤亡。"
    assert {state for _, state in states(report)} == {"matched"}


def test_a_figure_that_moved_keeps_the_value_seen_until_it_is_accepted(desk: Desk) -> None:
    report = desk.report(f"中心组学习{CENTRE}。")
    desk.study(9)
    assert states(report) == [("2次", "changed")]
    assert composed(report).marks[0].now == "3次"
    saved = desk.save(report, report.text + "\n又写一段。")
    assert states(saved) == [("2次", "changed")], "saving other words must not take over a new value"
    accepted = edits.accept(saved, 1, revision=saved.revision, actor=desk.bureau.recorder)
    assert states(accepted) == [("3次", "matched")]


def test_an_old_value_may_be_kept_with_the_day_it_counts_to(desk: Desk) -> None:
    report = desk.report(f"中心组学习{CENTRE}。")
    desk.study(9)
    kept = edits.keep(report, 1, revision=report.revision, actor=desk.bureau.recorder)
    assert states(kept) == [("2次", "matched")]
    assert composed(kept).text == "中心组学习2次（截至12月27日）。"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{no.such_indicator}}", "目录里没有指标"),
        ("{{study.centre_group|programme=gone}}", "已不在目录里"),
        ("{{study.centre_group|period=2019}}", "账上未记"),
        ("{{study.centre_group|period=去年}}", "看不懂期间"),
        ("{{study.centre_group|unit=elsewhere}}", "不在本报告的单位之下"),
    ],
)
def test_a_figure_without_a_value_is_unmatched_and_says_why(desk: Desk, text: str, reason: str) -> None:
    (mark,) = composed(desk.report(f"学习{text}，效果好。")).marks
    assert mark.state == "unmatched"
    assert reason in mark.message


def test_a_figure_cannot_reach_outside_the_unit_of_the_report(desk: Desk) -> None:
    other = desk.bureau.found("other", "澜江省别局", "bureau", None)
    (mark,) = composed(desk.report(f"学习{{{{study.centre_group|unit={other.code}}}}}。")).marks
    assert mark.answer is not None
    assert (mark.state, mark.answer.value) == ("unmatched", None)


def test_a_typed_number_is_unmatched_until_it_is_linked_or_declared(desk: Desk) -> None:
    report = desk.report("全局开展中心组理论学习3次，取消重复报表11张，2023年4月8日开会，落实“五学三问”。")
    assert states(report) == [("3次", "unmatched"), ("11张", "unmatched")]
    actor = desk.bureau.recorder
    found = edits.proposals(report, composed(report), composed(report).marks[0])
    assert found[0][0].indicator.code == "study.centre_group"
    assert found[0][1].value == 3
    report = edits.link(report, 1, indicator="study.centre_group", revision=report.revision, actor=actor)
    report = edits.declare(
        report, 2, reason="办公室清点", source="报表清单", revision=report.revision, actor=actor
    )
    assert states(report) == [("3次", "matched"), ("11张", "declared")]
    report = edits.unlink(report, 1, revision=report.revision, actor=actor)
    assert states(report)[0] == ("3次", "unmatched")


def test_linking_keeps_the_way_a_number_was_typed(desk: Desk) -> None:
    for month in (1, 2, 3, 7, 8, 9, 10, 11, 12):
        desk.study(month)
    report = desk.report("开展中心组理论学习10余次，系列工作展开。")
    linked = edits.link(
        report, 1, indicator="study.centre_group", revision=report.revision, actor=desk.bureau.recorder
    )
    assert states(linked) == [("10余次", "matched")]


def test_the_second_of_two_editors_is_shown_both_texts(desk: Desk) -> None:
    report = desk.report("开头。")
    services.save_report(report, text="甲写的。", revision=1, actor=desk.bureau.reviewer)
    with pytest.raises(services.ReportConflictError) as refused:
        services.save_report(report, text="乙写的。", revision=1, actor=desk.bureau.recorder)
    assert refused.value.theirs.text == "甲写的。"
    report.refresh_from_db()
    assert (report.text, report.revision) == ("甲写的。", 2)


def test_monthly_counts_the_poorest_complete_month(desk: Desk) -> None:
    text = "中心组每月{{study.centre_group|as=each_month}}学习。"
    assert states(desk.report(text))[0][1] == "unmatched", "January has none"
    for month in range(1, 12):
        desk.study(month)
    assert states(desk.report(text)) == [("1次", "matched")], "December is not over"


def test_hostile_markup_in_a_paste_stays_words(desk: Desk) -> None:
    report = desk.report("<script>alert(1)</script>先进支部<img src=x onerror=alert(1)>")
    assert composed(report).text == "<script>alert(1)</script>先进支部<img src=x onerror=alert(1)>"


def test_a_unit_is_offered_only_the_structures_it_writes(desk: Desk) -> None:
    assert [each.code for each in structures_of(desk.bureau.units["a"])] == ["branch-summary", "brief"]
    with pytest.raises(BookError, match="不写"):
        services.create_report(
            structure=structures_of(desk.bureau.units["a"])[0], unit=desk.bureau.units["bureau"],
            period=desk.report("一").span, actor=desk.bureau.recorder,
        )  # fmt: skip


def test_next_year_takes_the_words_and_its_own_figures(desk: Desk) -> None:
    desk.period = "2022"
    report = desk.report("2022年，中心组学习{{study.centre_group}}。")
    new = services.roll_forward(report, actor=desk.bureau.recorder)
    assert composed(new).text == "2023年，中心组学习3次。"
    assert (new.period, new.follows, new.state) == ("2023", report, "draft")
