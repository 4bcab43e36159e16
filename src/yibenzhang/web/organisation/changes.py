"""Changes of the organisation: one form, one service call, one line in the log for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from yibenzhang.access.models import Role
from yibenzhang.access.scope import get_in_scope
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.services import (
    abolish_unit,
    found_unit,
    merge_units,
    rehang_unit,
    rename_unit,
    split_unit,
)
from yibenzhang.organisation.terms import add_term
from yibenzhang.web.organisation import forms
from yibenzhang.web.requests import actor_of, needs


@dataclass(frozen=True)
class Change:
    """A kind of change: its title, what it asks, and what it does; the answer is the unit to show next."""

    title: str
    explanation: str
    form: type[forms.ChangeForm]
    act: Callable[[forms.ChangeForm, dict[str, Any]], Unit]


def _found(form: forms.ChangeForm, given: dict[str, Any]) -> Unit:
    return found_unit(parent=form.unit, **given)


def _rename(form: forms.ChangeForm, given: dict[str, Any]) -> Unit:
    rename_unit(unit=form.unit, **given)
    return form.unit


def _rehang(form: forms.ChangeForm, given: dict[str, Any]) -> Unit:
    rehang_unit(unit=form.unit, parent=form.administered(given["parent"]), on=given["on"], note=given["note"])
    return form.unit


def _merge(form: forms.ChangeForm, given: dict[str, Any]) -> Unit:
    into = form.administered(given["into"])
    merge_units(units=[form.unit], into=into, on=given["on"])
    return into


def _split(form: forms.ChangeForm, given: dict[str, Any]) -> Unit:
    children = [form.administered(code) for code in given["children"]]
    return split_unit(
        unit=form.unit, code=given["code"], name=given["name"], children=children, on=given["on"]
    )


def _abolish(form: forms.ChangeForm, given: dict[str, Any]) -> Unit:
    abolish_unit(unit=form.unit, **given)
    return form.unit


def _term(form: forms.ChangeForm, given: dict[str, Any]) -> Unit:
    add_term(unit=form.unit, number=given["number"], elected_on=given["on"], ends_on=given["ends_on"])
    return form.unit


CHANGES = {
    "found": Change("新设下级单位", "在本单位之下新设一个单位或党组织。", forms.FoundForm, _found),
    "rename": Change("更名", "旧名称留在沿革里。", forms.RenameForm, _rename),
    "rehang": Change("改隶", "换一个上级。以前记的账仍算在原上级名下。", forms.RehangForm, _rehang),
    "merge": Change("合并", "并入另一个单位后撤销，下级随同划转。", forms.MergeForm, _merge),
    "split": Change("分设", "在同一上级之下分出一个新单位。", forms.SplitForm, _split),
    "abolish": Change("撤销", "下级都改隶或撤销之后才能撤销本单位。", forms.AbolishForm, _abolish),
    "term": Change("登记换届", "登记新一届的换届日期。", forms.TermForm, _term),
}


@needs(Role.ADMINISTRATOR)
def change(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Ask for the particulars of a change, then make it."""
    actor = actor_of(request)
    unit = get_in_scope(Unit.objects.all(), actor, Role.ADMINISTRATOR, by="self", code=code)
    kind = CHANGES.get(act)
    if kind is None:
        raise Http404
    form = kind.form(request.POST or None, actor=actor, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                shown = kind.act(form, form.cleaned_data)
                record(
                    actor=actor.user,
                    verb=f"organisation.{act}",
                    subject=unit.name,
                    note=str(form.cleaned_data),
                )
            return redirect("organisation:unit", shown.code)
        except BookError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
    status = 422 if form.errors else 200
    return render(
        request, "organisation/change.html", {"unit": unit, "change": kind, "form": form}, status=status
    )
