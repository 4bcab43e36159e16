"""Review (审核): what waits, approval of one or of a selection, return with a reason."""

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Role
from yibenzhang.kernel.errors import BookError
from yibenzhang.ledger.models import Entry
from yibenzhang.ledger.preview import in_words, sums_of
from yibenzhang.ledger.services import post_each, post_voucher
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.queries import reviewable_by, waiting_for
from yibenzhang.vouchers.services import VoucherStateError, return_voucher
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.record.typed import keys_of
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.vouchers.views import face

CONTENT = ("people", "matters", "programmes", "participants", "attachments")

READ = re.compile(r"(?P<key>[0-9]{1,18})\.(?P<revision>[0-9]{1,9})")  # a row the reviewer had on the page


@dataclass(frozen=True)
class Waiting:
    """A voucher that waits, with what it would post and for how long it has waited (days of the book)."""

    voucher: Voucher
    sentence: str
    days: int
    files: int


@needs(Role.APPROVER)
def review(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer, oldest first; a ticked selection is posted voucher by voucher."""
    actor = actor_of(request)
    done: list[Entry] = []
    failed: list[tuple[str, str]] = []
    if request.method == "POST":
        done, failed = _approve_selection(request)
    rows = waiting_for(actor).select_related("unit", "preparer__person").prefetch_related(*CONTENT)
    page = page_of(rows, page_number(request))
    today = today_for(actor.home_unit())
    context = {
        "page": page,
        "waiting": [
            Waiting(
                voucher, in_words(sums_of(voucher)), (today - voucher.recorded_on).days,
                len(voucher.attachments.all()),
            )
            for voucher in page.rows
        ],
        "done": done,
        "failed": failed,
        "asked_nothing": request.method == "POST" and not done and not failed,
    }  # fmt: skip
    return render(request, "vouchers/review.html", context)


def _approve_selection(request: HttpRequest) -> tuple[list[Entry], list[tuple[str, str]]]:
    actor = actor_of(request)
    keys = keys_of(request.POST.getlist("voucher"))
    rows = reviewable_by(actor).filter(pk__in=keys).order_by("submitted_at", "id")
    vouchers = list(rows.prefetch_related(*CONTENT).select_related("unit"))
    done, failed = post_each(vouchers, actor=actor.user, revisions=_revisions_read(request))
    words = [(f"{voucher.number} {voucher.title}", reason) for voucher, reason in failed]
    missing = len(set(keys)) - len(vouchers)
    if missing:
        words.append((f"另有 {missing} 笔", "不在您的审核范围内，没有办理。"))
    return done, words


def _revisions_read(request: HttpRequest) -> dict[int, int]:
    """Key → revision of what the page showed; each row says it as `key.revision`."""
    found = (READ.fullmatch(text) for text in request.POST.getlist("read"))
    return {int(match["key"]): int(match["revision"]) for match in found if match}


@require_POST
@needs(Role.APPROVER)
def decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve (and so post) or return one voucher."""
    actor = actor_of(request)
    voucher = reviewable_by(actor).select_related("unit").get(pk=pk)
    reason = request.POST.get("reason", "")[:4000]
    try:
        match request.POST.get("decision", ""):
            case "approve":
                seen = request.POST.get("revision", "")
                post_voucher(voucher, actor=actor.user, revision=int(seen) if seen.isdecimal() else None)
                done = "posted"
            case "return":
                return_voucher(voucher, actor=actor.user, reason=reason)
                done = "returned"
            case _:
                raise BookError("请选通过或退回补正。", field="decision")
    except VoucherStateError:
        raise
    except BookError as error:
        voucher.refresh_from_db()
        return face(request, actor, voucher, problem=error.message, reason=reason, status=400)
    return redirect(f"{reverse('vouchers:detail', args=[voucher.pk])}?done={done}")
