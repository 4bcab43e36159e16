"""定稿后的变动: what a reversal, a late record, a re-hang and a reopened month do to an issued report."""

from __future__ import annotations

from datetime import date

from tests.reports.conftest import CENTRE, Desk
from yibenzhang.ledger.services import close_month, reopen_month
from yibenzhang.organisation.models import Book
from yibenzhang.organisation.services import rehang_unit
from yibenzhang.reports.changes import Change, changes_since, issued_using, reversed_since
from yibenzhang.vouchers.models import Voucher

ALL = "{{study.centre_group}}"
HELPERS = "{{emergency.participants}}"


def told(changes: list[Change]) -> list[tuple[str, str, list[str]]]:
    """(issued, now, words of the vouchers) of every change."""
    return [(each.row.shown, each.now, [line.word for line in each.lines]) for each in changes]


def studies() -> list[Voucher]:
    return list(Voucher.objects.filter(kind="centre_group_study").order_by("pk"))


def test_a_late_record_is_named_with_its_voucher(desk: Desk) -> None:
    issued = desk.issued(f"中心组学习{ALL}。")
    desk.study(3)
    (change,) = changes_since(issued)
    assert (change.row.shown, change.now) == ("3次", "4次")
    assert [(line.voucher, line.word) for line in change.lines] == [(studies()[-1], "新入账")]


def test_a_record_in_a_reopened_month_is_named_too(desk: Desk) -> None:
    book, actor = Book.objects.get(), desk.bureau.reviewer
    issued = desk.issued(f"中心组学习{ALL}。")
    close_month(book, 202312, actor=actor)
    reopen_month(book, 202312, actor=actor, reason="补记四月的学习")
    assert changes_since(issued) == [], "closing and reopening move no figure"
    desk.study(4)
    assert told(changes_since(issued)) == [("3次", "4次", ["新入账"])]


def test_a_rehang_moves_no_figure_that_was_issued(desk: Desk) -> None:
    issued = desk.issued(f"中心组学习{ALL}，投入资金{{{{village.funds_invested}}}}。")
    units = desk.bureau.units
    rehang_unit(unit=units["committee"], parent=units["agency"], on=date(2023, 10, 1))
    assert changes_since(issued) == []
    other = desk.bureau.found("other", "澜江省别局", "bureau", None)
    rehang_unit(unit=units["committee"], parent=other, on=date(2023, 11, 1))
    assert changes_since(issued) == [], "the postings keep the line they had"


def test_a_reversal_that_is_recorded_anew_is_named_though_the_number_is_the_same(desk: Desk) -> None:
    issued = desk.issued(f"中心组学习{ALL}。")
    desk.bureau.reverse(studies()[0])
    desk.study(4)
    assert told(changes_since(issued)) == [("3次", "3次", ["已冲销", "新入账"])]
    assert not changes_since(issued)[0].is_moved


def test_a_voucher_that_was_counted_but_moved_nothing_is_still_one_the_report_used(desk: Desk) -> None:
    for day in (3, 4):
        desk.bureau.post(
            "emergency_response", "bureau", date(2023, 8, day), event_type="rainstorm",
            people={"participants": ["a0", "a1"]},
        )  # fmt: skip
    issued = desk.issued(f"参加抢险{HELPERS}。")
    second = Voucher.objects.filter(kind="emergency_response").order_by("pk").last()
    assert second
    assert [row.issued for row in issued_using(second)] == [issued]
    desk.bureau.reverse(second)
    assert told(changes_since(issued)) == [("2人", "2人", ["已冲销"])]


def test_the_mark_of_a_reversal_keeps_to_the_programme_and_the_period_of_the_figure(desk: Desk) -> None:
    programme = desk.issued(f"主题教育中心组学习{CENTRE}。")
    desk.period = "2023Q2"
    whole = desk.issued(f"中心组学习{ALL}。")
    desk.period = "2022"
    other_year = desk.issued("学习安排另行通知。")
    assert reversed_since([programme, whole, other_year]) == {}
    desk.bureau.reverse(studies()[2])
    found = reversed_since([programme, whole, other_year])
    assert {key: [row.shown for row in rows] for key, rows in found.items()} == {whole.pk: ["3次"]}
    desk.bureau.reverse(studies()[0])
    assert set(reversed_since([programme, whole, other_year])) == {programme.pk, whole.pk}


def test_a_report_issued_after_the_reversal_is_not_marked(desk: Desk) -> None:
    desk.bureau.reverse(studies()[0])
    assert reversed_since([desk.issued(f"中心组学习{ALL}。")]) == {}
