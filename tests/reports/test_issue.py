"""定稿: what stands in the way, what is frozen, what a later posting or reversal does to it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from tests.reports.conftest import CENTRE, Desk, shown
from yibenzhang.kernel.errors import BookError
from yibenzhang.reports import edition, services
from yibenzhang.reports.changes import changes_since, issued_using
from yibenzhang.reports.digest import is_intact
from yibenzhang.reports.models import IssuedReport
from yibenzhang.reports.queries import composed, rerun
from yibenzhang.vouchers.models import Voucher

TEXT = f"一、学习\n中心组学习{CENTRE}，投入资金{{{{village.funds_invested}}}}，取消报表{{{{=11张|reason=清点|source=清单}}}}。"


@pytest.mark.parametrize(
    "left", ["取消报表11张。", "{{no.such}}次", "学习{{study.centre_group|period=2019}}。"]
)
def test_nothing_is_issued_while_a_number_is_unmatched(desk: Desk, left: str) -> None:
    report = services.submit_report(desk.report(left), actor=desk.bureau.recorder)
    with pytest.raises(BookError, match="还有 1 处数字要处理"):
        services.issue_report(report, actor=desk.bureau.reviewer)


def test_nothing_is_issued_while_a_figure_changed_unseen(desk: Desk) -> None:
    report = services.submit_report(desk.report(f"学习{CENTRE}。"), actor=desk.bureau.recorder)
    desk.study(9)
    with pytest.raises(BookError, match="已变"):
        services.issue_report(report, actor=desk.bureau.reviewer)


def test_only_a_report_under_review_is_issued_and_an_issued_one_is_not_edited(desk: Desk) -> None:
    report = desk.report(f"学习{CENTRE}。")
    with pytest.raises(services.ReportStateError):
        services.issue_report(report, actor=desk.bureau.reviewer)
    services.submit_report(report, actor=desk.bureau.recorder)
    services.issue_report(report, actor=desk.bureau.reviewer)
    with pytest.raises(services.ReportStateError, match="另出一版"):
        desk.save(report, "改一改。")


def test_who_sent_a_report_for_review_or_wrote_it_last_does_not_issue_it(desk: Desk) -> None:
    recorder, reviewer = desk.bureau.recorder, desk.bureau.reviewer
    report = services.submit_report(desk.report("一、学习\n学得很好。"), actor=recorder)
    with pytest.raises(BookError, match="是您送审的"):
        services.issue_report(report, actor=recorder)
    services.save_report(report, text="一、学习\n改了一句。", revision=report.revision, actor=reviewer)
    with pytest.raises(BookError, match="您刚改过"):
        services.issue_report(report, actor=reviewer)
    services.return_report(report, actor=reviewer)
    report.refresh_from_db()
    desk.save(report, "一、学习\n自己再存。")
    services.submit_report(report, actor=recorder)
    assert services.issue_report(report, actor=reviewer).issued_by == reviewer


def test_an_issued_report_runs_again_to_the_same_numbers(desk: Desk) -> None:
    issued = desk.issued(TEXT)
    before = edition.of_issued(issued).text.text
    desk.study(9)
    desk.bureau.reverse(Voucher.objects.filter(kind="funds_invested").get())
    again = rerun(issued)
    assert again.text == before == edition.of_issued(issued).text.text
    assert shown(again) == ["2次", "98万元", "11张"]
    assert is_intact(issued)


def test_what_has_changed_since_names_the_vouchers_figure_by_figure(desk: Desk) -> None:
    issued = desk.issued(TEXT)
    assert changes_since(issued) == []
    desk.study(9)
    funds = Voucher.objects.filter(kind="funds_invested").get()
    desk.bureau.reverse(funds)
    study, money = changes_since(issued)
    assert (study.row.shown, study.now, [line.word for line in study.lines]) == ("2次", "3次", ["新入账"])
    assert (money.row.shown, money.now) == ("98万元", "未记")
    assert [(line.voucher, line.word) for line in money.lines] == [(funds, "已冲销")]


def test_a_voucher_knows_the_issued_reports_that_rest_on_it(desk: Desk) -> None:
    issued = desk.issued(TEXT)
    used = Voucher.objects.filter(kind="centre_group_study").order_by("pk").first()
    unused = Voucher.objects.filter(kind="centre_group_study").order_by("pk").last()
    assert used and unused
    desk.bureau.reverse(used)
    assert [(row.issued, row.shown) for row in issued_using(used)] == [(issued, "2次")]
    assert issued_using(unused) == [], "it is in no programme, the figure does not count it"


def test_issued_rows_cannot_be_changed_even_in_the_database(desk: Desk) -> None:
    issued = desk.issued(TEXT)
    for change in (
        lambda: IssuedReport.objects.filter(pk=issued.pk).update(title="改"),
        lambda: issued.figures.update(shown="改"),
        lambda: issued.figures.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert is_intact(issued)


def test_another_version_leaves_the_first_as_it_was(desk: Desk) -> None:
    first = desk.issued(TEXT)
    report = services.reopen_report(first.report, actor=desk.bureau.recorder)
    desk.study(9)
    report = services.accept_changes(report, actor=desk.bureau.recorder)
    services.submit_report(report, actor=desk.bureau.recorder)
    second = services.issue_report(report, actor=desk.bureau.reviewer)
    assert (first.number, second.number) == (1, 2)
    assert shown(edition.of_issued(first).text)[0] == "2次"
    assert shown(edition.of_issued(second).text)[0] == "3次"
    assert composed(report).counts["changed"] == 0
