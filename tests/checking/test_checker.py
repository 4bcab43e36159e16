"""Claims against a small book: each verdict once, with its reason."""

from datetime import date

import pytest

from tests.ledger.bookkeeping import Bureau
from yibenzhang.checking.article import find_setting
from yibenzhang.checking.case import CheckedClaim
from yibenzhang.checking.checker import check
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.reading import read_page


def checked(bureau: Bureau, sentence: str) -> CheckedClaim:
    """The one claim of a sentence of 2023, checked for the bureau."""
    reading = read_page(f"澜江省试点局2023年工作总结\n\n{sentence}\n")
    setting = find_setting(reading, units=[bureau.units["bureau"]], unit=None, period=None)
    (found,) = check(reading, setting)
    return found


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("一年来，开展中心组理论学习2次，推动学习走深走实。", "agrees"),
        ("一年来，开展中心组理论学习5次，推动学习走深走实。", "differs"),
        ("班子成员带头联系地方县（市、区）3个。", "agrees"),
        ("全局上下众志成城，应对汛期暴雨，实现人员零伤亡。", "agrees"),
        ("推出系列访谈34期，反响热烈。", "no_record"),
        ("全年发电量达到34亿千瓦时，创历史新高。", "not_checkable"),
    ],
)
def test_verdicts(bureau: Bureau, sentence: str, verdict: str) -> None:
    found = checked(bureau, sentence)
    assert found.verdict == verdict, found.reasons
    assert found.reasons


def test_a_number_right_under_another_period_is_named(bureau: Bureau) -> None:
    for day in (1, 2, 3):
        bureau.post("centre_group_study", "committee", date(2022, 3, day))
    found = checked(bureau, "一年来，开展中心组理论学习3次，推动学习走深走实。")
    assert found.verdict == "other_definition"
    assert any("2022年" in reason for reason in found.reasons)


def test_a_cadence_lists_the_months_that_fall_short(bureau: Bureau) -> None:
    found = checked(bureau, "局党委坚持每月1次中心组理论学习。")
    assert found.verdict == "differs"
    assert "2023年1月" in found.reasons[-1]
    assert "2023年3月" not in found.reasons[-1]


def test_one_voucher_changes_exactly_its_own_verdict(bureau: Bureau) -> None:
    sentence = "开展中心组理论学习2次，带头联系地方县（市、区）3个。"
    reading = read_page(f"澜江省试点局2023年工作总结\n\n{sentence}\n")
    setting = find_setting(reading, units=list(Unit.objects.all()), unit=None, period=None)
    before = [item.verdict for item in check(reading, setting)]
    bureau.post("centre_group_study", "committee", date(2023, 6, 8))
    after = [item.verdict for item in check(reading, setting)]
    assert (before, after) == (["agrees", "agrees"], ["differs", "agrees"])


def test_without_a_unit_the_reader_is_told_what_to_give(bureau: Bureau) -> None:
    reading = read_page("某单位总结\n\n开展学习2次，很有成效。\n")
    with pytest.raises(BookError, match="--unit"):
        find_setting(reading, units=[bureau.units["bureau"]], unit=None, period=None)
