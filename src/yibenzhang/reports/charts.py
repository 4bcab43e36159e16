"""A chart of a report (图): title, points, and a note saying up to when and by which definition (数据截至…，口径…)."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.charts import WAYS, Chart, Point, chart_of, is_barred, points_of
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.models import Entry
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.tokens import ChartToken


@dataclass(frozen=True)
class ReportChart:
    """What a page, a document and the package show alike."""

    indicator: str
    title: str
    notes: tuple[str, ...]
    chart: Chart

    def as_data(self) -> dict[str, Any]:
        """As kept in an issued report; values exact, as in `2/3`."""
        chart = self.chart
        return {
            "indicator": self.indicator, "title": self.title, "notes": list(self.notes), "by": chart.by,
            "measure": chart.measure, "divisor": chart.divisor, "is_ratio": chart.is_ratio,
            "points": [_point_as_data(point) for point in chart.points],
        }  # fmt: skip


def from_data(data: dict[str, Any]) -> ReportChart:
    """The chart as issued."""
    points = tuple(_point_from_data(each) for each in data["points"])
    chart = Chart(data["by"], points, data["measure"], data["divisor"], data["is_ratio"])
    return ReportChart(data["indicator"], data["title"], tuple(data["notes"]), chart)


def report_chart(token: ChartToken, evaluator: Evaluator) -> ReportChart:
    """The chart a token asks for, at the evaluator's position; raises BookError saying why it cannot be drawn."""
    if str(token) not in evaluator.drawn:
        evaluator.drawn[str(token)] = _drawn(token, evaluator)
    return evaluator.drawn[str(token)]


def _drawn(token: ChartToken, evaluator: Evaluator) -> ReportChart:
    asked = evaluator.resolved(token.figure)
    indicator, question = asked.indicator, asked.question
    if indicator is None or question is None:
        raise BookError(asked.message)
    chart = chart_of(indicator, token.by, points_of(indicator, question, token.by, evaluator.today))
    if chart.is_empty:
        raise BookError(
            f"{question.period.label}账上没有“{indicator.name}”的记录，画不出图。请补记凭证或换一个指标。"
        )
    title = token.title or _title(token, indicator, question, chart, evaluator)
    return ReportChart(indicator.code, title, _notes(indicator, token, chart, evaluator), chart)


def ways_offered(indicator: Indicator, *, has_children: bool) -> list[str]:
    """Names of the ways a figure may be drawn: 各月, 各年, and 各单位 where there are units that may stand side by side."""
    compares = has_children and not is_barred(indicator)
    return [name for by, name in WAYS.items() if by != "unit" or compares]


def _title(
    token: ChartToken, indicator: Indicator, question: Question, chart: Chart, evaluator: Evaluator
) -> str:
    """2023年主题教育各月中心组理论学习（次）."""
    programme = evaluator.catalogue.programmes.get(token.programme)
    span = question.period.label
    if token.by == "year":
        span = f"{chart.points[0].label[:-1]}—{chart.points[-1].label}" if len(chart.points) > 1 else span
    unit = question.unit.name if question.unit.pk != evaluator.unit.pk else ""
    way = "" if token.by == "year" else WAYS[token.by]
    way += "末" if indicator.timing == "stock" and token.by == "month" else ""
    measure = f"（{chart.measure}）" if chart.measure and not indicator.name.endswith(chart.measure) else ""
    return f"{span}{unit}{programme.name if programme else ''}{way}{indicator.name}{measure}"


def _notes(indicator: Indicator, token: ChartToken, chart: Chart, evaluator: Evaluator) -> tuple[str, ...]:
    """Lines under the chart; without a full stop, as under a picture."""
    day = evaluator.today
    if token.as_of:
        entry = Entry.objects.filter(number__lte=token.as_of).order_by("-number").first()
        day = entry.posted_on if entry else day
    source = f"数据截至{day.year}年{day.month}月{day.day}日；口径：{indicator.definition.rstrip('。')}"
    silent = [point.label for point in chart.points if point.state == "none" and not point.is_future]
    partial = [f"{point.label}未满" for point in chart.points if point.is_partial]
    left = [*([f"未记：{'、'.join(silent)}"] if silent else []), *partial]
    return (source, "；".join(left)) if left else (source,)


def _point_as_data(point: Point) -> dict[str, Any]:
    return {
        "code": point.code, "label": point.label, "name": point.name, "shown": point.shown, "state": point.state,
        "value": None if point.value is None else str(point.value),
        "is_partial": point.is_partial, "is_future": point.is_future,
    }  # fmt: skip


def _point_from_data(data: dict[str, Any]) -> Point:
    value = None if data["value"] is None else Fraction(data["value"])
    return Point(**{**data, "value": value})
