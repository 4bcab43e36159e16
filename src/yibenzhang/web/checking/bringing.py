"""Bringing a text in: read it, keep it, and check it in steps while the page shows how far it is."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from yibenzhang.access.scope import get_in_scope, restrict, units_for
from yibenzhang.checking.article import find_setting
from yibenzhang.checking.limited import read_limited
from yibenzhang.checking.models import Check, CheckedArticle
from yibenzhang.checking.services import advance, keep_article
from yibenzhang.kernel.errors import BookError
from yibenzhang.web.checking.forms import TextForm
from yibenzhang.web.requests import actor_of, needs

# A page answers within this time; what is left is done by the progress page, step by step.
FIRST_STEP, STEP = 1.5, 1.0
RECENT = 6
WORD_FILE = b"PK\x03\x04"


@needs()
def new(request: HttpRequest) -> HttpResponseBase:
    """The form, and beside it what was checked lately."""
    actor = actor_of(request)
    form = TextForm(actor=actor)
    if request.method == "POST":
        form = TextForm(request.POST, request.FILES, actor=actor)
        if form.is_valid():
            try:
                check = _kept(request, form)
            except BookError as error:
                form.add_error(_field(form, error), error.message)
            else:
                return _after_step(check, seconds=FIRST_STEP)
    recent = restrict(CheckedArticle.objects.select_related("unit"), actor, by="unit")
    context = {"form": form, "recent": recent.defer("reading", "original")[:RECENT]}
    return render(request, "checking/new.html", context, status=422 if form.errors else 200)


def _kept(request: HttpRequest, form: TextForm) -> Check:
    given = form.cleaned_data
    file = given["file"]
    data: bytes | str = file.read() if file else given["text"]
    name = file.name if file else ""
    actor = actor_of(request)
    reading = read_limited(data, filename=name or None, person=actor.user.pk)
    setting = find_setting(reading, units=list(units_for(actor)), unit=given["unit"], period=given["period"])
    original = data if isinstance(data, bytes) and data.startswith(WORD_FILE) else None
    return keep_article(reading, setting, by=actor.user, file_name=name, original=original)


def _field(form: TextForm, error: BookError) -> str:
    """Where the message belongs: beside the field it names, else beside the text that was brought."""
    if error.field in form.fields:
        return "file" if error.field == "text" and form.cleaned_data.get("file") else error.field
    return "file" if form.cleaned_data.get("file") else "text"


def _after_step(check: Check, *, seconds: float) -> HttpResponseBase:
    done = advance(check, seconds=seconds)
    return redirect("checking:detail" if done else "checking:progress", check.article_id)


@require_http_methods(["GET", "POST"])
@needs()
def progress(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far the newest check is; each POST does a further step."""
    article = get_in_scope(CheckedArticle.objects.select_related("unit"), actor_of(request), by="unit", pk=pk)
    checks = list(article.checks.all()[:2])
    check = checks[0]
    total = len(article.reading["claims"])
    done = advance(check, seconds=STEP) if request.method == "POST" else len(check.results) >= total
    if done:
        # A second check was asked for to see what has changed.
        target = redirect("checking:recheck" if len(checks) > 1 else "checking:detail", article.pk)
        return HttpResponseClientRedirect(target.url) if request.headers.get("HX-Request") else target
    context = {"article": article, "done": len(check.results), "total": total}
    part = request.headers.get("HX-Request")
    page: HttpResponse = render(
        request, "checking/progress_bar.html" if part else "checking/progress.html", context
    )
    return page
