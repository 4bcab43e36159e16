"""Checked articles: the list, the page of one, and decisions on its figures."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from yibenzhang.access.scope import get_in_scope, restrict
from yibenzhang.checking.changes import reversed_since
from yibenzhang.checking.marking import counts
from yibenzhang.checking.models import Check, CheckedArticle
from yibenzhang.checking.results import lines_of, reading_of
from yibenzhang.checking.rulings import rule
from yibenzhang.kernel.errors import BookError
from yibenzhang.web.checking.panel import may_rule, panel
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.requests import actor_of, needs

PAGE = 20


@needs()
def articles(request: HttpRequest) -> HttpResponse:
    """Articles checked in the reader's units, newest first, with what has moved under them since."""
    rows = restrict(
        CheckedArticle.objects.select_related("unit", "brought_by__person"), actor_of(request), by="unit"
    )
    page = page_of(rows.defer("original"), page_number(request), size=PAGE)
    newest: dict[int, Check] = {}
    checks = Check.objects.filter(article__in=[article.pk for article in page.rows])
    for check in checks.order_by("id"):
        newest[check.article_id] = check
    for article in page.rows:
        newest[article.pk].article = article
    moved = reversed_since(list(newest.values()))
    lines = [
        {
            "article": article,
            "check": newest[article.pk],
            "counts": counts(lines_of(reading_of(article.reading), newest[article.pk].results)),
            "touched": len(moved[newest[article.pk].pk]),
        }
        for article in page.rows
    ]
    return render(request, "checking/list.html", {"page": page, "lines": lines})


@needs()
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The article beside its figures; `?c=` selects one, `?v=` filters by verdict."""
    article = _article(request, pk)
    check = article.checks.all()[0]
    if len(check.results) < len(article.reading["claims"]):
        return redirect("checking:progress", article.pk)
    return _page(request, article, check)


def _page(
    request: HttpRequest,
    article: CheckedArticle,
    check: Check,
    *,
    claim: str = "",
    error: BookError | None = None,
) -> HttpResponse:
    check.article = article
    asked = {"c": claim or request.GET.get("c", ""), "v": request.GET.get("v", "")}
    context = panel(article, check, actor_of(request), asked=asked, touched=reversed_since([check])[check.pk])
    context |= {"error": error, "typed": request.POST if error else {}}
    return render(request, "checking/detail.html", context, status=422 if error else 200)


@require_POST
@needs()
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Confirm, re-match or dismiss one figure."""
    article = _article(request, pk)
    if not may_rule(article, actor_of(request)):
        raise Http404
    check, post = article.checks.all()[0], request.POST
    claim = post.get("claim", "")
    try:
        rule(
            check,
            claim,
            act=post.get("act", ""),
            by=actor_of(request).user,
            note=post.get("note", ""),
            indicator=post.get("indicator", ""),
            programme=post.get("programme", ""),
        )
    except BookError as error:
        return _page(request, article, check, claim=claim, error=error)
    query = urlencode({"c": claim, "v": post.get("v", "")})
    return redirect(f"{reverse('checking:detail', args=[article.pk])}?{query}")


def _article(request: HttpRequest, pk: int) -> CheckedArticle:
    rows = CheckedArticle.objects.select_related("unit", "brought_by__person").defer("original")
    return get_in_scope(rows, actor_of(request), by="unit", pk=pk)
