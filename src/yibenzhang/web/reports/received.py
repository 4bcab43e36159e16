"""Received pages: bring one in, the list, and its figures beside our own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yibenzhang.access.scope import get_in_scope, restrict, units_for
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.reports.models import ReceivedPage
from yibenzhang.reports.permissions import receiving_units
from yibenzhang.reports.receiving.beside import (
    AGREES,
    DIFFERS,
    ELSEWHERE,
    UNRECORDED,
    WORDS,
    beside,
    version_here,
)
from yibenzhang.reports.receiving.quoting import name_of
from yibenzhang.reports.receiving.reading import LARGEST
from yibenzhang.reports.receiving.services import receive_page
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.requests import actor_of, needs

LOOKS = {AGREES: "ok", DIFFERS: "bad", UNRECORDED: "none", ELSEWHERE: "na"}


class PageForm(forms.Form):
    """A published page and who receives it."""

    file = forms.FileField(
        label="发布的网页或迎检包",
        allow_empty_file=True,
        help_text=f"下级或兄弟单位从“导出”得到的 .html 或 .zip，不超过 {LARGEST // 1024 // 1024} MB。",
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.zip"}),
        error_messages={"required": "请选择要收的文件。"},
    )
    unit = forms.ChoiceField(label="由谁收下", error_messages={"invalid_choice": "请从列表里选一个单位。"})

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [(unit.code, str(unit)) for unit in units]  # type: ignore[attr-defined]

    def clean_file(self) -> UploadedFile[Any]:
        """The upload; its size is looked at before its bytes are."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                f"文件超过 {LARGEST // 1024 // 1024} MB，不像发布的网页。请检查选的文件。"
            )
        return file


@needs()
@require_http_methods(["GET", "POST"])
def received(request: HttpRequest) -> HttpResponse:
    """Pages the reader's units have received, and the form to bring another."""
    actor = actor_of(request)
    units = receiving_units(actor)
    form = PageForm(request.POST or None, request.FILES or None, units=units) if units else None
    if request.method == "POST" and form is not None and form.is_valid():
        file = form.cleaned_data["file"]
        unit = form.units[form.cleaned_data["unit"]]
        try:
            page = receive_page(file.read(), unit=unit, actor=actor.user, file_name=file.name or "")
        except BookError as error:
            form.add_error("file", error.message)
        else:
            return redirect("reports:received_page", page.pk)
    rows = restrict(ReceivedPage.objects.select_related("unit", "received_by__person"), actor, by="unit")
    context = {"form": form, "page": page_of(rows, page_number(request))}
    return render(request, "reports/received.html", context, status=422 if form and form.errors else 200)


@needs()
@require_GET
def received_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One page: where it comes from, and every figure beside ours."""
    actor = actor_of(request)
    rows = ReceivedPage.objects.select_related("unit", "received_by__person")
    page = get_in_scope(rows, actor, by="unit", pk=pk)
    codes = page.figures.values_list("unit_code", flat=True)
    units = list(units_for(actor).filter(code__in=codes))
    lines = beside(page, units)
    here = version_here(page)
    context = {
        "page": page,
        "lines": [(line, LOOKS[line.state], name_of(line.row)) for line in lines],
        "counts": [
            (LOOKS[state], WORDS[state], count)
            for state in WORDS
            if (count := sum(line.state == state for line in lines))
        ],
        "here": here if here and here.report.unit in units else None,
        "is_known": any(unit.code == page.origin_code for unit in units),
    }
    return render(request, "reports/received_page.html", context)
