"""Bringing rows into a draft: lines pasted from a table, or a workbook; the template shows the columns."""

import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from yibenzhang.access.models import Role
from yibenzhang.exchange.cells import text_of
from yibenzhang.exchange.reading import read_workbook
from yibenzhang.exchange.sheets import Sheet, write_sheets
from yibenzhang.kernel.errors import BookError
from yibenzhang.plans.columns import COLUMNS
from yibenzhang.plans.models import Plan
from yibenzhang.plans.names import Names
from yibenzhang.plans.queries import items_of
from yibenzhang.plans.rows import Row, draft_of, is_blank, read_rows
from yibenzhang.plans.services import save_plan
from yibenzhang.plans.tables import rows_in
from yibenzhang.web.ledger.export import XLSX
from yibenzhang.web.plans.access import writable
from yibenzhang.web.plans.detail import frame
from yibenzhang.web.requests import actor_of, needs

LONGEST_PASTE = 200_000


@needs(Role.PREPARER)
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Add rows to a draft from pasted lines or a workbook; nothing is taken when a row has a fault."""
    plan = writable(request, pk)
    if not plan.is_draft:
        return redirect("plans:detail", plan.pk)
    context = frame(plan, actor_of(request)) | {"columns": COLUMNS[plan.sort], "pasted": ""}
    if request.method == "GET":
        return render(request, "plans/import.html", context)
    pasted = request.POST.get("pasted", "")[:LONGEST_PASTE]
    try:
        rows = _uploaded(request, plan) or rows_in(_lines(pasted), plan.sort)
        if all(is_blank(row) for _, row in rows):
            raise BookError("没有读到内容，请粘贴表格里的几行，或选一个 .xlsx 文件。", field="pasted")
        _append(request, plan, rows)
    except BookError as error:
        faults = getattr(error, "faults", [])
        context |= {"pasted": pasted, "message": "" if faults else error.message, "faults": faults}
        return render(request, "plans/import.html", context, status=422)
    return redirect("plans:edit", plan.pk)


def _append(request: HttpRequest, plan: Plan, rows: list[tuple[int, Row]]) -> None:
    actor = actor_of(request)
    names = Names(plan.unit, actor)
    added = read_rows(rows, sort=plan.sort, year=plan.year, names=names)
    kept = [draft_of(item) for item in items_of(plan)]
    save_plan(
        plan, drafts=[*kept, *added], revision=plan.revision, actor=actor.user,
        document_number=plan.document_number,
    )  # fmt: skip


def _lines(pasted: str) -> list[tuple[int, list[str]]]:
    lines = pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [(number, line.split("\t")) for number, line in enumerate(lines, start=1)]


def _uploaded(request: HttpRequest, plan: Plan) -> list[tuple[int, Row]]:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.xlsx"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        pages = read_workbook(path)
    cells = [(number, [text_of(cell) for cell in row]) for page in pages[:1] for number, row in page.rows]
    return rows_in(cells, plan.sort)


@needs(Role.PREPARER)
@require_GET
def template(request: HttpRequest, pk: int) -> FileResponse:
    """A blank workbook with the plan's columns."""
    plan = writable(request, pk)
    columns = [(column.heading, column.width) for column in COLUMNS[plan.sort]]
    file = write_sheets([Sheet(plan.get_sort_display(), columns, [])])
    name = f"{plan.get_sort_display()}模板.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
