"""Issuing a form: frozen under a digest, the same numbers again, what moved since; contradictions and repeats before."""

from __future__ import annotations

import base64
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.superior_forms.conftest import Desk, answers
from tests.superior_forms.sheets import document, opened, plain, workbook
from yibenzhang.kernel.errors import BookError
from yibenzhang.superior_forms import deciding
from yibenzhang.superior_forms.changes import cells_using, changes_since, reversed_since
from yibenzhang.superior_forms.consistency import contradictions
from yibenzhang.superior_forms.editions import is_intact, issue_form, reopen_form, rerun
from yibenzhang.superior_forms.filling import clean
from yibenzhang.superior_forms.models import EditionCell, FormEdition, SuperiorForm
from yibenzhang.superior_forms.reading import grids_of
from yibenzhang.superior_forms.repeats import repeats
from yibenzhang.superior_forms.services import accept_sure, discard_form

ITEMS = (("中心组理论学习", "次"), ("主题党日", "次"), ("制作电视片", "部"))


def issued(desk: Desk, data: bytes | None = None, **options: str) -> FormEdition:
    """A form filled and issued."""
    form = desk.form(data or plain(*ITEMS), **options)
    accept_sure(form, actor=desk.clerk)
    return issue_form(form, actor=desk.chief)


def test_an_issued_form_is_frozen_and_gives_the_same_numbers_again(desk: Desk) -> None:
    edition = issued(desk)
    desk.study(date(2023, 11, 8))
    assert [(row.shown, row.state, row.vouchers) for row in edition.cells.all()] == [
        ("3", "filled", 3), ("3", "filled", 3), ("", "unrecorded", 0),
    ]  # fmt: skip
    assert is_intact(FormEdition.objects.get())
    again = rerun(FormEdition.objects.get())
    assert [each.shown for each in again] == ["3", "3", ""]
    assert clean(edition.form, again) == edition.data
    assert opened(edition.data)["D3"].value == 3


def test_what_changed_names_the_vouchers(desk: Desk) -> None:
    edition = issued(desk)
    assert changes_since(edition) == []
    new = desk.bureau.post("centre_group_study", "committee", date(2023, 11, 8))
    (change,) = changes_since(edition)
    assert (change.row.shown, change.now) == ("3", "4")
    assert change.lines == ((new, "新入账"),)
    desk.bureau.reverse(new)
    assert changes_since(edition) == []


def test_a_reversal_marks_the_cell_that_used_the_voucher(desk: Desk) -> None:
    used = desk.bureau.post("centre_group_study", "committee", date(2023, 11, 8))
    edition = issued(desk)
    desk.bureau.reverse(used)
    assert [row.label.split(" / ")[0] for row in reversed_since(edition)] == ["中心组理论学习"]
    (change,) = changes_since(edition)
    assert change.lines == ((used, "已冲销"),)


def test_a_voucher_knows_the_issued_cells_that_used_it(desk: Desk) -> None:
    used = desk.bureau.post("centre_group_study", "committee", date(2023, 11, 8))
    issued(desk)
    later = desk.bureau.post("centre_group_study", "committee", date(2023, 11, 9))
    assert [row.label for row in cells_using(used)] == ["中心组理论学习 / 数量"]
    assert cells_using(later) == []


def test_open_cells_stand_in_the_way_and_unrecorded_ones_do_not(desk: Desk) -> None:
    form = desk.form(plain(("中心组理论学习", "次")))
    with pytest.raises(BookError, match="还有 1 格待定"):
        issue_form(form, actor=desk.chief)
    deciding.mark_unrecorded(form, 1, revision=1, actor=desk.clerk)
    assert issue_form(form, actor=desk.chief).cells.get().state == "unrecorded"


def test_a_number_of_last_year_must_not_go_out_undecided(desk: Desk) -> None:
    form = desk.form(workbook([["项目", "数量"], ["制作电视片", 9]]))
    with pytest.raises(BookError, match="待定"):
        issue_form(form, actor=desk.chief)


def test_who_filled_the_form_does_not_issue_it(desk: Desk) -> None:
    form = desk.form(plain(("制作电视片", "部")))
    with pytest.raises(BookError, match="另一位审核人"):
        issue_form(form, actor=desk.clerk)
    deciding.leave_cell(form, 1, revision=1, actor=desk.chief)
    with pytest.raises(BookError, match="您定过"):
        issue_form(form, actor=desk.chief)


