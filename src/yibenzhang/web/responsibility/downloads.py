"""A list as an official table in Word, or as a workbook."""

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

from yibenzhang.audit.services import record
from yibenzhang.exchange.sheets import Sheet, write_sheets
from yibenzhang.organisation.queries import today_for
from yibenzhang.responsibility.document import document_of, row_of
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import items_of
from yibenzhang.web.ledger.export import XLSX, provenance
from yibenzhang.web.reports.views import DOCX
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.responsibility.access import readable_list

WIDTHS = [
    ("序号", 6),
    ("事项", 60),
    ("依据", 36),
    ("期限", 12),
    ("责任人", 14),
    ("来源", 24),
    ("进展", 12),
    ("说明", 60),
    ("检查意见", 30),
]


@needs()
@require_GET
def download(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The table with the progress of the book's day."""
    actor = actor_of(request)
    shown = readable_list(actor, pk)
    items = items_of([shown])
    day = today_for(shown.unit or shown.issued_by)
    found = {} if shown.is_draft else assess(items, as_of=day)
    name = shown.title + (f"（{shown.answers}）" if shown.unit else "（草稿）")
    if form == "docx":
        answer = HttpResponse(document_of(shown, items, found, day), content_type=DOCX)
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.docx"
        answer["X-Content-Type-Options"] = "nosniff"
    elif form == "xlsx":
        notes = [("清单", shown.title), ("责任单位", shown.answers), ("印发单位", shown.issued_by.name),
                 ("进展截至", day.isoformat()), *provenance(actor)]  # fmt: skip
        rows = []
        for item in items:
            number, text, basis, _, lead, origin, word = row_of(item, found.get(item.pk))
            progress, review = found.get(item.pk), getattr(item, "review", None)
            rows.append([
                int(number), text, basis, item.current.deadline, lead, origin, word, progress.reason if progress else "",
                review.note if review else "",
            ])  # fmt: skip
        file = write_sheets([Sheet("责任清单", WIDTHS, rows, notes)])
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    else:
        raise Http404
    record(actor=actor.user, verb="responsibility.export", subject=f"{shown.pk} {shown}", note=form)
    return answer
