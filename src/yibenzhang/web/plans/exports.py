"""A plan as a workbook: its own columns, so that it can be brought in again, with what was done beside them."""

from collections.abc import Iterator

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from yibenzhang.audit.services import record
from yibenzhang.exchange.sheets import Sheet, write_sheets
from yibenzhang.organisation.queries import today_for
from yibenzhang.plans.columns import COLUMNS
from yibenzhang.plans.models import Plan
from yibenzhang.plans.permissions import may_issue, may_write
from yibenzhang.plans.queries import items_of
from yibenzhang.plans.rows import Row, row_of
from yibenzhang.plans.standing import ItemStanding, standings, unplanned
from yibenzhang.web.ledger.export import XLSX, masked
from yibenzhang.web.plans.access import readable
from yibenzhang.web.plans.document import document_of
from yibenzhang.web.requests import actor_of, needs

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DONE_COLUMNS = [("状态", 10), ("凭证", 14), ("办结日期", 12), ("说明", 40)]


@needs()
@require_GET
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse | FileResponse:
    """The plan as .xlsx, or as an official table in .docx."""
    plan, actor = readable(request, pk), actor_of(request)
    clear = may_write(actor, plan.unit) or may_issue(actor, plan.unit)
    found = standings(items_of(plan), today_for(plan.unit))
    rows = [(each, _row(each, clear=clear)) for each in found]
    record(actor=actor.user, verb="plan.export", subject=f"{plan.pk} {plan}", note=form)
    name = plan.title + ("（草稿）" if plan.is_draft else "")
    if form == "xlsx":
        file = write_sheets(_sheets(plan, rows))
        return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    if form == "docx":
        answer = HttpResponse(document_of(plan, rows), content_type=DOCX)
        answer["Content-Disposition"] = content_disposition_header(True, f"{name}.docx") or ""
        return answer
    raise Http404


def _row(each: ItemStanding, *, clear: bool) -> Row:
    row = row_of(each.item)
    if row.get("people") and not clear:
        row["people"] = "、".join(masked(name, clear=False) for name in row["people"].split("、"))
    return row


def explained(each: ItemStanding) -> str:
    """What the state leaves open: when it was done against the plan, and the last amendment with its reason."""
    parts = [each.shift]
    if each.amendment is not None:
        parts.append(f"{each.amendment.day}{each.amendment.get_act_display()}：{each.amendment.reason}")
    return "；".join(part for part in parts if part)


def _sheets(plan: Plan, rows: list[tuple[ItemStanding, Row]]) -> Iterator[Sheet]:
    columns = COLUMNS[plan.sort]
    heads = [("序号", 6), *((column.heading, column.width) for column in columns)]
    done = [] if plan.is_draft else DONE_COLUMNS
    yield Sheet(plan.get_sort_display(), [*heads, *done], _lines(plan, rows))
    outside = unplanned(plan)
    if outside:
        listed = ([v.number, v.event_date, v.title, str(v.unit), v.kind_name] for v in outside)
        widths = [("凭证号", 14), ("日期", 12), ("摘要", 44), ("单位", 20), ("种类", 16)]
        yield Sheet("计划外", widths, listed)


def _lines(plan: Plan, rows: list[tuple[ItemStanding, Row]]) -> Iterator[list[object]]:
    for each, row in rows:
        line: list[object] = [each.item.number, *(row[column.code] for column in COLUMNS[plan.sort])]
        if not plan.is_draft:
            voucher = each.fulfilled_by
            day = voucher.event_date if voucher else None
            line += [each.word, voucher.number if voucher else "", day, explained(each)]
        yield line
