"""The form as a page: its tables as they look in the file, each blank with its state, the chosen one explained beside."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.ledger.queries import position
from yibenzhang.organisation.queries import packs_of, units_below
from yibenzhang.superior_forms.answers import (
    BARRED,
    DECLARED,
    FILLED,
    OPEN,
    UNRECORDED,
    WORDS,
    Answer,
)
from yibenzhang.superior_forms.changes import changes_since, reversed_since
from yibenzhang.superior_forms.consistency import contradictions
from yibenzhang.superior_forms.editions import frozen, newest_edition, undecided
from yibenzhang.superior_forms.fields import FOOTER
from yibenzhang.superior_forms.filler import Filler
from yibenzhang.superior_forms.grid import address
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
from yibenzhang.web.superior_forms.tables import KINDS, tables_of

MOST_UNITS = 300
ORIGINS = {
    "remembered": "按往年的填法", "person": "人工选定", "sure": "按表上的名称采用", "example": "按去年的数认出",
}  # fmt: skip
RULES = [*RULE_WORDS, "H1", "H2", "Q1", "Q2", "Q3", "Q4", *(f"M{month:02d}" for month in range(1, 13))]


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
