"""Which units' vouchers the figures of an issued report came from."""

from tests.reports.conftest import CENTRE, Desk
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.reports.fed import fed_by
from yibenzhang.reports.services import issue_report, reopen_report, submit_report


def test_a_unit_fed_as_many_figures_as_rest_on_its_vouchers(desk: Desk) -> None:
    desk.study(3)
    issued = desk.issued(f"开展学习{CENTRE}，又说一遍{CENTRE}。")
    committee, bureau = desk.bureau.units["committee"], desk.bureau.units["bureau"]
    (found,) = fed_by([committee, bureau], parse_period("2023"))
    assert (found.unit, found.ref, found.figures) == (committee.pk, issued.report_id, 2)
    assert found.month == issued.day.year * 100 + issued.day.month


def test_a_unit_that_recorded_nothing_of_it_fed_nothing(desk: Desk) -> None:
    desk.study(3)
    desk.issued(f"开展学习{CENTRE}。")
    committee = desk.bureau.units["committee"]
    others = list(Unit.objects.exclude(pk=committee.pk))
    assert fed_by(others, parse_period("2023")) == []
    assert fed_by([committee], parse_period("2022")) == []


def test_only_the_last_version_of_a_report_counts(desk: Desk) -> None:
    desk.study(3)
    issued = desk.issued(f"开展学习{CENTRE}，又说一遍{CENTRE}。")
    report = desk.save(reopen_report(issued.report, actor=desk.bureau.recorder), f"开展学习{CENTRE}。")
    issue_report(submit_report(report, actor=desk.bureau.recorder), actor=desk.bureau.reviewer)
    (found,) = fed_by([desk.bureau.units["committee"]], parse_period("2023"))
    assert found.figures == 1
