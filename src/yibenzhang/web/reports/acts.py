"""What is done with one click: to a number of the text, and to the report as a whole."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yibenzhang.reports import edits, services
from yibenzhang.reports.models import Report
from yibenzhang.reports.queries import composed
from yibenzhang.web.reports.access import issuable, writable
from yibenzhang.web.requests import actor_of, needs

REPORT_ACTS: dict[str, Callable[..., Report]] = {
    "submit": services.submit_report,
    "return": services.return_report,
    "reopen": services.reopen_report,
    "accept": services.accept_changes,
    "roll": services.roll_forward,
}

FIGURE_ACTS: dict[str, Callable[..., Report]] = {
    "accept": edits.accept,
    "keep": edits.keep,
    "unlink": edits.unlink,
}


@needs("preparer")
@require_POST
def figure_act(request: HttpRequest, pk: int, number: int, act: str) -> HttpResponse:
    """Accept, keep, link, unlink or declare one number; the desk opens on it again."""
    report = writable(request, pk)
    sent, user = request.POST, actor_of(request).user
    revision = int(sent.get("revision", "0")) if sent.get("revision", "0").isdecimal() else 0
    if act in FIGURE_ACTS:
        FIGURE_ACTS[act](report, number, revision=revision, actor=user)
    elif act == "declare":
        reason, source = sent.get("reason", ""), sent.get("source", "")
        edits.declare(report, number, reason=reason, source=source, revision=revision, actor=user)
    elif act == "link":
        code, programme = sent.get("indicator", ""), sent.get("programme", "")
        edits.link(report, number, indicator=code, programme=programme, revision=revision, actor=user)
    else:
        raise Http404
    return redirect(f"{reverse('reports:detail', args=[report.pk])}?f={number}#f{number}")


@needs("preparer")
@require_POST
def report_act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Send for review, take back, write another version, accept all new values, roll forward."""
    report = writable(request, pk)
    if act not in REPORT_ACTS:
        raise Http404
    changed = REPORT_ACTS[act](report, actor=actor_of(request).user)
    return redirect("reports:detail", changed.pk)


@needs("approver")
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm and freeze (定稿); the page says beforehand what will be frozen and what is left to do."""
    report, user = issuable(request, pk), actor_of(request).user
    if request.method == "POST":
        services.issue_report(report, actor=user)
        return redirect("reports:detail", report.pk)
    text = composed(report)
    refusal = services.needs_second_person(report, user)
    context = {"report": report, "text": text, "counts": text.counts, "refusal": refusal}
    return render(request, "reports/issue.html", context)
