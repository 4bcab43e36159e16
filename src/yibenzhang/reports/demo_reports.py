"""Reports of the demo year: the bureaus' yearly reports and the smaller ones issued, and one draft in progress."""

from datetime import UTC, date, datetime, time

from yibenzhang.access.models import User
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.queries import position_on
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of, today_for
from yibenzhang.reports.demo_pictures import illustrate
from yibenzhang.reports.demo_texts import IN_PROGRESS, ISSUED, DemoReport
from yibenzhang.reports.edition import of_issued
from yibenzhang.reports.marks import remembered
from yibenzhang.reports.models import IssuedReport, Report
from yibenzhang.reports.page import page_of
from yibenzhang.reports.queries import evaluator_of
from yibenzhang.reports.receiving.services import receive_page
from yibenzhang.reports.services import create_report, issue_report, submit_report
from yibenzhang.reports.structures import structure_for
from yibenzhang.reports.tokens import FigureToken

SEEN_ON = date(2023, 12, 8)


def prepare_reports() -> None:
    """Write the reports into a filled demo book; does nothing when there are any. The tier above receives what was published.

    The draft holds a figure that was lower when its writer last saw it (已变) and a number without a figure (未匹配).
    """
    if Report.objects.exists():
        return
    issued = [_issue(spec) for spec in ISSUED]
    receiver = Unit.objects.get(code="provincial_organs")
    for version in issued[:2]:
        page = page_of(of_issued(version)).encode()
        actor = User.objects.get(username="organs-staff")
        receive_page(page, unit=receiver, actor=actor, file_name=f"{version.title}.html")
    _leave_in_progress(IN_PROGRESS)


def _begin(spec: DemoReport) -> Report:
    unit = Unit.objects.get(code=spec.unit)
    return create_report(
        structure=structure_for(spec.structure, unit), unit=unit, period=parse_period(spec.period),
        actor=User.objects.get(username=spec.writer), text=spec.text,
    )  # fmt: skip


def _issue(spec: DemoReport) -> IssuedReport:
    report = _begin(spec)
    report.editor = "党建一本账编辑部"
    illustrate(report)
    report.save()
    submit_report(report, actor=report.created_by)
    issuer = User.objects.get(username=spec.issuer)
    return issue_report(
        report, actor=issuer, at=datetime.combine(today_for(report.unit), time(9), tzinfo=UTC)
    )


def _leave_in_progress(spec: DemoReport) -> None:
    report = _begin(spec)
    then = position_on(SEEN_ON, book_of(report.unit))
    token = FigureToken("life.theme_party_days")
    seen = evaluator_of(report, position=then).answer(token)
    report.seen[token.key] = f"{remembered(seen.value)}@{then}"
    report.save()
