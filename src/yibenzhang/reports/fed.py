"""Whose vouchers the figures of issued reports came from: what was filled without asking anybody (减负账)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Max

from yibenzhang.indicators.trace import selections, units_in
from yibenzhang.kernel.periods import Period, month_of
from yibenzhang.organisation.models import LineageMember, Unit
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.models import IssuedFigure, IssuedReport
from yibenzhang.reports.queries import catalogue_as_of
from yibenzhang.reports.tokens import FigureToken, split


@dataclass(frozen=True)
class FedReport:
    """A report of a superior that took `figures` figures from the vouchers of the unit of this key."""

    unit: int
    title: str
    ref: int
    month: int
    figures: int
    source: str = "report"


def fed_by(units: Iterable[Unit], period: Period) -> list[FedReport]:
    """Figures in reports that superiors issued in the period, by unit whose vouchers they rest on.

    Of each report the version issued last in the period counts; a unit's own report is no relief.
    """
    keys = {unit.pk for unit in units}
    superiors = LineageMember.objects.filter(lineage__unit__in=keys).values("ancestor_id")
    issued = IssuedReport.objects.filter(day__gte=period.start, day__lt=period.stop)
    issued = issued.filter(report__unit__in=superiors)
    newest = issued.order_by().values("report").annotate(newest=Max("pk")).values("newest")
    found = []
    for version in IssuedReport.objects.filter(pk__in=newest).select_related("report__unit").order_by("pk"):
        counts = Counter(
            unit for units_of in sources_of(version.pk, version.issued_at) for unit in units_of & keys
        )
        counts.pop(version.report.unit_id, None)
        month = month_of(version.day)
        found += [
            FedReport(unit, version.title, version.report_id, month, counts[unit]) for unit in sorted(counts)
        ]
    return found


@lru_cache(maxsize=512)
def sources_of(version: int, issued_at: datetime) -> tuple[frozenset[int], ...]:
    """For each figure of an issued version the units whose vouchers it rests on. Frozen with it, so worked out once.

    `issued_at` tells versions of the same key in different books apart.
    """
    issued = IssuedReport.objects.select_related("report__unit").get(pk=version)
    evaluator = Evaluator(
        issued.report.unit, issued.report.span, issued.day, issued.position, catalogue_as_of(issued)
    )
    rows = issued.figures.exclude(indicator="")
    return tuple(found for row in rows if (found := _units_of(row, evaluator)))


def _units_of(row: IssuedFigure, evaluator: Evaluator) -> frozenset[int]:
    token = next((part for part in split(row.token) if isinstance(part, FigureToken)), None)
    asked = evaluator.resolved(token) if token else None
    if asked is None or asked.indicator is None or asked.question is None:
        return frozenset()
    parts = selections(asked.indicator, asked.question)
    return units_in(parts[0][0]) if parts else frozenset()
