"""Vouchers from a workbook: same checks as the form, same vouchers as typed, nothing twice."""

from __future__ import annotations

from datetime import date

import pytest

from tests.exchange.conftest import Bring, Check
from tests.worlds import World
from yibenzhang.access.scope import actor_for
from yibenzhang.exchange.findings import DUPLICATE, FAULTY, NEW
from yibenzhang.exchange.lookup import Reach
from yibenzhang.exchange.services import FaultyFileError
from yibenzhang.exchange.vouchers import voucher_content
from yibenzhang.ledger.services import post_voucher, reverse_voucher
from yibenzhang.vouchers.models import Matter, Voucher

HEAD = ["单位代码", "日期", "标题", "谁参加"]


def party_days(count: int) -> list[list[object]]:
    """Rows of 主题党日 at branch one, a day each."""
    return [
        HEAD,
        *(["geo-branch-1", date(2023, 3, n), f"主题党日第{n}次", "全员"] for n in range(1, count + 1)),
    ]


def test_rows_become_submitted_vouchers_like_typed_ones(world: World, bring: Bring) -> None:
    typed = world.submitted(world.entry(date(2023, 3, 1), title="主题党日第1次"))
    Voucher.objects.filter(pk=typed.pk).update(state=Voucher.State.REVERSED)  # so that the row counts as new
    assert bring("vouchers", "主题党日", party_days(1)).added == 1
    brought = Voucher.objects.exclude(pk=typed.pk).get()
    typed.refresh_from_db()
    assert voucher_content(brought) == voucher_content(typed)
    for name in ("kind", "lineage_id", "search_key", "recorded_on", "preparer_id", "catalogue_version_id"):
        assert getattr(brought, name) == getattr(typed, name), name
    assert [step.step for step in brought.trail.order_by("id")] == [
        step.step for step in typed.trail.order_by("id")
    ]
    assert brought.state == Voucher.State.SUBMITTED
    assert brought.source == "交接.xlsx 主题党日 第2行"
    entry = post_voucher(brought, actor=world.reviewer)
    assert {p.account: p.quantity for p in entry.postings.all()} == {
        "life.theme_party_day": 1,
        "life.theme_party_day_attendance": 10,
    }


def test_the_same_file_again_adds_nothing(world: World, bring: Bring, check: Check) -> None:
    bring("vouchers", "主题党日", party_days(3))
    again = bring("vouchers", "主题党日", party_days(4))
    assert again.added == 1
    assert [outcome.what for outcome in again.findings.outcomes] == [DUPLICATE] * 3 + [NEW]
    assert Voucher.objects.count() == 4


def test_a_reversed_voucher_may_be_brought_in_anew(world: World, bring: Bring) -> None:
    bring("vouchers", "主题党日", party_days(1))
    voucher = Voucher.objects.get()
    post_voucher(voucher, actor=world.reviewer)
    reverse_voucher(voucher, actor=world.reviewer, reason="日期记错")
    assert bring("vouchers", "主题党日", party_days(1)).added == 1


def test_two_equal_rows_are_two_records_and_pointed_out(world: World, bring: Bring) -> None:
    rows = party_days(1)
    brought = bring("vouchers", "主题党日", [*rows, rows[1]])
    assert brought.added == 2
    assert "与第 2 行内容相同" in brought.findings.outcomes[1].note
    assert bring("vouchers", "主题党日", [*rows, rows[1]]).added == 0


