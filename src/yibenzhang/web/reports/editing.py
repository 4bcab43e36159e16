"""Editing the words: one text with numbered brackets, saved on the revision it was opened at, autosaved by script."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yibenzhang.access.scope import restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import LineageMember
from yibenzhang.organisation.queries import children_on, packs_of
from yibenzhang.reports.charts import ways_offered
from yibenzhang.reports.display import written
from yibenzhang.reports.material import material_for, pictures_for
from yibenzhang.reports.models import Report
from yibenzhang.reports.queries import composed, evaluator_of
from yibenzhang.reports.receiving.beside import quotable_by
from yibenzhang.reports.receiving.quoting import matching, name_of
from yibenzhang.reports.services import ReportConflictError, save_report
from yibenzhang.reports.tokens import FigureToken
from yibenzhang.reports.wording import Dictionary, for_comparing, for_editing, stored
from yibenzhang.vouchers.models import Voucher
from yibenzhang.web.reports.access import writable
from yibenzhang.web.reports.desk import frame
from yibenzhang.web.requests import actor_of, needs

MOST_FOUND = 12


@needs("preparer")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text to change; a refused save shows what was typed, and the other's text when somebody was quicker."""
    report = writable(request, pk)
    if request.method == "POST":
        return _save(request, report)
    if not report.is_open:
        return redirect("reports:detail", report.pk)
    return _page(request, report, {"typed": for_editing(composed(report)), "base": report.text})


def _save(request: HttpRequest, report: Report) -> HttpResponse:
    """Save; numbers in brackets mean the figures of `base`, the text the form was opened with."""
    sent = request.POST
    quiet = bool(sent.get("quiet"))
    typed, base = sent.get("text", ""), sent.get("base", "")
    context = {"typed": typed, "base": base}
    try:
        text = stored(typed, base, dictionary_of(report))
        fields = {key: sent.get(key, "") for key in ("title", "source", "editor", "contributor")}
        revision = _number(sent.get("revision"))
        saved = save_report(report, text=text, revision=revision, actor=actor_of(request).user, **fields)
    except ReportConflictError as error:
        theirs = error.theirs
        shown = for_comparing(composed(theirs), current_catalogue())
        context |= {"message": error.message, "theirs": shown}
        report, status = theirs, 409
    except BookError as error:
        context |= {"message": error.message}
        status = 422
    else:
        if not quiet:
            return redirect("reports:detail", saved.pk)
        report, status = saved, 200
    if quiet:
        return render(request, "reports/autosaved.html", {"report": report, **context})
    return _page(request, report, context, status=status)


def _page(request: HttpRequest, report: Report, form: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {**frame(report, composed(report), actor_of(request)), **form}
    context["structure"] = current_catalogue().report_structures.get(report.structure)
    return render(request, "reports/edit.html", context, status=status)


@needs("preparer")
@require_GET
def indicators(request: HttpRequest, pk: int) -> HttpResponse:
    """Indicators found by name or pinyin, each with its present value and the words to put into the text."""
    report = writable(request, pk)
    asked = request.GET.get("q", "").strip()[:40]
    found = dictionary_of(report).found(asked)[:MOST_FOUND] if asked else []
    evaluator = evaluator_of(report)
    above = children_on(report.unit, evaluator.today).exists()
    rows = []
    for indicator in found:
        for programme in ["", *_planned(indicator.code, packs_of(report.unit))]:
            token = FigureToken(indicator.code, programme=programme)
            answer = evaluator.answer(token)
            if programme and answer.value is None:
                continue
            shown = written(token, indicator, answer.value) if answer.value is not None else ""
            name = current_catalogue().programme(programme).name if programme else ""
            row = {"indicator": indicator, "programme": programme, "programme_name": name, "shown": shown}
            rows.append({**row, "charts": ways_offered(indicator, has_children=above) if shown else []})
    quotable = matching(asked, quotable_by(report.unit))[:MOST_FOUND] if asked else []
    context = {"rows": rows, "q": asked, "quotable": [(row, name_of(row)) for row in quotable]}
    return render(request, "reports/found.html", {**context, "report": report})


@needs("preparer")
@require_GET
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """Records that belong to one section of the structure, best first, to be cited with one click."""
    report = writable(request, pk)
    structure = current_catalogue().report_structure(report.structure)
    number = _number(request.GET.get("section"))
    if number >= len(structure.sections):
        raise Http404
    section = structure.sections[number]
    lines = LineageMember.objects.filter(ancestor=report.unit).values("lineage_id")
    visible = restrict(Voucher.objects.filter(lineage_id__in=lines), actor_of(request))
    context = {
        "report": report,
        "vouchers": material_for(section, report.span, visible),
        "pictures": pictures_for(section, report.span, visible),
    }
    return render(request, "reports/material.html", context)


def _planned(code: str, packs: list[str]) -> list[str]:
    """Programmes of these packs whose plan has the indicator."""
    catalogue = current_catalogue()
    return [
        programme.code
        for programme in catalogue.programmes.values()
        if catalogue.home[("programmes", programme.code)] in packs
        and any(line.indicator == code for line in programme.plan)
    ]


def dictionary_of(report: Report) -> Dictionary:
    """What names in brackets may mean in this report."""
    packs, received = tuple(packs_of(report.unit)), tuple(quotable_by(report.unit))
    return Dictionary(current_catalogue(), packs, evaluator_of(report), received)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
