"""Issuing a form (定稿): the filled file, each cell's value and the position of the ledger are frozen under a digest."""

import base64
import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from functools import cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import catalogue_of, current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.queries import position
from yibenzhang.organisation.queries import today_for
from yibenzhang.superior_forms.answers import BARRED, OPEN, Answer
from yibenzhang.superior_forms.filler import Filler
from yibenzhang.superior_forms.filling import clean
from yibenzhang.superior_forms.models import Decision, EditionCell, FormCell, FormEdition, SuperiorForm
from yibenzhang.superior_forms.services import open_form
from yibenzhang.vouchers.models import CatalogueVersion


@transaction.atomic
def issue_form(form: SuperiorForm, *, actor: User, at: datetime | None = None) -> FormEdition:
    """Freeze a form as it is filled now.

    Raises BookError while a cell is undecided, or when a second person is needed; cells that nobody records may stay empty.
    """
    held = open_form(form)
    if refusal := needs_second_person(held, actor):
        raise BookError(refusal)
    now, answers = answered_now(held)
    if waiting := undecided(answers):
        named = "、".join(f"“{each.field.label}”" for each in waiting[:3])
        raise BookError(f"还有 {len(waiting)} 格待定，不能定稿：{named}。请选指标、人工核定或不填。")
    catalogue = current_catalogue()
    version, _ = CatalogueVersion.objects.get_or_create(
        version=catalogue.version, defaults={"texts": catalogue.texts}
    )
    edition = FormEdition(
        form=held, number=held.editions.count() + 1, position=now, day=today_for(held.unit),
        catalogue_version=version, content=base64.b64encode(clean(held, answers)).decode(),
        issued_by=actor, issued_at=at or timezone.now(),
    )  # fmt: skip
    cells = [_frozen(edition, answer) for answer in answers]
    edition.digest = digest_of(edition, cells)
    edition.save()
    for cell in cells:
        cell.edition = edition
    EditionCell.objects.bulk_create(cells)
    SuperiorForm.objects.filter(pk=held.pk).update(state=SuperiorForm.State.ISSUED)
    form.refresh_from_db()
    record(actor=actor, verb="form.issue", subject=f"{held.pk} {held}", note=edition.digest)
    return edition


def answered_now(form: SuperiorForm) -> tuple[int, list[Answer]]:
    """(position of the ledger, the form's answers there).

    The newest position is read faster than one that is named; it is named only when entries came in meanwhile.
    """
    now = position()
    answers = Filler(form).answers(form.cells.all(), counted=True)
    if position() != now:
        answers = Filler(form, now).answers(form.cells.all(), counted=True)
    return now, answers


def needs_second_person(form: SuperiorForm, actor: User) -> str:
    """Why this user may not issue the form (四眼原则), empty when nothing stands against it."""
    if form.created_by_id == actor.pk:
        return "这张表是您上传的，请由另一位审核人定稿。"
    if form.cells.filter(decided_by=actor).exists():
        return "您定过这张表里的格子，请由另一位审核人定稿。"
    return ""


def undecided(answers: Iterable[Answer]) -> list[Answer]:
    """Cells that stand in the way of issuing: open ones, and those that still show last year's number."""
    return [
        each
        for each in answers
        if each.state == OPEN
        or (each.cell.kind == Decision.Kind.OPEN and each.field.old is not None and each.state != BARRED)
    ]


@transaction.atomic
def reopen_form(form: SuperiorForm, *, actor: User) -> None:
    """Fill the form again for another edition (另出一版); the issued one stays."""
    if not SuperiorForm.objects.filter(pk=form.pk, state=SuperiorForm.State.ISSUED).update(
        state=SuperiorForm.State.OPEN
    ):
        raise BookError("这张表还没有定稿，可以直接改。")
    record(actor=actor, verb="form.reopen", subject=f"{form.pk} {form}")
    form.refresh_from_db()


def _frozen(edition: FormEdition, answer: Answer) -> EditionCell:
    cell = answer.cell
    return EditionCell(
        edition=edition, number=cell.number, label=answer.field.label, state=answer.state, kind=cell.kind,
        indicator=cell.indicator, programme=cell.programme,
        rule=cell.rule, target=cell.target,
        value="" if answer.value is None else str(answer.value), shown=answer.shown[:200], vouchers=answer.vouchers,
        reason=cell.reason, source=cell.source,
    )  # fmt: skip


def digest_of(edition: FormEdition, cells: Iterable[EditionCell]) -> str:
    """SHA-256 over the file and every cell, in a fixed form."""
    content: dict[str, Any] = {
        "form": edition.form.digest,
        "file": hashlib.sha256(edition.data).hexdigest(),
        "position": edition.position,
        "day": edition.day.isoformat(),
        "catalogue": edition.catalogue_version_id,
        "cells": [
            [
                cell.number, cell.label, cell.state, cell.indicator, cell.programme, cell.rule, cell.target,
                cell.value, cell.shown, cell.reason, cell.source,
            ]
            for cell in cells
        ],
    }  # fmt: skip
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_intact(edition: FormEdition) -> bool:
    """True when the stored rows still have the digest they were issued with."""
    return digest_of(edition, edition.cells.order_by("number")) == edition.digest


def rerun(edition: FormEdition) -> list[Answer]:
    """The edition's cells answered again from the ledger as it stood, under the catalogue of that time."""
    filler = Filler(edition.form, edition.position, edition.day, catalogue_as_of(edition))
    return filler.answers(decided_as(edition), counted=True)


def frozen(edition: FormEdition) -> list[Answer]:
    """The edition's answers from its stored rows: nothing is computed, so nothing can have moved."""
    filler = Filler(edition.form, edition.position, edition.day, catalogue_as_of(edition))
    rows = {row.number: row for row in edition.cells.all()}
    found = []
    others = []
    for cell in decided_as(edition):
        row = rows.get(cell.number)
        if row is not None and row.kind == Decision.Kind.FIGURE and row.state != BARRED:
            value = Fraction(row.value) if row.value else None
            found.append(filler.restored(cell, row.state, value, row.vouchers))
        else:
            others.append(cell)
    return sorted([*found, *filler.answers(others)], key=lambda answer: answer.cell.number)


def decided_as(edition: FormEdition) -> list[FormCell]:
    """The form's cells with the decisions of this edition, whatever was decided since."""
    rows = {row.number: row for row in edition.cells.all()}
    found = []
    for cell in edition.form.cells.all():
        row = rows.get(cell.number)
        if row is not None:
            cell.kind, cell.indicator, cell.programme = row.kind, row.indicator, row.programme
            cell.rule, cell.target = row.rule, row.target
            cell.text, cell.reason, cell.source = row.shown, row.reason, row.source
        found.append(cell)
    return found


def catalogue_as_of(edition: FormEdition) -> Catalogue:
    """The catalogue an edition was issued under."""
    current = current_catalogue()
    return current if edition.catalogue_version_id == current.version else _kept(edition.catalogue_version_id)


@cache
def _kept(version: str) -> Catalogue:
    return catalogue_of(CatalogueVersion.objects.get(pk=version).texts)


def newest_edition(form: SuperiorForm) -> FormEdition | None:
    """The edition issued last."""
    return form.editions.order_by("-number").first()
