"""Writing a draft: begin it, change its head, bring in many items at once, throw it away."""

import tempfile
from pathlib import Path

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yibenzhang.access.scope import Actor, get_in_scope
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.exchange.cells import Cell, text_of
from yibenzhang.exchange.reading import LARGEST, read_workbook
from yibenzhang.exchange.sheets import Sheet, write_sheets
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.responsibility.lines import Pasted, read_rows, read_text
from yibenzhang.responsibility.models import ResponsibilityList
from yibenzhang.responsibility.queries import COMPOSERS
from yibenzhang.responsibility.services import (
    add_lines,
    create_draft,
    discard_draft,
    draft_units,
    save_head,
)
from yibenzhang.responsibility.tiers import receivers_of
from yibenzhang.web.filters import unit_choices
from yibenzhang.web.ledger.export import XLSX
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.responsibility.access import may, must, readable_list
from yibenzhang.web.responsibility.forms import HeadForm, LinesForm, NewListForm
from yibenzhang.web.responsibility.listing import year_asked

TEMPLATE = [("事项", 60), ("依据", 36), ("期限", 16), ("责任人", 16)]


@needs(*COMPOSERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a list: issuer and year are chosen first, since they decide whom it may go to."""
    actor = actor_of(request)
    choices = issuers(actor)
    issuer = _issuer(request, actor, choices)
    year = year_asked(request, actor)
    units = receivers_of(issuer, today_for(issuer))
    initial = {"title": f"{year}年责任清单"}
    form = NewListForm(request.POST or None, initial=initial, issuer=issuer, units=units, year=year)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            draft = create_draft(
                issued_by=issuer, year=year, title=data["title"], recipients=form.chosen_units(), post=data["post"],
                document_number=data["document_number"], lines=data["lines"], actor=actor.user,
            )  # fmt: skip
            return redirect("responsibility:detail", draft.pk)
        except BookError as error:
            show_fault(form, error)
    context = {"form": form, "issuer": issuer, "issuers": choices, "year": year, "years": _years(issuer)}
    return render(request, "responsibility/new.html", context, status=422 if form.errors else 200)


def issuers(actor: Actor) -> list[tuple[str, str]]:
    """(code, indented name) of the Party bodies the actor may draw up lists for."""
    types = current_catalogue().unit_types
    bodies = set(
        Unit.objects.filter(unit_type__in=[code for code, each in types.items() if each.party_body])
        .exclude(unit_type="branch_group")
        .values_list("code", flat=True)
    )
    return [row for row in unit_choices(actor, today_for(actor.home_unit()), *COMPOSERS) if row[0] in bodies]


def _issuer(request: HttpRequest, actor: Actor, choices: list[tuple[str, str]]) -> Unit:
    code = request.GET.get("unit", "")
    if not code:
        own = set(Unit.objects.filter(pk__in=actor.unit_ids(*COMPOSERS)).values_list("code", flat=True))
        named = [each for each, _ in choices]
        code = next((each for each in named if each in own), named[0] if named else "")
    return get_in_scope(
        Unit.objects.filter(code__in=[each for each, _ in choices]), actor, *COMPOSERS, by="self", code=code
    )


def _years(issuer: Unit) -> list[int]:
    year = today_for(issuer).year
    return [year + 1, year, year - 1]


@needs(*COMPOSERS)
@require_http_methods(["GET", "POST"])
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Change title, number, post and recipients of a draft."""
    actor = actor_of(request)
    draft = composable_list(actor, pk)
    issuer = draft.issued_by
    initial = {"title": draft.title, "post": draft.post, "document_number": draft.document_number}
    initial["recipients"] = [unit.code for unit in draft_units(draft)]  # type: ignore[assignment]
    form = HeadForm(
        request.POST or None, initial=initial, issuer=issuer, units=receivers_of(issuer, today_for(issuer))
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            save_head(
                draft, title=data["title"], document_number=data["document_number"], post=data["post"],
                recipients=form.chosen_units(), revision=revision_of(request), actor=actor.user,
            )  # fmt: skip
            return redirect("responsibility:detail", draft.pk)
        except BookError as error:
            show_fault(form, error)
            draft = readable_list(actor, pk)
    context = {"form": form, "shown": draft}
    return render(request, "responsibility/head.html", context, status=422 if form.errors else 200)


@needs(*COMPOSERS)
@require_POST
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Add pasted lines, all or none."""
    actor = actor_of(request)
    draft = composable_list(actor, pk)
    form = LinesForm(request.POST)
    pasted = read_text(request.POST.get("lines", ""), draft.year)
    return _bring_in(request, actor, draft, form, pasted)


@needs(*COMPOSERS)
@require_POST
def bring_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the rows of a workbook, all or none; formulas and merged cells are read as they show."""
    actor = actor_of(request)
    draft = composable_list(actor, pk)
    form = LinesForm({"lines": ""})
    form.errors.clear()  # nothing was typed, and nothing had to be
    file = request.FILES.get("file")
    if file is None or file.size is None or file.size > LARGEST:
        form.add_error("lines", "请选一个 20 MB 以内的 .xlsx 文件。")
        return lines_page(request, draft, form)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        try:
            pages = read_workbook(Path(kept.name))
        except BookError as error:
            form.add_error("lines", error.message)
            return lines_page(request, draft, form)
    rows = [(number, [_text(cell) for cell in cells]) for page in pages[:1] for number, cells in page.rows]
    return _bring_in(request, actor, draft, form, read_rows(rows, draft.year))


def _text(cell: Cell) -> str:
    try:
        return text_of(cell)
    except BookError:
        return ""


def _bring_in(
    request: HttpRequest, actor: Actor, draft: ResponsibilityList, form: LinesForm, pasted: Pasted
) -> HttpResponse:
    if form.is_valid() or pasted.lines or pasted.faults:
        for fault in pasted.faults:
            form.add_error("lines", fault)
        if not pasted.faults and pasted.lines:
            try:
                add_lines(draft, pasted.lines, actor=actor.user)
                return redirect(f"{reverse('responsibility:detail', args=[draft.pk])}#items")
            except BookError as error:
                form.add_error("lines", error.message)
        if not form.errors:
            form.add_error("lines", "没有找到事项。请检查第一列是不是事项。")
    return lines_page(request, draft, form)


def lines_page(request: HttpRequest, draft: ResponsibilityList, form: forms.Form) -> HttpResponse:
    """The box for many lines, with what to change in them."""
    return render(request, "responsibility/lines.html", {"shown": draft, "form": form}, status=422)


@needs(*COMPOSERS)
@require_GET
def template(request: HttpRequest) -> HttpResponseBase:
    """An empty workbook with the columns that can be brought in."""
    year = year_asked(request, actor_of(request))
    sheet = Sheet(
        "清单事项",
        TEMPLATE,
        [
            [
                "（示例，导入前删去）每月开展一次主题党日",
                "《支部工作条例》第十六条",
                f"{year}-12-31",
                "组织委员",
            ]
        ],
    )
    return FileResponse(
        write_sheets([sheet]), as_attachment=True, filename="责任清单事项.xlsx", content_type=XLSX
    )


@needs(*COMPOSERS)
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    actor = actor_of(request)
    discard_draft(composable_list(actor, pk), revision=revision_of(request), actor=actor.user)
    return redirect("responsibility:list")


def composable_list(actor: Actor, pk: int) -> ResponsibilityList:
    """The list, if the actor may write for its issuer; a 404 otherwise."""
    shown = readable_list(actor, pk)
    must(may(actor, shown).compose)
    return shown


def revision_of(request: HttpRequest) -> int:
    """The revision the form was made from; -1, which no list has, when it is missing."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def show_fault(form: forms.Form, error: BookError) -> None:
    """Put a refusal at the field it names, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, error.message)
