"""Writing a draft: begin one, edit its rows, take it back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yibenzhang.access.models import Role
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.plans.models import Plan
from yibenzhang.plans.names import Names
from yibenzhang.plans.permissions import acting_units
from yibenzhang.plans.queries import items_of
from yibenzhang.plans.rows import Row, RowFault, RowsError, read_rows, row_of
from yibenzhang.plans.services import PlanConflictError, create_plan, save_plan
from yibenzhang.web.plans.access import writable
from yibenzhang.web.plans.detail import frame
from yibenzhang.web.plans.rowform import MORE, SPARE, form_rows, rows_of, sent_rows
from yibenzhang.web.requests import actor_of, needs


class NewPlanForm(forms.Form):
    """Whose plan, for which year, of which sort."""

    unit = forms.ChoiceField(label="单位", error_messages={"invalid_choice": "请从列表里选一个单位。"})
    sort = forms.ChoiceField(
        label="种类", choices=Plan.Sort.choices, error_messages={"invalid_choice": "请从列表里选一种。"}
    )
    year = forms.IntegerField(
        label="年度", min_value=2000, max_value=2100,
        error_messages={"invalid": "年度应是四位数字，例如 2024。", "min_value": "年度应在 2000 年至 2100 年之间。",
                        "max_value": "年度应在 2000 年至 2100 年之间。", "required": "请写年度。"},
    )  # fmt: skip
    title = forms.CharField(
        label="名称", max_length=120, required=False, help_text="不写时按单位、年度和种类取名。"
    )
    document_number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="有正式文件的写文号，例如 澜气党〔2024〕3号。"
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [(unit.code, str(unit)) for unit in units]  # type: ignore[attr-defined]
        if units:
            self.fields["year"].initial = today_for(units[0]).year


@needs(Role.PREPARER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose unit, sort and year; the rows are written next."""
    actor = actor_of(request)
    units = list(acting_units(actor, Role.PREPARER).filter(abolished_on=None))
    form = NewPlanForm(request.POST or None, units=units, initial={"sort": request.GET.get("sort", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        plan = create_plan(
            unit=form.units[data["unit"]], year=data["year"], sort=data["sort"], actor=actor.user,
            title=data["title"], document_number=data["document_number"],
        )  # fmt: skip
        return redirect("plans:edit", plan.pk)
    return render(request, "plans/new.html", {"form": form}, status=422 if form.errors else 200)


@needs(Role.PREPARER)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows of a draft; a refused save shows what was typed, and the other's rows when somebody was quicker."""
    plan = writable(request, pk)
    if request.method == "POST":
        return _save(request, plan)
    if not plan.is_draft:
        return redirect("plans:detail", plan.pk)
    names = Names(plan.unit, actor_of(request))
    return edit_page(request, plan, rows_of(list(items_of(plan)), names), names, kept="kept" in request.GET)


def _save(request: HttpRequest, plan: Plan) -> HttpResponse:
    post, actor = request.POST, actor_of(request)
    names = Names(plan.unit, actor)
    rows = sent_rows(post, plan.sort)
    typed = {"title": post.get("title", ""), "document_number": post.get("document_number", "")}
    if post.get("act") == "more":
        return edit_page(request, plan, rows, names, spare=MORE + SPARE, typed=typed)
    try:
        drafts = read_rows(enumerate(rows, start=1), sort=plan.sort, year=plan.year, names=names)
        save_plan(
            plan, drafts=drafts, revision=_revision(post.get("revision", "")), actor=actor.user, **typed
        )
    except PlanConflictError as error:
        theirs = [row_of(item) for item in items_of(error.theirs)]
        return edit_page(
            request, error.theirs, rows, names, status=409, message=error.message, theirs=theirs, typed=typed
        )
    except RowsError as error:
        return edit_page(request, plan, rows, names, faults=error.faults, typed=typed, status=422)
    except BookError as error:
        return edit_page(request, plan, rows, names, message=error.message, typed=typed, status=422)
    return redirect("plans:detail", plan.pk)


def edit_page(
    request: HttpRequest,
    plan: Plan,
    rows: list[Row],
    names: Names,
    *,
    faults: list[RowFault] | None = None,
    spare: int = SPARE,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The form of a plan's rows."""
    context |= frame(plan, actor_of(request)) | {
        "rows": form_rows(plan.sort, rows, faults or [], spare=spare),
        "faults": faults or [],
        "unit_names": [names.unit_label(unit) for unit in names.units()],
        "kind_names": names.kind_names(),
    }
    return render(request, "plans/edit.html", context, status=status)


def _revision(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
