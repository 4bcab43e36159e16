"""Import and export: choose, download a template, upload, look at the dry run, confirm, see the result."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict, units_for
from yibenzhang.audit.services import record
from yibenzhang.exchange import jobs
from yibenzhang.exchange.services import KINDS, write_export, write_template
from yibenzhang.organisation.models import Person
from yibenzhang.vouchers.models import Matter, Voucher
from yibenzhang.vouchers.services import allowed_kinds
from yibenzhang.web.exchange.forms import UploadForm
from yibenzhang.web.requests import actor_of, needs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BRINGERS = {
    "vouchers": Role.PREPARER,
    "matters": Role.PREPARER,
    "units": Role.ADMINISTRATOR,
    "people": Role.ADMINISTRATOR,
}


def importable(actor: Actor) -> list[tuple[str, str]]:
    """What the actor may bring in: records where they prepare, units and people where they administer."""
    return [(kind, name) for kind, name in KINDS.items() if actor.has(BRINGERS[kind])]


@needs()
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The page one starts from; a POST uploads a file and goes on to its dry run."""
    actor = actor_of(request)
    kinds = importable(actor)
    if request.method == "POST" and not kinds:
        raise Http404
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        kinds=kinds,
        initial={"kind": kinds[0][0] if kinds else ""},
    )
    if request.method == "POST" and form.is_valid():
        file: UploadedFile[Any] = form.cleaned_data["file"]
        job = jobs.begin(
            user=actor.user,
            kind=form.cleaned_data["kind"],
            file_name=file.name or "",
            chunks=lambda path: _keep(file, path),
        )
        return redirect("exchange:progress", job.token)
    context = {"form": form, "kinds": kinds, "exports": KINDS.items(), "masked": not _sees_names(actor)}
    return render(request, "exchange/import.html", context, status=422 if form.is_bound else 200)


def _keep(file: "UploadedFile[Any]", path: Path) -> None:
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)


@needs(Role.PREPARER, Role.ADMINISTRATOR)
@require_GET
def template(request: HttpRequest, kind: str) -> HttpResponse | FileResponse:
    """A blank workbook: for vouchers a sheet for each kind that the actor's units may record."""
    actor = actor_of(request)
    if kind not in dict(importable(actor)):
        raise Http404
    chosen: list[str] = []
    if kind == "vouchers":
        units = units_for(actor, Role.PREPARER)
        by_type = {unit.unit_type: unit for unit in units}
        chosen = list(dict.fromkeys(one.code for unit in by_type.values() for one in allowed_kinds(unit)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(path, kind, chosen)
        return _download(path, f"{KINDS[kind]}模板.xlsx")


@needs()
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse | FileResponse:
    """Everything of a kind within the reader's scope; names are covered but for those who review or administer."""
    if kind not in KINDS:
        raise Http404
    actor = actor_of(request)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        mask = not _sees_names(actor)
        count = write_export(path, kind, _rows(kind, actor), mask=mask)
        note = f"{count} 行{'，姓名已遮盖' if mask else ''}"
        record(actor=actor.user, verb="exchange.export", subject=KINDS[kind], note=note)
        return _download(path, f"{KINDS[kind]}.xlsx")


def _rows(kind: str, actor: Actor) -> Any:
    if kind == "units":
        return units_for(actor)
    if kind == "people":
        found = (restrict(Person.objects.all(), actor, by=by) for by in ("memberships__unit", "posts__unit"))
        keys = {pk for rows in found for pk in rows.values_list("pk", flat=True)}
        return Person.objects.filter(pk__in=keys)
    if kind == "matters":
        return restrict(Matter.objects.all(), actor)
    return restrict(Voucher.objects.all(), actor)


def _sees_names(actor: Actor) -> bool:
    return actor.has(Role.APPROVER, Role.ADMINISTRATOR)


def _download(path: Path, name: str) -> FileResponse:
    # An open file outlives its folder: nothing is left behind when the answer breaks off.
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=XLSX)


@needs(Role.PREPARER, Role.ADMINISTRATOR)
@require_GET
@never_cache
def progress(request: HttpRequest, token: str) -> HttpResponse:
    """How far the job has come, the dry run's findings, or the result; polled while it runs."""
    page = "exchange/state.html" if request.headers.get("HX-Request") else "exchange/progress.html"
    job = _job(request, token)
    context = {
        "job": job,
        "kind_name": KINDS[job.kind],
        "percent": job.done * 100 // job.total if job.total else 0,
    }
    return render(request, page, context)


@needs(Role.PREPARER, Role.ADMINISTRATOR)
@require_POST
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Bring in what the dry run showed."""
    job = _job(request, token)
    jobs.confirm(job, user=actor_of(request).user)
    return redirect("exchange:progress", job.token)


def _job(request: HttpRequest, token: str) -> jobs.Job:
    job = jobs.find(token, actor_of(request).user)
    if job is None or job.kind not in dict(importable(actor_of(request))):
        raise Http404
    return job
