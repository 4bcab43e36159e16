"""A bureau with a few records, and the shortest way to a report about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests.ledger.bookkeeping import Bureau
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.periods import parse_period
from yibenzhang.reports import services
from yibenzhang.reports.composition import Composition
from yibenzhang.reports.models import IssuedReport, Report
from yibenzhang.reports.queries import composed

CENTRE = "{{study.centre_group|programme=thematic_education}}"


@dataclass
class Desk:
    """Who writes about the bureau, and what for."""

    bureau: Bureau
    period: str = "2023"

    def report(self, text: str, structure: str = "geology-highlights") -> Report:
        """A draft with this text."""
        return services.create_report(
            structure=current_catalogue().report_structure(structure), unit=self.bureau.units["bureau"],
            period=parse_period(self.period), actor=self.bureau.recorder, text=text,
        )  # fmt: skip

    def save(self, report: Report, text: str) -> Report:
        """Save it on its present revision."""
        return services.save_report(report, text=text, revision=report.revision, actor=self.bureau.recorder)

    def issued(self, text: str) -> IssuedReport:
        """A report written, sent for review and issued."""
        report = services.submit_report(self.report(text), actor=self.bureau.recorder)
        return services.issue_report(report, actor=self.bureau.reviewer)

    def study(self, month: int, *, programme: bool = True) -> None:
        """One more study of the centre group."""
        self.bureau.post(
            "centre_group_study", "committee", date(2023, month, 8),
            programmes=["thematic_education"] * programme,
        )  # fmt: skip


@pytest.fixture
def desk(db: None) -> Desk:
    """Three studies, two of them in the programme; 98 万元 put into the village; two contact points."""
    bureau = Bureau().open(today=date(2023, 12, 27))
    desk = Desk(bureau)
    desk.study(4)
    desk.study(5)
    desk.study(6, programme=False)
    bureau.post("funds_invested", "committee", date(2023, 6, 1), amount=980_000)
    bureau.post("emergency_response", "bureau", date(2023, 7, 2), event_type="rainstorm", casualties=0)
    return desk


def states(report: Report) -> list[tuple[str, str]]:
    """(shown, state) of every number of a draft."""
    return [(mark.shown, mark.state) for mark in composed(report).marks]


def shown(text: Composition) -> list[str]:
    """What stands in the text for every number."""
    return [mark.shown for mark in text.marks]
