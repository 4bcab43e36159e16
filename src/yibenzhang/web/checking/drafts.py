"""有稿无证: the figures without records, and starting a draft voucher for one of them."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, get_in_scope, recording_units
from yibenzhang.checking.drafts import Guess, day_for, guesses, start_draft, title_for
from yibenzhang.checking.models import CheckedArticle
from yibenzhang.checking.results import Line, lines_of, reading_of
from yibenzhang.checking.services import newest_rulings
from yibenzhang.checking.verdicts import NO_RECORD
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import units_below
from yibenzhang.vouchers.models import Voucher
from yibenzhang.web.requests import actor_of, needs


class DraftForm(forms.Form):
    """Kind, unit, title and day of the draft; everything else is asked by the record's own form."""

    kind = forms.ChoiceField(label="记成哪种凭证")
    unit = forms.ChoiceField(label="由哪个单位记")
    title = forms.CharField(label="标题", max_length=120)
    day = forms.DateField(
        label="日期",
        help_text="文中没写明日子的，请改成实际开展的日期。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, kinds: list[Guess], units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("kind", [(guess.kind.code, guess.kind.name) for guess in kinds]),
            ("unit", [(unit.code, unit.name) for unit in units]),
        ):
            cast(forms.ChoiceField, self.fields[name]).choices = choices


@needs(Role.PREPARER)
def unrecorded(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures of the article the ledger has no record of, each with the drafts already started."""
    article = _article(request, pk)
    settled = newest_rulings(article)
    found = [line for line in _lines(article) if line.verdict == NO_RECORD and line.claim.id not in settled]
    started = Voucher.objects.filter(source__startswith=f"有稿无证：据《{article.title[:60]}》第 ")
    by_number: dict[int, Voucher] = {}
    for voucher in started.filter(unit__in=recording_units(actor_of(request))):
        by_number[int(voucher.source.split("》第 ")[1].split(" ")[0])] = voucher
    below = units_below([article.unit_id]).values("pk")
    types = set(recording_units(actor_of(request)).filter(pk__in=below).values_list("unit_type", flat=True))
    lines = []
    for line in found:
        kinds = guesses(line, article.unit)
        may_start = any(types & set(guess.kind.recorded_by) for guess in kinds)
        begun = by_number.get(line.number)
        lines.append({"line": line, "guesses": kinds, "may_start": may_start, "voucher": begun})
    return render(request, "checking/unrecorded.html", {"article": article, "lines": lines})


@require_http_methods(["GET", "POST"])
@needs(Role.PREPARER)
def start(request: HttpRequest, pk: int, claim: str) -> HttpResponseBase:
    """Ask for kind, unit, title and day; then the draft opens in the record's own form."""
    article = _article(request, pk)
    line = next((each for each in _lines(article) if each.claim.id == claim), None)
    if line is None:
        raise Http404
    kinds = guesses(line, article.unit)
    units = _units(actor_of(request), article, kinds)
    if not units:
        raise BookError("您没有可以记这类凭证的单位，请由承办单位的填报人补记。")
    initial = {"title": title_for(line), "day": day_for(article, units[0]), "unit": units[0].code}
    form = DraftForm(request.POST or None, initial=initial, kinds=kinds, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            voucher = _started(request, article, line, form, kinds, units)
        except BookError as error:
            form.add_error(None, error.message)
        else:
            return redirect("record:edit", voucher.pk)
    context = {"article": article, "line": line, "form": form}
    return render(request, "checking/start.html", context, status=422 if form.errors else 200)


def _started(
    request: HttpRequest,
    article: CheckedArticle,
    line: Line,
    form: DraftForm,
    kinds: list[Guess],
    units: list[Unit],
) -> Voucher:
    given = form.cleaned_data
    return start_draft(
        article,
        line,
        guess=next(guess for guess in kinds if guess.kind.code == given["kind"]),
        unit=next(unit for unit in units if unit.code == given["unit"]),
        title=given["title"],
        day=given["day"],
        by=actor_of(request).user,
    )


def _units(actor: Actor, article: CheckedArticle, kinds: list[Guess]) -> list[Unit]:
    """Units below the article's that the actor records for and that may record one of the kinds."""
    types = {unit_type for guess in kinds for unit_type in guess.kind.recorded_by}
    below = units_below([article.unit_id]).values("pk")
    return list(recording_units(actor).filter(pk__in=below, unit_type__in=types, abolished_on=None))


def _lines(article: CheckedArticle) -> list[Line]:
    return lines_of(reading_of(article.reading), article.checks.all()[0].results)


def _article(request: HttpRequest, pk: int) -> CheckedArticle:
    rows = CheckedArticle.objects.select_related("unit").defer("original")
    return get_in_scope(rows, actor_of(request), by="unit", pk=pk)
