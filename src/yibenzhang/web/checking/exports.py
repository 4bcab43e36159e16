"""A check to take away: a Word document with comments, or a page of its own."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from yibenzhang.access.scope import get_in_scope
from yibenzhang.checking.models import Check, CheckedArticle
from yibenzhang.checking.outputs.findings import Findings
from yibenzhang.checking.outputs.sheet import sheet
from yibenzhang.checking.outputs.word import annotated
from yibenzhang.checking.results import lines_of, reading_of
from yibenzhang.web.requests import actor_of, needs

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@needs()
def export(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The newest check as `docx` or `html`, as a download."""
    article = get_in_scope(CheckedArticle.objects.select_related("unit"), actor_of(request), by="unit", pk=pk)
    check = article.checks.all()[0]
    if len(check.results) < len(article.reading["claims"]):
        return redirect("checking:progress", article.pk)
    findings = findings_of(article, check)
    if form == "docx":
        original = bytes(article.original) if article.original else None
        return _download(annotated(findings, original), f"{article.title}（核稿批注）.docx", WORD)
    if form == "html":
        return _download(
            sheet(findings).encode(), f"{article.title}（核稿单）.html", "text/html; charset=utf-8"
        )
    raise Http404


def findings_of(article: CheckedArticle, check: Check) -> Findings:
    """A kept check as the outputs need it."""
    reading = reading_of(article.reading)
    return Findings(
        reading=reading,
        unit=article.unit,
        period=article.period,
        position=check.position,
        notes=tuple(article.notes),
        lines=lines_of(reading, check.results),
        at=check.made_at,
    )


def _download(data: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(data, content_type=content_type)
    safe = "".join("_" if char in '\\/:*?"<>|' or char < " " else char for char in name)
    response.headers["Content-Disposition"] = _disposition(safe)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _disposition(name: str) -> str:
    from django.utils.http import content_disposition_header

    return content_disposition_header(True, name) or "attachment"
