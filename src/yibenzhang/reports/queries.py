"""Reading reports: the composed text of a draft or an issued version."""

from collections.abc import Iterable
from functools import cache

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import catalogue_of, current_catalogue
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.reports.composition import Composition, compose
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.marks import Seen
from yibenzhang.reports.models import IssuedReport, Report
from yibenzhang.vouchers.models import CatalogueVersion


def evaluator_of(report: Report, *, position: int = 0) -> Evaluator:
    """Who answers the figures of a draft, at the newest position unless one is given."""
    return Evaluator(report.unit, report.span, today_for(report.unit), position)


def composed(report: Report, *, seen: Seen | None = None, position: int = 0) -> Composition:
    """The draft put together; `seen` replaces the values its writer last saw."""
    return compose(
        report.text, evaluator_of(report, position=position), report.seen if seen is None else seen
    )


def rerun(issued: IssuedReport) -> Composition:
    """The issued text computed again from the ledger as it stood, under the catalogue of that time."""
    report = issued.report
    catalogue = catalogue_as_of(issued)
    evaluator = Evaluator(report.unit, report.span, issued.day, issued.position, catalogue)
    return compose(issued.text, evaluator, {})


def catalogue_as_of(issued: IssuedReport) -> Catalogue:
    """The catalogue a version was issued under."""
    current = current_catalogue()
    return current if issued.catalogue_version_id == current.version else _kept(issued.catalogue_version_id)


@cache
def _kept(version: str) -> Catalogue:
    return catalogue_of(CatalogueVersion.objects.get(pk=version).texts)


def report_for(structure: str, unit: Unit, period: str) -> Report | None:
    """The newest report of this structure, unit and period."""
    code = parse_period(period).code
    return Report.objects.filter(structure=structure, unit=unit, period=code).order_by("-id").first()


def newest_version(report: Report) -> IssuedReport | None:
    """The version issued last."""
    return report.versions.order_by("-number").first()


def issued_for(structure: str, unit: Unit, period: str) -> IssuedReport | None:
    """The version issued last for this structure, unit and period, of whichever report."""
    code = parse_period(period).code
    versions = IssuedReport.objects.filter(
        report__structure=structure, report__unit=unit, report__period=code
    )
    return versions.select_related("report__unit").order_by("-id").first()


def versions_of(reports: Iterable[int]) -> list[IssuedReport]:
    """The issued versions of these reports (keys), oldest first."""
    rows = IssuedReport.objects.filter(report__in=list(reports)).select_related("report__unit")
    return list(rows.order_by("number"))
