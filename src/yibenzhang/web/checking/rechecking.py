"""The same article against the ledger as it is now, and what has changed since."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yibenzhang.access.scope import get_in_scope
from yibenzhang.checking.changes import changes_between
from yibenzhang.checking.models import CheckedArticle
from yibenzhang.checking.services import advance, begin_check
from yibenzhang.web.checking.bringing import FIRST_STEP
from yibenzhang.web.requests import actor_of, needs


@require_http_methods(["GET", "POST"])
@needs()
def recheck(request: HttpRequest, pk: int) -> HttpResponseBase:
    """POST checks again at the newest position; GET compares the last two checks."""
    actor = actor_of(request)
    rows = CheckedArticle.objects.select_related("unit").defer("original")
    article = get_in_scope(rows, actor, by="unit", pk=pk)
    if request.method == "POST":
        check = begin_check(article, by=actor.user)
        done = advance(check, seconds=FIRST_STEP)
        return redirect("checking:recheck" if done else "checking:progress", article.pk)
    checks = list(article.checks.select_related("made_by__person")[:2])
    if len(checks[0].results) < len(article.reading["claims"]):
        return redirect("checking:progress", article.pk)
    for check in checks:
        check.article = article
    changes = changes_between(checks[1], checks[0]) if len(checks) > 1 else []
    context = {
        "article": article,
        "later": checks[0],
        "earlier": checks[1] if len(checks) > 1 else None,
        "changes": changes,
        "total": len(article.reading["claims"]),
    }
    return render(request, "checking/recheck.html", context)
