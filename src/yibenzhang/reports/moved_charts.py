"""Charts of an issued version that would be drawn otherwise today: bar by bar, and the vouchers that moved them."""

from dataclasses import dataclass, replace
from typing import Any

from yibenzhang.indicators.charts import Point
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.reports.changes import Line, moved_lines
from yibenzhang.reports.charts import ReportChart, from_data, report_chart
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.models import IssuedBlock, IssuedReport
from yibenzhang.reports.tokens import ChartToken, split


@dataclass(frozen=True)
class ChartChange:
    """A chart that has moved. `bars` are (name, as issued, now); `problem` says why it cannot be drawn any more."""

    row: IssuedBlock
    bars: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    problem: str = ""

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        return {
            "chart": self.row.content["title"],
            "indicator": self.row.indicator,
            "bars": [{"name": name, "issued": then, "now": now} for name, then, now in self.bars],
            "as_of": self.row.position,
            "vouchers": [{"number": line.voucher.number, "change": line.word} for line in self.lines],
        }


def charts_moved(issued: IssuedReport) -> list[ChartChange]:
    """Every chart with another value at any bar; equal charts are left out."""
    report = issued.report
    evaluator = Evaluator(report.unit, report.span, issued.day)
    found = []
    for row in issued.blocks.exclude(indicator="").defer("image"):
        (token,) = split(row.token)
        if isinstance(token, ChartToken) and (change := _change(row, token, evaluator)):
            found.append(change)
    return found


def _change(row: IssuedBlock, token: ChartToken, evaluator: Evaluator) -> ChartChange | None:
    then = from_data(row.content)
    try:
        now = report_chart(replace(token, as_of=0), evaluator)
    except BookError as error:
        return ChartChange(row, (), (), error.message)
    bars = _bars(then, now)
    question = evaluator.resolved(replace(token.figure, as_of=0)).question
    if not bars or question is None:
        return None
    return ChartChange(row, bars, tuple(moved_lines(row, whole_question(question, row.content))))


def _bars(then: ReportChart, now: ReportChart) -> tuple[tuple[str, str, str], ...]:
    """Bars that differ, in the order of the chart; one that came or went has a dash on the other side."""
    before = {point.code: point for point in then.chart.points}
    after = {point.code: point for point in now.chart.points}
    codes = dict.fromkeys([*before, *after])
    return tuple(
        (one.name, _words(before.get(code)), _words(after.get(code)))
        for code in codes
        if (one := before.get(code) or after.get(code))
        and _value(before.get(code)) != _value(after.get(code))
    )


def _value(point: Point | None) -> object:
    return point and (point.value, point.state)


def _words(point: Point | None) -> str:
    return point.words or "无" if point else "无"


def whole_question(question: Question, content: dict[str, Any]) -> Question:
    """The question over everything an issued chart shows: for years, from the first to the last of them."""
    if content["by"] != "year":
        return question
    first, last = (parse_period(content["points"][place]["code"]) for place in (0, -1))
    return replace(question, period=parse_period(f"{first.start}..{last.last_day}"))
