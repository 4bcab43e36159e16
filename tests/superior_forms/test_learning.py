"""What is remembered from year to year, and what last year's filled form teaches."""

from __future__ import annotations

from datetime import date

import pytest

from tests.superior_forms.conftest import Desk, answers, by_label
from tests.superior_forms.sheets import HEAD, plain, workbook, xlsx
from yibenzhang.kernel.errors import BookError
from yibenzhang.superior_forms import deciding
from yibenzhang.superior_forms.editions import issue_form
from yibenzhang.superior_forms.examples import learn_from_example
from yibenzhang.superior_forms.models import FormCell, FormSeries, SuperiorForm
from yibenzhang.superior_forms.proposals import Proposal
from yibenzhang.superior_forms.reported import reported_before
from yibenzhang.superior_forms.services import accept_sure, create_form, discard_form

ITEMS = (("党委理论学习情况", "次"), ("主题党日", "次"), ("驻村投入资金", "万元"))


def learnt(desk: Desk) -> SuperiorForm:
    """A form of 2022 with an odd label mapped by hand, a sure one accepted, one left and one declared."""
    form = desk.form(plain(*ITEMS, ("表彰文件", "份"), title="统计表（2022年度）"), period="2022")
    desk.map(form, 1, "study.centre_group")
    accept_sure(form, actor=desk.clerk)
    deciding.declare_cell(form, 4, text="2", reason="台账外", source="文件", revision=1, actor=desk.clerk)
    return form


def test_next_year_everything_known_is_filled_though_rows_moved_and_the_sheet_was_renamed(desk: Desk) -> None:
    learnt(desk)
    rows = [HEAD, [1, "发展党员", "名", None, None], *(
        [number, label, measure, None, None] for number, (label, measure) in enumerate(reversed(ITEMS), start=2)
    )]  # fmt: skip
    form = desk.form(workbook(rows, title="全省统计表（2023年度）"))
    found = by_label(form)
    assert {label: found[label].shown for label, _ in ITEMS} == {
        "党委理论学习情况": "3", "主题党日": "3", "驻村投入资金": "98.5",
    }  # fmt: skip
    assert found["发展党员"].word == "待定"
    assert {each.cell.origin for each in found.values()} == {"remembered", ""}
    assert FormSeries.objects.count() == 1


def test_a_hand_entered_value_is_asked_for_again(desk: Desk) -> None:
    learnt(desk)
    found = by_label(desk.form(plain(*ITEMS, ("表彰文件", "份"))))
    assert found["表彰文件"].cell.kind == FormCell.Kind.OPEN
    assert "今年要重新核定" in found["表彰文件"].why


def test_a_label_that_was_only_reworded_is_proposed_as_sure(desk: Desk) -> None:
    learnt(desk)
    found = by_label(desk.form(plain(("党委理论学习的情况", "次"), *ITEMS[1:])))
    best = Proposal.of(found["党委理论学习的情况"].cell.proposals[0])
    assert (best.indicator, best.is_sure) == ("study.centre_group", True)
    assert "上次这一格写作" in best.reasons[0]


def test_a_new_unit_in_a_known_column_is_understood(desk: Desk) -> None:
    rows = [["单位", "开展活动（次）"], ["甲支部", None], ["乙支部", None]]
    form = desk.form(workbook(rows))
    desk.map(form, 1, "life.theme_party_days", target="a")
    desk.map(form, 2, "life.theme_party_days", target="b")
    again = desk.form(workbook([*rows, ["丙支部", None]]))
    best = Proposal.of(again.cells.get(number=3).proposals[0])
    assert (best.indicator, best.target, best.is_sure) == ("life.theme_party_days", "c", True)


def test_another_form_begins_a_series_of_its_own_and_another_units_memory_is_not_used(desk: Desk) -> None:
    learnt(desk)
    desk.form(plain(("收缴党费", "元"), ("发展党员", "名"), title="另一张表（2023年度）"))
    assert FormSeries.objects.count() == 2
    other = create_form(
        unit=desk.bureau.units["a"], period=learnt(desk).span, file=xlsx(plain(*ITEMS)), actor=desk.clerk
    )
    assert not other.cells.filter(origin="remembered").exists()


def test_throwing_a_form_away_keeps_what_was_learnt(desk: Desk) -> None:
    discard_form(learnt(desk), actor=desk.clerk)
    assert not SuperiorForm.objects.exists()
    assert by_label(desk.form(plain(*ITEMS)))["党委理论学习情况"].shown == "3"


def example(*items: tuple[str, str, object], title: str = "统计表（2022年度）") -> bytes:
    """A filled form of 2022."""
    return workbook(
        [
            HEAD,
            *([n, label, measure, value, None] for n, (label, measure, value) in enumerate(items, start=1)),
        ],
        title=title,
    )


def test_the_numbers_of_last_year_tell_what_odd_labels_mean(desk: Desk) -> None:
    for day in range(1, 14):
        desk.bureau.post("field_research", "committee", date(2022, 6, day))
    form = desk.form(plain(("领导班子学习", "次"), ("下沉一线", "次"), ("主题党日", "次")))
    learn = learn_from_example(
        form, xlsx(example(("领导班子学习", "次", 5), ("下沉一线", "次", "１３"), ("主题党日", "次", 44))),
        actor=desk.clerk,
    )  # fmt: skip
    assert (learn.period.code, learn.numbers) == ("2022", 3)
    assert accept_sure(form, actor=desk.clerk) >= 2
    found = by_label(form)
    assert found["领导班子学习"].cell.indicator == "study.centre_group"
    assert found["下沉一线"].cell.indicator == "research.field_visits"
    assert found["领导班子学习"].shown == "3"
    assert found["主题党日"].cell.kind == FormCell.Kind.OPEN
    assert "对不上" in "".join(Proposal.of(found["主题党日"].cell.proposals[0]).reasons)


def test_money_of_an_example_is_compared_in_the_cells_measure(desk: Desk) -> None:
    desk.bureau.post("funds_secured", "committee", date(2022, 6, 1), amount=1_503_000)
    form = desk.form(plain(("外部支持", "万元")))
    learn_from_example(form, xlsx(example(("外部支持", "万元", 150.3))), actor=desk.clerk)
    assert form.cells.get().proposals[0]["indicator"] == "village.funds_secured"


def test_an_example_of_another_form_is_refused(desk: Desk) -> None:
    form = desk.form(plain(("主题党日", "次")))
    with pytest.raises(BookError, match="没有一格能和本表对上"):
        learn_from_example(form, xlsx(example(("收缴党费", "元", 3))), actor=desk.clerk)


def test_the_column_of_last_year_can_take_what_was_reported_then(desk: Desk) -> None:
    def table(year: int) -> bytes:
        return workbook(
            [["项目", "单位", f"{year}年", f"{year - 1}年"], ["发展党员", "名", None, None]],
            title=f"统计表（{year}年度）",
        )

    last = desk.form(table(2022), period="2022")
    deciding.declare_cell(last, 1, text="7", reason="年报", source="组织部", revision=1, actor=desk.clerk)
    deciding.leave_cell(last, 2, revision=1, actor=desk.clerk)
    issue_form(last, actor=desk.chief)
    form = desk.form(table(2023))
    this_year, before = form.cells.order_by("number")
    found = reported_before(before)
    assert found is not None and (found.shown, found.edition.form) == ("7", last)
    assert reported_before(this_year) is None


def test_proposals_are_never_decisions(desk: Desk) -> None:
    form = desk.form(plain(*ITEMS))
    assert {each.state for each in answers(form)} <= {"open", "unrecorded"}
