"""One rule at a time: units in organisational order by windows of the year. No rates, no order by them."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.exchange.sheets import Sheet, write_sheets
from yibenzhang.followups.gaps import ref_of
from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.organisation.models import Placement, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.requirements import judging
from yibenzhang.requirements.duties import Duty, duties, is_immediate
from yibenzhang.requirements.evidence import lapses
from yibenzhang.requirements.explain import reason
from yibenzhang.requirements.windows import Window
from yibenzhang.requirements.wording import asks, bound
from yibenzhang.web.filters import unit_choices
from yibenzhang.web.followups.marks import marks_for
from yibenzhang.web.ledger.export import XLSX
from yibenzhang.web.requests import needs
from yibenzhang.web.requirements.asked import Chosen, choose, look

COLUMNS = [
    ("单位", 28),
    ("规定动作", 24),
    ("期间", 24),
    ("状态", 10),
    ("已记", 8),
    ("应记", 8),
    ("截止", 12),
    ("说明", 60),
]
MOST_OVERDUE = 20
LACKING = {judging.OPEN, judging.OVERDUE}


@dataclass(frozen=True)
class Cell:
    """A duty with its mark and the words beside it."""

    duty: Duty
    look: str
    label: str


@dataclass(frozen=True)
class Row:
    """A unit with its cells, under the unit it hangs under."""

    unit: Unit
    parent: str
    cells: list[Cell]


@needs()
def matrix(request: HttpRequest) -> HttpResponse:
    """The matrix of a rule; rules whose windows differ by unit are shown as a list."""
    chosen = choose(request)
    if chosen is None:
        return render(request, "requirements/nothing.html")
    rule = chosen.rule
    found = _duties(chosen)
    rows = _rows(found, chosen)
    only = request.GET.get("gaps") == "1"
    if only:
        rows = [row for row in rows if any(cell.duty.state in LACKING for cell in row.cells)]
    own = rule.cadence in {"term", "event"}
    overdue = [cell for row in rows for cell in row.cells if cell.duty.state == judging.OVERDUE]
    marks = marks_for(chosen.reading.actor, [cell.duty for cell in overdue[:MOST_OVERDUE]])
    context: dict[str, Any] = {
        "chosen": chosen,
        "units": unit_choices(chosen.reading.actor, chosen.reading.today),
        "years": _years(chosen),
        "windows": [] if own else _heads(found, chosen),
        "groups": _grouped(rows),
        "immediate": is_immediate(rule),
        "count": len(rows),
        "only": only,
        "own_windows": own,
        "asks": asks(rule, current_catalogue()),
        "bound": bound(rule, current_catalogue()),
        "overdue": [
            (
                cell,
                (cell.duty.as_of - cell.duty.window.deadline).days,
                marks[cell.duty.unit.pk, ref_of(cell.duty)],
            )
            for cell in overdue[:MOST_OVERDUE]
        ],
        "lapses": lapses(rule, chosen.units, _year(chosen)),
        "overdue_count": len(overdue),
        "open_count": sum(cell.duty.state == judging.OPEN for row in rows for cell in row.cells),
    }
    return render(request, "requirements/matrix.html", context)


@needs()
def export(request: HttpRequest) -> FileResponse:
    """The duties of the rule shown as a workbook, in the same order."""
    chosen = choose(request)
    catalogue = current_catalogue()
    found = _duties(chosen) if chosen else []
    rows = (
        [str(d.unit), d.requirement.name, d.window.code, d.word, d.found, d.needed, d.window.deadline, reason(d, catalogue)]
        for d in found
    )  # fmt: skip
    notes = [("依据", f"{chosen.rule.document}{chosen.rule.article}")] if chosen else []
    sheet = Sheet("规定动作", COLUMNS, rows, notes)
    name = f"规定动作-{chosen.rule.name if chosen else ''}.xlsx"
    return FileResponse(write_sheets([sheet]), as_attachment=True, filename=name, content_type=XLSX)


def _duties(chosen: Chosen) -> list[Duty]:
    return list(duties(chosen.units, _year(chosen), requirements=[chosen.rule]))


def _year(chosen: Chosen) -> Period:
    return parse_period(f"{chosen.reading.period.start.year:04d}")


def _rows(found: list[Duty], chosen: Chosen) -> list[Row]:
    by_unit: dict[int, list[Cell]] = {}
    for duty in found:
        label = f"{window_label(duty.window, duty.requirement.cadence)}：{duty.word}"
        by_unit.setdefault(duty.unit.pk, []).append(Cell(duty, look(duty), label))
    day = min(chosen.reading.today, _year(chosen).last_day)
    placed = Placement.objects.filter(on_day(day), unit_id__in=by_unit).select_related("parent")
    parents = {placement.unit_id: str(placement.parent or "") for placement in placed}
    return [
        Row(unit, parents.get(unit.pk, "本年撤销或合并"), by_unit[unit.pk])
        for unit in chosen.units
        if unit.pk in by_unit
    ]


def _grouped(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """Rows under the unit they hang under; without headings where each would stand over a single row."""
    groups = [(parent, list(part)) for parent, part in groupby(rows, key=lambda row: row.parent)]
    if len(groups) > 1 and len(groups) == len(rows):
        return [("", rows)]
    return groups


def _heads(found: list[Duty], chosen: Chosen) -> list[tuple[str, bool]]:
    """Label of each window, and whether today lies in it."""
    windows = dict.fromkeys(duty.window for duty in found)
    today = chosen.reading.today
    return [
        (window_label(window, chosen.rule.cadence), window.start <= today < window.stop) for window in windows
    ]


def window_label(window: Window, cadence: str) -> str:
    """A short name of a window within its year: 3月, 第二季度, 上半年, 全年."""
    if cadence in {"term", "event"}:
        end = window.last_day
        return f"{end.year}年{end.month}月{end.day}日前"
    if "Q" in window.code:
        return f"第{'一二三四'[int(window.code[-1]) - 1]}季度"
    if "H" in window.code:
        return "上半年" if window.code[-1] == "1" else "下半年"
    return f"{window.start.month}月" if len(window.code) == 7 else "全年"


def _years(chosen: Chosen) -> list[str]:
    shown, today = chosen.reading.period.start.year, chosen.reading.today.year
    return [f"{year}" for year in sorted({today, today - 1, shown}, reverse=True)]
