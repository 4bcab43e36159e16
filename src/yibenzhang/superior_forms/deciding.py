"""Deciding one cell: an indicator, a hand-entered value, nothing; each decision is remembered for next year."""

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import units_below
from yibenzhang.superior_forms.fields import FOOTER
from yibenzhang.superior_forms.filler import Filler
from yibenzhang.superior_forms.grid import number_in
from yibenzhang.superior_forms.memory import remember
from yibenzhang.superior_forms.models import Decision, FormCell, SuperiorForm
from yibenzhang.superior_forms.services import PERSON, open_form
from yibenzhang.superior_forms.wording import is_rule

Kind = Decision.Kind


class CellConflictError(BookError):
    """Somebody else decided this cell meanwhile."""


@transaction.atomic
def map_cell(
    form: SuperiorForm, number: int, *, indicator: str, programme: str = "", rule: str = "", target: str = "",
    revision: int, actor: User,
) -> FormCell:  # fmt: skip
    """Fill a cell with an indicator.

    Raises BookError for an unknown indicator, programme, period or unit, and for what the relief rules bar.
    """
    cell = _held(form, number, revision)
    if cell.field.kind == FOOTER:
        raise BookError("这一格不填数字，请写文字或选“不填”。")
    if barred := Filler(cell.form).barred(cell.field):
        raise BookError(barred)
    catalogue = current_catalogue()
    catalogue.indicator(indicator)
    if programme:
        catalogue.programme(programme)
    if not is_rule(rule):
        raise BookError("没有这种期间，请从列表里选。", field="rule")
    if target and not units_below([cell.form.unit_id]).filter(code=target).exists():
        raise BookError(f"单位“{target}”不在{cell.form.unit}之下，请另选。", field="target")
    cell.indicator, cell.programme, cell.rule, cell.target = indicator, programme, rule, target
    return _decided(cell, Kind.FIGURE, actor)


@transaction.atomic
def declare_cell(
    form: SuperiorForm, number: int, *, text: str, reason: str, source: str, revision: int, actor: User
) -> FormCell:
    """Write a value by hand (人工核定), with a reason and where it comes from; in a footer plain words will do."""
    cell = _held(form, number, revision)
    asked = cell.field
    text = " ".join(text.split())[:200]
    if not text:
        raise BookError("请写这一格要填什么；确实不填请选“不填”。", field="text")
    if barred := Filler(cell.form).barred(asked):
        raise BookError(barred)
    if asked.kind != FOOTER:
        if number_in(text) is None and not asked.is_choice:
            raise BookError(f"这一格要填数字，“{text}”不是数字。", field="text")
        if not reason.strip():
            raise BookError("人工核定要写理由，例如“台账启用前的数”。", field="reason")
        if not source.strip():
            raise BookError("人工核定要写出处，例如文件名和文号。", field="source")
    cell.text, cell.reason, cell.source = text, reason.strip()[:200], source.strip()[:200]
    return _decided(cell, Kind.DECLARED, actor)


def leave_cell(form: SuperiorForm, number: int, *, revision: int, actor: User) -> FormCell:
    """Leave a cell empty by choice (不填)."""
    return _plain(form, number, Kind.LEFT, revision, actor)


def mark_unrecorded(form: SuperiorForm, number: int, *, revision: int, actor: User) -> FormCell:
    """State that nobody records what a cell asks (没人记): it stays empty and is named."""
    return _plain(form, number, Kind.NOBODY, revision, actor)


def reopen_cell(form: SuperiorForm, number: int, *, revision: int, actor: User) -> FormCell:
    """Take a decision back (重新选)."""
    return _plain(form, number, Kind.OPEN, revision, actor)


@transaction.atomic
def _plain(form: SuperiorForm, number: int, kind: str, revision: int, actor: User) -> FormCell:
    cell = _held(form, number, revision)
    asked = cell.field
    if kind == Kind.OPEN and asked.kind == FOOTER:
        kind = Kind.FOOTER
    cell.indicator = cell.programme = ""
    cell.rule, cell.target = asked.rule, cell.unit_asked
    return _decided(cell, kind, actor)


def _held(form: SuperiorForm, number: int, revision: int) -> FormCell:
    held = open_form(form)
    cell = held.cells.select_for_update().get(number=number)
    if cell.revision != revision:
        raise CellConflictError("别人刚改过这一格，您的选择没有覆盖它。请看一眼现在的内容再决定。")
    cell.form = held
    return cell


def _decided(cell: FormCell, kind: str, actor: User) -> FormCell:
    cell.kind, cell.origin, cell.decided_by, cell.hint = kind, PERSON, actor, ""
    if kind != Kind.DECLARED:
        cell.text = cell.reason = cell.source = ""
    cell.revision += 1
    cell.save()
    remember([cell], actor=actor)
    note = cell.indicator or cell.text or str(Kind(kind).label)
    record(actor=actor, verb="form.cell", subject=f"{cell.form_id} {cell.number} {cell}", note=note)
    return cell
