"""Long builds on a page: progress, going on, stopping, and the finished file."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yibenzhang.kernel.errors import BookError
from yibenzhang.reports.building import advance, progress
from yibenzhang.reports.builds import FORMS, Build, find_build, stop
from yibenzhang.web.reports.access import readable
from yibenzhang.web.requests import actor_of, needs

STEP = 1.0  # seconds a page works before it shows how far it is
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "package": "application/zip",
}
CONTENT_TYPES["sources"] = CONTENT_TYPES["docx"]


@needs()
@never_cache
@require_http_methods(["GET", "POST"])
def build(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """How far the build is; each POST does further steps. Without scripts a button does the same."""
    found, problem = _build(request, pk, form), ""
    if request.method == "POST":
        try:
            found = advance(found, seconds=STEP)
        except BookError as error:
            problem = error.message
    done, total, text = progress(found)
    context = {
        "report": found.report, "form": form, "build": found, "done": done, "total": total, "text": text,
        "problem": problem,
    }  # fmt: skip
    part = request.headers.get("HX-Request")
    status = 422 if problem and not part else 200
    return render(request, "reports/build_bar.html" if part else "reports/build.html", context, status=status)


@needs()
@require_POST
def stop_build(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give it up; nothing half-done is left."""
    stop(_build(request, pk, form))
    return redirect("reports:detail", pk)


@needs()
@never_cache
def built(request: HttpRequest, pk: int, form: str) -> FileResponse:
    """The finished file; 404 while there is none."""
    found = _build(request, pk, form)
    if not found.is_done:
        raise Http404
    answer = FileResponse(
        found.result.open("rb"),
        as_attachment=True,
        filename=found.file_name,
        content_type=CONTENT_TYPES[form],
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _build(request: HttpRequest, pk: int, form: str) -> Build:
    report = readable(request, pk)
    if form not in FORMS:
        raise Http404
    return find_build(report, form, actor_of(request).user)
