"""The form as a page: its tables as they look in the file, each blank with its state, the chosen one explained beside."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.figures import NOT_APPLICABLE
from yibenzhang.ledger.queries import position
from yibenzhang.organisation.queries import packs_of, units_below
from yibenzhang.superior_forms.answers import (
    BARRED,
    DECLARED,
    FILLED,
    LEFT,
    OPEN,
    UNRECORDED,
    WORDS,
    Answer,
    Filler,
    plain,
)
from yibenzhang.superior_forms.changes import changes_since, reversed_since
from yibenzhang.superior_forms.consistency import contradictions
from yibenzhang.superior_forms.editions import frozen, newest_edition, undecided
from yibenzhang.superior_forms.fields import FOOTER
from yibenzhang.superior_forms.filling import values_of
from yibenzhang.superior_forms.formulas import Totals
from yibenzhang.superior_forms.grid import Cell, Grid, address
from yibenzhang.superior_forms.models import FormCell, SuperiorForm
from yibenzhang.superior_forms.notes import name_of, scope_of
from yibenzhang.superior_forms.permissions import may_fill, may_issue
from yibenzhang.superior_forms.proposals import Proposal
from yibenzhang.superior_forms.reading import grids_of
from yibenzhang.superior_forms.repeats import repeats
from yibenzhang.superior_forms.reported import reported_before
from yibenzhang.superior_forms.wording import RULE_WORDS, rule_words
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.superior_forms.access import readable

MOST_UNITS = 300
KINDS = {
    FILLED: "ok", DECLARED: "hand", OPEN: "todo", UNRECORDED: "bad", BARRED: "bad", NOT_APPLICABLE: "na", LEFT: "na",
}  # fmt: skip
ORIGINS = {
    "remembered": "按往年的填法", "person": "人工选定", "sure": "按表上的名称采用", "example": "按去年的数认出",
}  # fmt: skip
RULES = [*RULE_WORDS, "H1", "H2", "Q1", "Q2", "Q3", "Q4", *(f"M{month:02d}" for month in range(1, 13))]


@dataclass(frozen=True)
class Box:
    """A cell of the page's table: a label, a total, or a blank with its answer."""

    text: str
    rows: int
    columns: int
    answer: Answer | None = None
    kind: str = ""
    is_head: bool = False
    is_free: bool = False
    is_total: bool = False
    is_deep: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet or table of the form for the page."""

    name: str
    rows: list[list[Box]]


@needs()
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A form with its cells; `?cell=` chooses one."""
    form = readable(request, pk)
    return render(request, "superior_forms/sheet.html", context_of(request, form))


def context_of(request: HttpRequest, form: SuperiorForm) -> dict[str, Any]:
    """Context of `superior_forms/sheet.html`."""
    actor = actor_of(request)
    edition = None if form.is_open else newest_edition(form)
    now = edition.position if edition else position()
    answers = frozen(edition) if edition else Filler(form).answers(form.cells.all(), counted=False)
    grids = grids_of(form.file_kind, form.data)
    waiting = [each for each in answers if each.state in {OPEN, UNRECORDED} and not each.cell.kind]
    chosen = _chosen(answers, waiting, request.GET.get("cell", ""))
    if chosen is not None and chosen.indicator is not None and not edition:
        chosen = Filler(form).answers([chosen.cell], counted=True)[0]
    counts = Counter(each.state for each in answers if each.field.kind != FOOTER)
    filling = form.is_open and may_fill(actor, form.unit)
    return {
        "form": form,
        "edition": edition,
        "asked": "cell" in request.GET,
        "done": _numbered(answers, request.GET.get("done", "")),
        "tables": tables_of(grids, answers),
        "counts": [(WORDS[state], KINDS[state], counts[state]) for state in KINDS if counts[state]],
        "total": sum(counts.values()),
        "filled": counts[FILLED] + counts[DECLARED],
        "waiting": waiting,
        "remembered": sum(1 for each in answers if each.cell.origin == "remembered"),
        "next": _after(waiting, chosen),
        "blocked": undecided(answers),
        "sure": sum(1 for each in waiting if each.cell.proposals and each.cell.proposals[0]["is_sure"]),
        "gaps": [each for each in answers if each.state in {UNRECORDED, BARRED}],
        "contradictions": contradictions(grids, answers),
        "repeats": repeats(form, answers),
        "moved": len(changes_since(edition)) if edition else 0,
        "withdrawn": len(reversed_since(edition)) if edition else 0,
        "position": now,
        "may_fill": filling,
        "may_reopen": not form.is_open and may_fill(actor, form.unit),
        "may_issue": may_issue(actor, form.unit),
        **(panel_of(form, chosen, filling) if chosen else {"chosen": None}),
    }


