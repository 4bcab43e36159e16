"""The list of notices, one of them, and its files."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yibenzhang.access.scope import Actor, restrict
from yibenzhang.indicators.screening import screen
from yibenzhang.notices.files import open_file
from yibenzhang.notices.models import Notice, Recipient
from yibenzhang.notices.permissions import may_issue, may_write, receivable, writes_somewhere
from yibenzhang.notices.queries import WRITING, acting_units, found_in, unread_by, visible_to
from yibenzhang.notices.services import needs_second_person
from yibenzhang.organisation.queries import packs_of
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.requests import actor_of, needs

STATE_KINDS = {"draft": "todo", "review": "wait", "issued": "ok"}


@needs()
@require_GET
def notices_list(request: HttpRequest) -> HttpResponse:
    """Notices the reader may see: received, sent, or still being written; searched by words."""
    actor = actor_of(request)
    boxes = _boxes(actor)
    asked = request.GET.get("box", "")
    filled = (code for code, (_, rows) in boxes.items() if rows.exists())
    box = asked if asked in boxes else next(filled, "in")
    words = request.GET.get("q", "").strip()[:60]
    rows = found_in(boxes[box][1], words) if words else boxes[box][1]
    rows = rows.select_related("unit", "saved_by__person")
    rows = rows.annotate(
        addressed=Count("recipients"),
        received=Count("recipients", filter=Q(recipients__received_on__isnull=False)),
    )
    rows = rows.order_by(F("issued_on").desc(nulls_last=True), "-id")
    context = {
        "page": page_of(rows.defer("text", "search_key"), page_number(request), size=30),
        "box": box,
        "boxes": [(code, name) for code, (name, _) in boxes.items()],
        "q": words,
        "kinds": STATE_KINDS,
        "unread": set(unread_by(actor).values_list("notice_id", flat=True)),
        "may_write": actor.has("preparer") and writes_somewhere(actor),
    }
    return render(request, "notices/list.html", context)


def _boxes(actor: Actor) -> dict[str, tuple[str, QuerySet[Notice]]]:
    """The boxes a reader has, each with its rows, the newest first."""
    rows = visible_to(actor)
    addressed = restrict(Recipient.objects.all(), actor, by="unit").values("notice_id")
    acting = acting_units(actor, *WRITING)
    issued = rows.filter(state=Notice.State.ISSUED)
    boxes = {"in": ("收到的", issued.filter(pk__in=addressed).exclude(unit_id__in=acting))}
    if acting:
        boxes["out"] = ("发出的", issued.filter(unit_id__in=acting))
        boxes["open"] = ("草稿和待签发", rows.exclude(state=Notice.State.ISSUED))
    elif actor.has("reader", "administrator"):
        boxes["in"] = ("全部", issued)
    return boxes


@needs()
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice: what it says, one tap to receive it, and for its sender who has received it when."""
    actor = actor_of(request)
    notice = visible_to(actor).select_related("unit", "issued_by__person", "saved_by__person").get(pk=pk)
    return render(request, "notices/detail.html", context_of(notice, actor))


def context_of(notice: Notice, actor: Actor) -> dict[str, Any]:
    """Context of `notices/detail.html`."""
    found = screen(f"{notice.title}\n{notice.purpose}\n{notice.text}", packs=packs_of(notice.unit))
    sends = may_write(actor, notice.unit) or may_issue(actor, notice.unit)
    rows = notice.recipients.select_related("unit", "received_by__person")
    seen = list(restrict(rows, actor, by="unit"))
    receiving = receivable(actor, [row.unit_id for row in seen])
    mine = [row for row in seen if row.unit_id in receiving]
    shown = list(rows) if sends else seen
    return {
        "notice": notice,
        "state_kind": STATE_KINDS[notice.state],
        "mine": mine if not notice.is_open else [],
        "recipients": shown,
        "received": sum(row.received_on is not None for row in shown),
        "files": notice.files.all(),
        "known": found.known,
        "hints": found.hints if notice.is_open else [],
        "sends": sends,
        "may_write": may_write(actor, notice.unit),
        "may_issue": may_issue(actor, notice.unit),
        "refusal": needs_second_person(notice, actor.user),
    }


@needs()
@require_GET
def download(request: HttpRequest, pk: int, key: int) -> FileResponse:
    """A file of a notice the reader may see; always a download, never shown inside a page."""
    file = visible_to(actor_of(request)).get(pk=pk).files.get(pk=key)
    response = FileResponse(
        open_file(file), as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
