"""The list of reports, a new one, downloads, and what has changed since issue."""

from collections.abc import Sequence
from urllib.parse import quote

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yibenzhang.access.scope import restrict
from yibenzhang.audit.services import record
from yibenzhang.kernel.periods import parse_period
from yibenzhang.reports import edition
from yibenzhang.reports.builds import FORMS, is_long
from yibenzhang.reports.changes import Change, changes_since, reversed_since
from yibenzhang.reports.docx.document import document_of
from yibenzhang.reports.models import Report
from yibenzhang.reports.moved_charts import ChartChange, charts_moved
from yibenzhang.reports.package import package_of
from yibenzhang.reports.page import page_of
from yibenzhang.reports.permissions import may_see_names, writable_units
from yibenzhang.reports.queries import newest_version, versions_of
from yibenzhang.reports.services import create_report
from yibenzhang.vouchers.models import Voucher
from yibenzhang.web.pages import page_number
from yibenzhang.web.pages import page_of as rows_of
from yibenzhang.web.reports.access import readable
from yibenzhang.web.reports.forms import NewReportForm
from yibenzhang.web.requests import actor_of, needs

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRITERS = ("preparer",)


@needs()
@require_GET
def reports_list(request: HttpRequest) -> HttpResponse:
    """Reports of the reader's units, the one saved last first."""
    actor = actor_of(request)
    state = request.GET.get("state", "")
    rows = restrict(Report.objects.select_related("unit", "saved_by__person"), actor, by="unit")
    counts = {code: rows.filter(state=code).count() for code in Report.State.values}
    if state in counts:
        rows = rows.filter(state=state)
    page = rows_of(rows, page_number(request))
    context = {
        "page": page,
        "lines": _marked(page.rows),
        "state": state,
        "tabs": [(code, name, counts[code]) for code, name in Report.State.choices],
        "total": sum(counts.values()),
        "may_write": actor.has(*WRITERS) and bool(writable_units(actor)),
    }
    return render(request, "reports/list.html", context)


def _marked(reports: Sequence[Report]) -> list[tuple[Report, int]]:
    """Each report with how many figures of its newest issued version rest on vouchers reversed since."""
    newest = {version.report_id: version for version in versions_of(report.pk for report in reports)}
    touched = reversed_since(newest.values())
    counts = {report: len(touched.get(version.pk, [])) for report, version in newest.items()}
    return [(report, counts.get(report.pk, 0)) for report in reports]


@needs(*WRITERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose unit, structure and period; the report begins with the structure's words and present figures.

    A link may propose any of the three in its query.
    """
    actor = actor_of(request)
    units = writable_units(actor)
    form = NewReportForm(request.POST or None, units=units, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        report = create_report(
            structure=data["structure"],
            unit=data["unit"],
            period=parse_period(data["period"]),
            actor=actor.user,
        )
        return redirect("reports:detail", report.pk)
    return render(request, "reports/new.html", {"form": form}, status=422 if form.errors else 200)


@needs()
@require_GET
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The .docx clean or with sources, the page to publish or the inspection package: of the issued version if there is one, else the draft.

    What takes long is built in steps on a page of its own.
    """
    report = readable(request, pk)
    if form in FORMS and is_long(report, form):
        return redirect("reports:build", report.pk, form)
    issued = None if report.is_open else newest_version(report)
    ready = edition.of_issued(issued) if issued else edition.of_draft(report)
    name = ready.title + ("" if issued else "（草稿）")
    if form == "html":
        return _file(page_of(ready).encode(), "text/html; charset=utf-8", f"{name}.html")
    if form in {"docx", "sources"}:
        suffix = "（附数据来源）" if form == "sources" else ""
        return _file(document_of(ready, annotated=form == "sources"), DOCX, f"{name}{suffix}.docx")
    if form == "package-named" and issued and may_see_names(actor_of(request), report.unit):
        record(actor=actor_of(request).user, verb="report.package_named", subject=f"{report.pk} {issued}")
        return _file(package_of(issued, named=True), "application/zip", f"{name}（迎检包，含姓名）.zip")
    if form == "package" and issued:
        return _file(package_of(issued), "application/zip", f"{name}（迎检包）.zip")
    raise Http404


@needs()
@require_GET
def diff(request: HttpRequest, pk: int) -> HttpResponse:
    """Figure by figure, what has moved since a version was issued, and the vouchers that moved it."""
    report = readable(request, pk)
    versions = list(report.versions.select_related("issued_by__person"))
    asked = request.GET.get("version", "")
    issued = (
        get_object_or_404(report.versions, number=int(asked[:5]))
        if asked.isdecimal()
        else versions[0]
        if versions
        else None
    )
    changes = changes_since(issued) if issued else []
    charts = charts_moved(issued) if issued else []
    visible = set(restrict(_vouchers_of([*changes, *charts]), actor_of(request)).values_list("pk", flat=True))
    context = {
        "report": report,
        "issued": issued,
        "versions": versions,
        "changes": changes,
        "charts": charts,
        "visible": visible,
    }
    return render(request, "reports/diff.html", context)


def _vouchers_of(changes: list[Change | ChartChange]) -> QuerySet[Voucher]:
    return Voucher.objects.filter(pk__in={line.voucher.pk for change in changes for line in change.lines})


def _file(data: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