def panel_of(form: SuperiorForm, chosen: Answer, filling: bool) -> dict[str, Any]:
    """What the panel beside the form shows about one cell."""
    cell = chosen.cell
    return {
        "chosen": chosen,
        "chosen_kind": KINDS[chosen.state],
        "chosen_name": name_of(chosen),
        "chosen_scope": scope_of(chosen),
        "chosen_place": place_words(form, chosen),
        "origin": ORIGINS.get(cell.origin, ""),
        "reported": reported_before(cell) if filling and chosen.state == UNRECORDED else None,
        "offers": offers(form, cell) if filling and chosen.state != BARRED else [],
        "rules": [(rule, rule_words(rule, form.span)) for rule in RULES],
        "programmes": _programmes(form),
        "units": units_below([form.unit_id]).exclude(pk=form.unit_id)[:MOST_UNITS] if filling else [],
        "is_footer": chosen.field.kind == FOOTER,
    }


def offers(form: SuperiorForm, cell: FormCell) -> list[tuple[Proposal, Answer]]:
    """The proposals of a cell with what each would write."""
    made = [Proposal.of(each) for each in cell.proposals]
    mine = (cell.indicator, cell.programme, cell.rule, cell.target) if cell.indicator else None
    shown = [each for each in made if (each.indicator, each.programme, each.rule, each.target) != mine]
    return list(zip(shown, previews(form, cell, shown), strict=True))


def previews(form: SuperiorForm, cell: FormCell, made: list[Proposal]) -> list[Answer]:
    """What each proposal would write into the cell; nothing is saved."""
    trials = []
    for each in made:
        trial = FormCell.objects.get(pk=cell.pk)
        trial.kind, trial.indicator, trial.programme = FormCell.Kind.FIGURE, each.indicator, each.programme
        trial.rule, trial.target = each.rule, each.target
        trials.append(trial)
    return Filler(form).answers(trials)


def place_words(form: SuperiorForm, answer: Answer) -> str:
    """Where a cell stands in the file: C5, or 第3行第2列."""
    row, column = answer.field.place
    return address((row, column)) if form.file_kind == "xlsx" else f"第{row}行第{column}列"


def tables_of(grids: list[Grid], answers: list[Answer]) -> list[Table]:
    """The grids for the page, with hidden rows and columns left out."""
    values = values_of(answers)
    tables = []
    for number, grid in enumerate(grids):
        mine = {each.field.place: each for each in answers if each.field.sheet == number}
        totals = Totals(grid, {place: value for (sheet, place), value in values.items() if sheet == number})
        rows = [
            [_box(grid, cell, mine.get(cell.place), totals) for cell in _shown(grid, row)]
            for row in range(1, grid.last_row + 1)
            if row not in grid.hidden_rows
        ]
        tables.append(Table(grid.name, [row for row in rows if row]))
    return tables


def _shown(grid: Grid, row: int) -> list[Cell]:
    """The cells that begin in a row; places without one are empty cells, so that columns stay in line.

    Text outside the lines runs over the empty cells to its right, as it does in the file.
    """
    found: list[Cell] = []
    for column in range(1, grid.last_column + 1):
        if column in grid.hidden_columns or (row, column) in grid.cover:
            continue
        cell = grid.cells.get((row, column)) or Cell(row, column, is_bordered=False)
        last = found[-1] if found else None
        runs_on = last is not None and not last.is_bordered and last.column + last.span[1] == column
        if last is not None and runs_on and not cell.is_bordered and not cell.text and cell.span == (1, 1):
            found[-1] = replace(last, span=(last.span[0], last.span[1] + 1))
        else:
            found.append(cell)
    return found


def _box(grid: Grid, cell: Cell, answer: Answer | None, totals: Totals) -> Box:
    rows = sum(1 for row in range(cell.row, cell.row + cell.span[0]) if row not in grid.hidden_rows)
    last = cell.column + cell.span[1]
    columns = sum(1 for column in range(cell.column, last) if column not in grid.hidden_columns)
    text = cell.text
    if cell.formula:
        value = totals.value(cell.place)
        text = plain(value) if value is not None else "公式"
    return Box(
        text.strip(), max(rows, 1), max(columns, 1), answer, KINDS[answer.state] if answer else "",
        is_head=cell.is_label, is_free=not cell.is_bordered, is_total=bool(cell.formula), is_deep=cell.indent > 0,
    )  # fmt: skip


def _chosen(answers: list[Answer], waiting: list[Answer], asked: str) -> Answer | None:
    if asked:
        return _numbered(answers, asked)
    figures = [each for each in answers if each.field.kind != FOOTER]
    return next(iter(waiting or figures or answers), None)


def _numbered(answers: list[Answer], asked: str) -> Answer | None:
    if not (asked.isdecimal() and len(asked) < 6):
        return None
    return next((each for each in answers if each.cell.number == int(asked)), None)


def _after(waiting: list[Answer], chosen: Answer | None) -> int:
    """The number of the next open cell after the chosen one, round the corner at the end; 0 without any."""
    numbers = [each.cell.number for each in waiting]
    at = chosen.cell.number if chosen else 0
    return next(
        (number for number in numbers if number > at), numbers[0] if numbers and numbers != [at] else 0
    )


def _programmes(form: SuperiorForm) -> list[tuple[str, str]]:
    catalogue, packs = current_catalogue(), set(packs_of(form.unit))
    return [
        (code, programme.name)
        for code, programme in catalogue.programmes.items()
        if catalogue.home[("programmes", code)] in packs
    ]