def test_an_issued_form_takes_no_more_changes_until_another_edition_is_begun(desk: Desk) -> None:
    form = issued(desk).form
    with pytest.raises(BookError, match="另出一版"):
        deciding.leave_cell(form, 1, revision=2, actor=desk.clerk)
    reopen_form(form, actor=desk.clerk)
    deciding.leave_cell(form, 1, revision=2, actor=desk.clerk)
    second = issue_form(form, actor=desk.chief)
    assert [edition.number for edition in form.editions.order_by("number")] == [1, 2]
    assert second.cells.get(number=1).shown == ""
    first = form.editions.get(number=1)
    assert rerun(first)[0].shown == "3"
    with pytest.raises(BookError, match="不能删除"):
        discard_form(SuperiorForm.objects.get(), actor=desk.clerk) if reopen_form(
            form, actor=desk.clerk
        ) is None else None


@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("model", [FormEdition, EditionCell])
def test_the_database_refuses_to_alter_an_edition(desk: Desk, model: type, act: str) -> None:
    issued(desk)
    rows = model.objects.all()  # type: ignore[attr-defined]
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db) if act == "delete" else rows.update(number=9)


def test_a_changed_row_breaks_the_digest(desk: Desk) -> None:
    edition = issued(desk)
    edition.content = base64.b64encode(b"other").decode()
    assert not is_intact(edition)


def test_a_word_form_is_issued_alike(desk: Desk) -> None:
    edition = issued(desk, document(("中心组理论学习", "次")), name="表.docx")
    assert edition.cells.get(number=1).shown == "3"
    assert clean(edition.form, rerun(edition)) == edition.data


def contradicting(desk: Desk, rows: list[list[object]], declared: dict[int, str]) -> list[str]:
    form = desk.form(workbook(rows))
    for number, text in declared.items():
        deciding.declare_cell(
            form, number, text=text, reason="手填", source="表", revision=1, actor=desk.clerk
        )
    return [each.text for each in contradictions(grids_of("xlsx", form.data), answers(form))]


def test_a_part_larger_than_its_whole_is_said(desk: Desk) -> None:
    rows: list[list[object]] = [
        ["项目", "单位", "数量"],
        ["党员", "名", None],
        ["其中：女党员", "名", None],
        ["　参训", "人次", None],
    ]
    (said,) = contradicting(desk, rows, {1: "10", 2: "11", 3: "99"})
    assert "女党员" in said and "填 11" in said and "10 还多" in said
    assert contradicting(desk, rows, {1: "11", 2: "11", 3: "99"}) == []


def test_a_column_其中_larger_than_its_neighbour_is_said(desk: Desk) -> None:
    rows: list[list[object]] = [["项目", "全年", "其中：上半年"], ["活动", None, None]]
    assert len(contradicting(desk, rows, {1: "3", 2: "4"})) == 1


def test_a_total_typed_by_hand_must_be_the_sum(desk: Desk) -> None:
    rows: list[list[object]] = [
        ["项目", "一季", "二季", "合计"],
        ["甲", None, None, None],
        ["乙", None, None, None],
        ["合计", None, None, None],
    ]
    said = contradicting(desk, rows, dict(enumerate(("1", "2", "3", "4", "5", "9", "5", "7", "13"), start=1)))
    assert said == ["“合计 / 合计”填 13，各项相加是 12。", "“合计 / 合计”填 13，各项相加是 12。"]


def test_a_figure_asked_twice_or_sent_before_is_said(desk: Desk) -> None:
    issued(desk, superior="省直工委")
    rows = [["项目", "数量"], ["中心组理论学习", None], ["党委中心组理论学习", None]]
    form = desk.form(workbook(rows, title="另一张表（2023年度）"), superior="省直工委")
    accept_sure(form, actor=desk.clerk)
    found = [each.text for each in repeats(form, answers(form))]
    assert found[0] == "“中心组理论学习”在本表问了 2 次。"
    assert "已在《党建工作统计表（2023年度）》里报过：3" in found[1]
    other = desk.form(workbook(rows, title="别处的表（2023年度）"), superior="别的单位")
    accept_sure(other, actor=desk.clerk)
    assert len(repeats(other, answers(other))) == 1