def test_every_fault_has_its_place_and_nothing_is_written(world: World, bring: Bring) -> None:
    rows = [
        HEAD,
        ["geo-branch-1", date(2023, 3, 1), "好的一行", "全员"],
        ["geo-branch-9", date(2023, 3, 1), "没有这个支部", ""],
        ["geo-branch-1", "三月五日", "日期不对", ""],
        ["geo-branch-1", date(2024, 3, 1), "还没开展", ""],
        ["geo-branch-1", date(2023, 3, 1), None, "查无此人"],
        ["geo", date(2023, 3, 1), "局里不记主题党日", ""],
    ]
    with pytest.raises(FaultyFileError) as caught:
        bring("vouchers", "主题党日", rows)
    findings = caught.value.findings
    assert {(fault.row, fault.column) for fault in findings.faults} == {
        (3, "单位代码"), (4, "日期"), (5, "日期"), (6, "谁参加"), (6, "标题"), (7, "单位代码"),
    }  # fmt: skip
    assert all(fault.sheet == "主题党日" and fault.message.endswith("。") for fault in findings.faults)
    assert [outcome.what for outcome in findings.outcomes] == [NEW] + [FAULTY] * 5
    assert not Voucher.objects.exists()


def test_people_are_found_by_name_in_the_unit_or_by_key(world: World, bring: Bring, check: Check) -> None:
    absent, elsewhere = world.members[1], world.other_members[3]
    twin = world.members[2]
    twin.name = absent.name
    twin.save()
    ambiguous = check("vouchers", "主题党日", [HEAD, ["geo-branch-1", date(2023, 3, 1), "党日", absent.name]])
    assert "叫“钱同志”的有 2 人，请写明编号" in ambiguous.faults[0].message
    assert f"{absent.name}#{absent.key}" in ambiguous.faults[0].message
    cell = f"全员；{absent.name}#{absent.key}（请假）；{elsewhere.name}#{elsewhere.key}（列席）"
    bring("vouchers", "主题党日", [HEAD, ["geo-branch-1", date(2023, 3, 1), "党日", cell]])
    seats = {row.person_id: row.attendance for row in Voucher.objects.get().people.all()}
    assert seats[absent.pk] == "excused"
    assert seats[elsewhere.pk] == "observer"
    assert list(seats.values()).count("present") == 9


def test_an_actor_brings_in_only_for_units_they_record_for(world: World, check: Check) -> None:
    rows = [
        HEAD,
        *(
            ["geo-branch-1", date(2023, 3, 1), "本支部", "全员"],
            ["geo-branch-2", date(2023, 3, 1), "别的支部", ""],
        ),
    ]
    findings = check("vouchers", "主题党日", rows, Reach.of(actor_for(world.secretary), "vouchers"))
    assert [(fault.row, fault.column) for fault in findings.faults] == [(3, "单位代码")]
    foreign = [HEAD, ["met-branch-1", date(2023, 3, 1), "外局", ""]]
    unknown = [HEAD, ["met-branch-7", date(2023, 3, 1), "没有", ""]]
    reach = Reach.of(actor_for(world.clerk), "vouchers")
    texts = [check("vouchers", "主题党日", rows, reach).faults[0].message for rows in (foreign, unknown)]
    assert texts[0].replace("met-branch-1", "") == texts[1].replace(
        "met-branch-7", ""
    )  # a foreign unit does not exist


def test_a_row_may_name_a_matter_that_a_later_row_opens(world: World, bring: Bring, tmp_path: object) -> None:
    from pathlib import Path

    from tests.exchange.workbooks import write_sheets
    from yibenzhang.exchange.services import bring_in

    path = write_sheets(Path(str(tmp_path)) / "matters.xlsx", {
        "合作交流": [["单位代码", "日期", "标题", "与哪个单位"], ["geo", date(2023, 4, 1), "走访合作单位", "澜江水文局"]],
        "建立合作关系": [["单位代码", "日期", "标题", "合作单位", "哪一类单位"],
                     ["geo", date(2023, 3, 1), "与水文局合作", "澜江水文局", "省直部门"]],
    })  # fmt: skip
    brought = bring_in(path, "vouchers", user=world.secretary, file_name="a.xlsx", reach=Reach.everything())
    assert brought.added == 2
    (matter,) = Matter.objects.all()
    assert {link.voucher.title for link in matter.appearances.all()} == {"走访合作单位", "与水文局合作"}
    again = bring_in(path, "vouchers", user=world.secretary, file_name="a.xlsx", reach=Reach.everything())
    assert again.added == 0
    assert Matter.objects.count() == 1
