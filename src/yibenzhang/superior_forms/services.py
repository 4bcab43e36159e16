"""Bringing a form in, deciding what each cell is filled with, learning from last year's. The only writers, with editions.py."""

import base64
import hashlib

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import superiors_on, today_for
from yibenzhang.superior_forms.fields import FOOTER, Field, asked_by
from yibenzhang.superior_forms.gate import FormFile
from yibenzhang.superior_forms.labels import UnitNames, names_below, unit_and_pattern
from yibenzhang.superior_forms.layout import Layout
from yibenzhang.superior_forms.memory import Memory, memory_of, remember, series_like
from yibenzhang.superior_forms.models import Decision, FormCell, FormSeries, SuperiorForm
from yibenzhang.superior_forms.proposals import (
    Proposal,
    Proposer,
    remembered_alike,
    remembered_pattern,
)
from yibenzhang.superior_forms.reading import read_form

Kind = Decision.Kind
_DECIDED = ["kind", "indicator", "programme", "rule", "target", "origin", "revision", "decided_by"]
REMEMBERED, DEFAULT, PERSON, EXAMPLE, SURE = "remembered", "default", "person", "example", "sure"


@transaction.atomic
def create_form(
    *, unit: Unit, period: Period, file: FormFile, actor: User, superior: str = "", title: str = "",
    series: FormSeries | None = None,
) -> SuperiorForm:  # fmt: skip
    """Take in a form: its cells are found, those known from earlier years are decided at once, the rest gets proposals.

    Raises BookError with a field when the file cannot be filled.
    """
    year = period.start.year
    layout = read_form(file.kind, file.data, year=year)
    title = (title.strip() or layout.title or file.name.rsplit(".", 1)[0])[:120]
    superior = (superior.strip() or superior_of(unit))[:80]
    series = series or series_like(unit, title, layout.fields, year)
    if series is None:
        series = FormSeries.objects.create(unit=unit, title=title, superior=superior)
    form = SuperiorForm.objects.create(
        series=series, unit=unit, period=period.code, title=title, superior=superior, file_name=file.name,
        file_kind=file.kind, content=base64.b64encode(file.data).decode(),
        digest=hashlib.sha256(file.data).hexdigest(), created_by=actor,
    )  # fmt: skip
    FormCell.objects.bulk_create(_cells(form, layout, names_below(unit), memory_of(series)))
    record(actor=actor, verb="form.create", subject=f"{form.pk} {form}", note=form.digest)
    return form


def superior_of(unit: Unit) -> str:
    """The tier a unit reports to unless the form says other: the next above; "" at the top."""
    line = superiors_on(unit, today_for(unit))
    return line[-2].name if len(line) > 1 else ""


def _cells(form: SuperiorForm, layout: Layout, names: UnitNames, memory: Memory) -> list[FormCell]:
    year = form.span.start.year
    proposer = Proposer(form.unit, form.title, year, names)
    unused = memory.unused({each.key for each in layout.fields})
    cells = []
    for number, field in enumerate(layout.fields, start=1):
        target, pattern = unit_and_pattern(field, names, year)
        cell = FormCell(
            form=form, number=number, key=field.key, pattern=pattern, asked=asked_by(field), unit_asked=target,
            rule=field.rule, target=target,
        )  # fmt: skip
        _begin(cell, field, memory)
        if cell.kind == Kind.OPEN:
            found = proposer.by_labels(field, target)
            if pattern in memory.by_pattern and pattern:
                found.insert(0, remembered_pattern(target, memory.by_pattern[pattern]))
            elif alike := remembered_alike(field, unused):
                found.insert(0, alike)
            cell.proposals = [each.as_data() for each in found]
        cells.append(cell)
    return cells


def _begin(cell: FormCell, field: Field, memory: Memory) -> None:
    """What a cell starts with: what was remembered, else the usual for footers, else nothing."""
    known = memory.by_key.get(cell.key)
    if known is not None and known.kind != Kind.DECLARED:
        _take(cell, known.kind, known.indicator, known.programme, known.rule, known.target, REMEMBERED)
    elif field.kind == FOOTER:
        # A person's name is never filled in unless somebody chooses so.
        cell.kind, cell.origin = (Kind.LEFT if field.footer == "person" else Kind.FOOTER), DEFAULT
    elif known is not None:
        cell.hint = "上次是人工核定的，台账里没有，今年要重新核定。"


def _take(
    cell: FormCell, kind: str, indicator: str, programme: str, rule: str, target: str, origin: str
) -> None:
    cell.kind, cell.indicator, cell.programme = kind, indicator, programme
    cell.rule, cell.target, cell.origin = rule, target, origin


@transaction.atomic
def accept_sure(form: SuperiorForm, *, actor: User) -> int:
    """Take the first proposal of every open cell whose labels leave little doubt (采用有把握的); returns how many."""
    held = open_form(form)
    taken = []
    for cell in held.cells.select_for_update().filter(kind=Kind.OPEN):
        first = Proposal.of(cell.proposals[0]) if cell.proposals else None
        if first is None or not first.is_sure:
            continue
        origin = EXAMPLE if any("去年" in reason for reason in first.reasons) else SURE
        _take(cell, Kind.FIGURE, first.indicator, first.programme, first.rule, first.target, origin)
        cell.form, cell.revision, cell.decided_by = held, cell.revision + 1, actor
        taken.append(cell)
    FormCell.objects.bulk_update(taken, _DECIDED, batch_size=100)
    remember(taken, actor=actor)
    record(actor=actor, verb="form.accept", subject=f"{held.pk} {held}", note=f"{len(taken)} 格")
    return len(taken)


@transaction.atomic
def set_dashes(form: SuperiorForm, *, dashes: bool, actor: User) -> None:
    """Choose whether cells that do not apply are written as — or left empty."""
    held = open_form(form)
    held.dashes = dashes
    held.save(update_fields=["dashes"])
    record(actor=actor, verb="form.dashes", subject=f"{held.pk} {held}", note=str(dashes))


@transaction.atomic
def discard_form(form: SuperiorForm, *, actor: User) -> None:
    """Throw away a form that was never issued; what was learnt about its cells stays with the series."""
    held = open_form(form)
    if held.editions.exists():
        raise BookError("这张表定过稿，不能删除。")
    record(actor=actor, verb="form.discard", subject=f"{held.pk} {held}")
    held.delete()


def open_form(form: SuperiorForm) -> SuperiorForm:
    """The form locked for a change. Raises BookError when it is issued."""
    held = SuperiorForm.objects.select_for_update().select_related("unit", "series").get(pk=form.pk)
    if not held.is_open:
        raise BookError("这张表已定稿，不能再改。需要改时请先“另出一版”。")
    return held
