"""The list of forms, taking in a new one, downloads, and what has moved since one was sent."""

from urllib.parse import quote

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yibenzhang.access.models import Role
from yibenzhang.access.scope import restrict
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.queries import today_for
from yibenzhang.superior_forms.changes import changes_since, reversed_since
from yibenzhang.superior_forms.editions import answered_now, frozen, newest_edition
from yibenzhang.superior_forms.examples import bring_in
from yibenzhang.superior_forms.fields import FIGURE
from yibenzhang.superior_forms.filling import annotated, clean
from yibenzhang.superior_forms.gate import XLSX
from yibenzhang.superior_forms.models import Decision, FormSeries, SuperiorForm
from yibenzhang.superior_forms.permissions import filling_units, forms_for
from yibenzhang.superior_forms.reading import read_form
from yibenzhang.superior_forms.wording import period_in
from yibenzhang.vouchers.models import Voucher
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.superior_forms.access import readable
from yibenzhang.web.superior_forms.forms import UploadForm

FILLERS = (Role.PREPARER, Role.APPROVER)
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
VARIANTS = {"clean": "", "sources": "（附数据来源）", "original": "（空表）"}


@needs()
@require_GET
def forms_list(request: HttpRequest) -> HttpResponse:
    """Forms within scope, the newest year first."""
    actor = actor_of(request)
    rows = forms_for(actor).select_related("unit", "series").defer("content")
    state = request.GET.get("state", "")
    counts = {code: rows.filter(state=code).count() for code in SuperiorForm.State.values}
    if state in counts:
        rows = rows.filter(state=state)
    figures = Q(cells__asked__kind=FIGURE)
    waiting = Q(cells__kind=Decision.Kind.OPEN) & ~Q(cells__proposals=[])
    rows = rows.annotate(
        total=Count("cells", filter=figures), waiting=Count("cells", filter=figures & waiting)
    )
    context = {
        "page": page_of(rows, page_number(request)),
        "state": state,
        "tabs": [(code, name, counts[code]) for code, name in SuperiorForm.State.choices],
        "all": sum(counts.values()),
        "may_fill": actor.has(*FILLERS) and bool(filling_units(actor)),
    }
    return render(request, "superior_forms/list.html", context)


@needs(*FILLERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Upload a form, with last year's beside it if it is at hand; what earlier years taught is filled at once."""
    actor = actor_of(request)
    units = filling_units(actor)
    series = _series(request.GET.get("series", ""), {unit.pk for unit in units})
    form = UploadForm(request.POST or None, request.FILES or None, units=units, series=series)
    if request.method == "POST" and form.is_valid():
        try:
            made = _taken_in(request, form, series)
        except BookError as error:
            form.add_error(error.field if error.field in form.fields else "file", error.message)
        else:
            return redirect("superior_forms:detail", made.pk)
    context = {"form": form, "series": series}
    return render(request, "superior_forms/new.html", context, status=422 if form.errors else 200)


def _taken_in(request: HttpRequest, form: UploadForm, series: FormSeries | None) -> SuperiorForm:
    data, user = form.cleaned_data, actor_of(request).user
    unit = data["unit"]
    code = data["period"] or _period_of(data["file"].kind, data["file"].data) or str(today_for(unit).year)
    return bring_in(
        unit=unit, period=parse_period(code), file=data["file"], example=data["example"], actor=user,
        superior=data["superior"], series=series if series and series.unit_id == unit.pk else None,
    )  # fmt: skip


def _period_of(kind: str, data: bytes) -> str:
    return period_in(read_form(kind, data).title)


def _series(text: str, units: set[int]) -> FormSeries | None:
    if not (text.isdecimal() and len(text) < 10):
        return None
    return FormSeries.objects.filter(pk=int(text), unit_id__in=units).first()


@needs()
@require_GET
def download(request: HttpRequest, pk: int, variant: str) -> HttpResponse:
    """The filled file, clean or with its sources, as it was issued or as it stands now; or the form as it arrived."""
    form = readable(request, pk)
    if variant not in VARIANTS:
        raise Http404
    name = (
        f"{form.title}{VARIANTS[variant]}{'' if not form.is_open or variant == 'original' else '（未定稿）'}"
    )
    return _file(_content(form, variant), form.file_kind, name)


def _content(form: SuperiorForm, variant: str) -> bytes:
    if variant == "original":
        return form.data
    edition = None if form.is_open else newest_edition(form)
    if edition is not None:
        filled = edition.data
        if variant == "clean":
            return filled
        return annotated(form, frozen(edition), filled, edition.position)
    now, answers = answered_now(form)
    filled = clean(form, answers)
    return filled if variant == "clean" else annotated(form, answers, filled, now)


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=TYPES[XLSX if kind == XLSX else "docx"])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{kind}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@needs()
@require_GET
def diff(request: HttpRequest, pk: int) -> HttpResponse:
    """Cell by cell, what has moved since an edition was sent, and the vouchers that moved it."""
    form = readable(request, pk)
    editions = list(form.editions.select_related("issued_by__person", "form__unit").defer("content"))
    asked = request.GET.get("edition", "")
    edition = (
        get_object_or_404(form.editions, number=int(asked[:5]))
        if asked.isdecimal()
        else editions[0]
        if editions
        else None
    )
    changes = changes_since(edition) if edition else []
    vouchers = {voucher.pk for change in changes for voucher, _ in change.lines}
    visible = set(
        restrict(Voucher.objects.filter(pk__in=vouchers), actor_of(request)).values_list("pk", flat=True)
    )
    context = {
        "form": form, "edition": edition, "editions": editions, "changes": changes, "visible": visible,
        "withdrawn": reversed_since(edition) if edition else [],
    }  # fmt: skip
    return render(request, "superior_forms/diff.html", context)
