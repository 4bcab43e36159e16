"""Received figures beside our own: the same question asked of this book, where the unit is in it and the reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass

from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units, today_for
from yibenzhang.reports.display import written
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.marks import value_of
from yibenzhang.reports.models import IssuedReport, ReceivedFigure, ReceivedPage
from yibenzhang.reports.tokens import FigureToken

AGREES, DIFFERS, UNRECORDED, ELSEWHERE = "agrees", "differs", "unrecorded", "elsewhere"
WORDS = {AGREES: "一致", DIFFERS: "不一致", UNRECORDED: "本账未记", ELSEWHERE: "本账没有这个单位"}


@dataclass(frozen=True)
class Beside:
    """A received figure and what this book says to the same question now."""

    row: ReceivedFigure
    state: str
    own: str = ""
    unit: Unit | None = None

    @property
    def word(self) -> str:
        """The state in Chinese."""
        return WORDS[self.state]


def beside(page: ReceivedPage, units: Iterable[Unit]) -> list[Beside]:
    """Every figure of the page, in order; `units` are those whose ledger the reader may see."""
    known = {unit.code: unit for unit in units}
    evaluators: dict[tuple[str, str], Evaluator] = {}
    found = []
    for row in page.figures.all():
        unit = known.get(row.unit_code)
        if unit is None:
            found.append(Beside(row, ELSEWHERE))
            continue
        key = (row.unit_code, row.period)
        if key not in evaluators:
            evaluators[key] = Evaluator(unit, parse_period(row.period), today_for(unit))
        found.append(_compared(row, unit, evaluators[key]))
    return found


def _compared(row: ReceivedFigure, unit: Unit, evaluator: Evaluator) -> Beside:
    display = "each_month" if row.least_month else "exact"
    token = FigureToken(row.indicator, programme=row.programme, scope=row.scope, display=display)
    answer = evaluator.answer(token)
    if answer.value is None or answer.indicator is None:
        return Beside(row, UNRECORDED, unit=unit)
    state = AGREES if answer.value == value_of(row.value) else DIFFERS
    return Beside(row, state, written(token, answer.indicator, answer.value), unit)


def version_here(page: ReceivedPage) -> IssuedReport | None:
    """The issued version in this book that the page was made from; None when it came from elsewhere."""
    return IssuedReport.objects.filter(digest=page.digest).select_related("report__unit").first()


def quotable_by(unit: Unit) -> list[ReceivedFigure]:
    """Figures that a report about `unit` may quote: received by it or by a Party body it holds, newest page first."""
    rows = ReceivedFigure.objects.filter(page__unit__in=own_units(unit)).select_related("page")
    return list(rows.order_by("-page_id", "number"))
