"""Everything the page of one figure shows."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from yibenzhang.access.scope import restrict, units_for
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.bars import drawn
from yibenzhang.indicators.breakdown import by_child, by_month, coverage, own_part
from yibenzhang.indicators.charts import chart_of, is_barred, month_points
from yibenzhang.indicators.figures import VALUE, Figure, figure
from yibenzhang.indicators.trace import DENOMINATOR, NUMERATOR, composition, page_of_postings, selections
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import year_before
from yibenzhang.ledger.models import Posting
from yibenzhang.ledger.queries import closing_position
from yibenzhang.organisation.models import Unit
from yibenzhang.web.filters import Reading, bar
from yibenzhang.web.ledger.lines import lines_of, with_names
from yibenzhang.web.pages import DEEPEST, Page, page_number

SIZE = 20
ROLES = {DENOMINATOR: "分母", NUMERATOR: "分子"}
AGGREGATIONS = {
    "sum": "按记入的数量相加",
    "distinct": "相同的只计一次",
    "latest": "取最近一次记入的数",
    "streak": "连续届次数",
    "ratio": "分子除以分母",
}


@dataclass(frozen=True)
class Part:
    """A line of the breakdown; `width` is the bar's share of the widest, in per cent of the drawing."""

    unit: Unit
    figure: Figure
    width: float
    is_open: bool
    is_self: bool = False


def page_context(request: HttpRequest, indicator: Indicator, reading: Reading) -> dict[str, Any]:
    """Context of `figures/detail.html`."""
    question = reading.question()
    answer = figure(indicator, question)
    last_year = year_before(reading.period, until=reading.today)
    earlier = figure(indicator, replace(question, period=last_year))
    closed_at = closing_position(reading.book, reading.period)
    parts = parts_of(indicator, reading) if reading.scope == "subtree" else []
    role = _role(request, indicator)
    lines = _lines(request, indicator, reading, role)
    return {
        "indicator": indicator,
        "reading": reading,
        "bar": bar(reading, scope=True),
        "figure": answer,
        "aggregation": AGGREGATIONS[indicator.aggregation],
        "no_assessment": is_barred(indicator),
        "composition": composition(indicator, question),
        "last_year": last_year,
        "earlier": earlier,
        "difference": _difference(answer, earlier),
        "drawing": drawn(
            chart_of(indicator, "month", month_points(by_month(indicator, question), reading.today))
        ),
        "parts": parts,
        "is_additive": indicator.aggregation == "sum" and indicator.timing == "flow",
        "parts_agree": _sum(parts) == answer.value,
        "coverage": coverage(indicator, question),
        "closed": figure(indicator, replace(question, position=closed_at)) if closed_at else None,
        "closed_at": closed_at,
        "page": lines,
        "lines": lines_of(lines.rows),
        "role": role,
        "roles": list(ROLES.items()) if indicator.aggregation == "ratio" else [],
    }


def parts_of(indicator: Indicator, reading: Reading) -> list[Part]:
    """The unit itself, then the units directly below in organisational order; only units in scope can be opened."""
    children = by_child(indicator, reading.question())
    if not children:
        return []
    own = own_part(indicator, reading.question())
    rows = [(reading.unit, own)] if own.state == VALUE else []
    seen = set(
        units_for(reading.actor).filter(pk__in=[unit.pk for unit, _ in children]).values_list("pk", flat=True)
    )
    top = max((each.value for _, each in [*rows, *children] if each.value), default=None)
    shown = [(unit, each) for unit, each in children if unit.pk in seen]
    return [
        Part(
            unit,
            each,
            round(float(each.value / top) * 100, 1) if top and each.value and each.value > 0 else 0,
            unit.pk != reading.unit.pk,
            unit.pk == reading.unit.pk,
        )
        for unit, each in [*rows, *shown]
    ]


def _sum(parts: list[Part]) -> Any:
    return sum((part.figure.value for part in parts if part.figure.value is not None), start=0)


def _difference(now: Figure, then: Figure) -> str:
    """How many more or fewer than the year before, in words; empty when either is no number."""
    if now.value is None or then.value is None or now.indicator.aggregation == "ratio":
        return ""
    change = now.value - then.value
    if not change:
        return "持平"
    words = Figure(now.indicator, now.question, VALUE, abs(change))
    return f"{'多' if change > 0 else '少'} {words.shown} {words.measure}"


def _role(request: HttpRequest, indicator: Indicator) -> str:
    role = request.GET.get("part") or DENOMINATOR
    if indicator.aggregation == "ratio" and role not in ROLES:
        raise BookError("比率只有分子和分母两部分，请重新选。", field="part")
    return role


def _lines(request: HttpRequest, indicator: Indicator, reading: Reading, role: str) -> Page[Posting]:
    """A page of the postings behind the figure; the selection that gave the value gives the rows."""
    number = page_number(request)
    parts = [
        part
        for part in selections(indicator, reading.question())
        if not ROLES.get(part[2]) or part[2] == role
    ]
    if not parts:
        return Page([], number, has_next=False)
    keys = page_of_postings(parts[0][0], start=(number - 1) * SIZE, size=SIZE + 1)
    rows = restrict(with_names(Posting.objects.filter(pk__in=keys[:SIZE])), reading.actor)
    found = sorted(rows, key=lambda posting: keys.index(posting.pk))
    return Page(found, number, len(keys) > SIZE and number < DEEPEST)
