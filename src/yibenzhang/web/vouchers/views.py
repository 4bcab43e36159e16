"""The voucher's face, and what its preparer may do with it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.ledger.facts import catalogue_for
from yibenzhang.ledger.models import Entry
from yibenzhang.ledger.preview import in_words, preview, sums_of
from yibenzhang.organisation.queries import reviewers_of
from yibenzhang.vouchers.contributors import is_unsent
from yibenzhang.vouchers.evidence import forget_unused
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.queries import editable_by, readable_by, reviewable_by, visible_to, waiting_for
from yibenzhang.vouchers.scrutiny.review import findings_of
from yibenzhang.vouchers.services import discard_draft, withdraw_voucher
from yibenzhang.vouchers.stored import entry_of
from yibenzhang.web.checking.cited import quoted_in
from yibenzhang.web.record.planned import items_behind
from yibenzhang.web.reports.cited import cited_in
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.superior_forms.cited import sent_in
from yibenzhang.web.vouchers.answers import answers_of
from yibenzhang.web.vouchers.effects import effects_for

DONE = {
    "submitted": "已提交审核，审核通过才入账。",
    "withdrawn": "已撤回，可以接着改。",
    "posted": "已审核入账。",
    "returned": "已退回填报人补正。",
    "reversed": "已红字冲销。",
}


@needs()
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One voucher: what it says, what it posts, its evidence and its way."""
    actor = actor_of(request)
    rows = readable_by(actor).select_related("unit", "preparer__person", "on_behalf_of__person", "corrects")
    return face(request, actor, rows.get(pk=pk))


def face(
    request: HttpRequest,
    actor: Actor,
    voucher: Voucher,
    *,
    problem: str = "",
    reason: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a voucher the actor may see, with the actions open to them."""
    catalogue = catalogue_for(voucher)
    entry = entry_of(voucher, catalogue)
    is_host = visible_to(actor).filter(pk=voucher.pk).exists()
    if not is_host:  # a guest of a joint event sees what was done, not who of the host's people was absent
        entry.people = {}
    sums = sums_of(voucher)
    entries = list(voucher.entries.order_by("number").select_related("actor__person"))
    context: dict[str, Any] = {
        "voucher": voucher,
        "answers": answers_of(entry, catalogue)[1:],
        "sums": sums,
        "sentence": in_words(sums),
        "posting": next((row for row in entries if row.kind == Entry.POSTING), None),
        "reversal": next((row for row in entries if row.kind == Entry.REVERSAL), None),
        "trail": list(voucher.trail.select_related("actor__person")),
        "attachments": list(voucher.attachments.order_by("id")) if is_host else [],
        "corrections": list(restrict(voucher.corrections.all(), actor).order_by("id")),
        "effects": effects_for(actor, voucher) if voucher.state == Voucher.State.REVERSED else [],
        "cited": cited_in(actor, voucher) if voucher.state == Voucher.State.REVERSED else [],
        "quoted": quoted_in(actor, voucher) if voucher.state == Voucher.State.REVERSED else [],
        "sent": sent_in(actor, voucher) if voucher.state == Voucher.State.REVERSED else [],
        "planned": items_behind(actor, voucher),
        "done": DONE.get(request.GET.get("done", ""), ""),
        "problem": problem,
        "reason": reason,
    }
    context |= _actions(actor, voucher)
    if voucher.state == Voucher.State.SUBMITTED:
        context["preview"] = preview(entry, voucher=voucher)
        context["reviewers"] = reviewers_of(voucher.unit, voucher.event_date)
        if context["may_decide"] or context["records"]:
            context["findings"] = findings_of(voucher, visible_to(actor))
    return render(request, "vouchers/detail.html", context, status=status)


def _actions(actor: Actor, voucher: Voucher) -> dict[str, Any]:
    records = restrict(Voucher.objects.filter(pk=voucher.pk), actor, Role.PREPARER).exists()
    reviews = reviewable_by(actor).filter(pk=voucher.pk).exists()
    state = voucher.state
    found: dict[str, Any] = {
        "may_edit": records and voucher.is_open,
        "may_discard": records and state == Voucher.State.DRAFT and is_unsent(voucher),
        "may_withdraw": records and state == Voucher.State.SUBMITTED,
        "may_decide": reviews and state == Voucher.State.SUBMITTED,
        "may_reverse": reviews and state == Voucher.State.POSTED,
        "may_correct": records and state == Voucher.State.REVERSED,
        "records": records,
    }
    if reviews:
        waiting = list(waiting_for(actor).values_list("pk", flat=True)[:200])
        found["waiting_total"] = len(waiting)
        place = waiting.index(voucher.pk) if voucher.pk in waiting else -1
        found["place"] = place + 1
        found["before"] = waiting[place - 1] if place > 0 else None
        found["next"] = waiting[place + 1] if place + 1 < len(waiting) else None
    return found


@require_POST
@needs(Role.PREPARER)
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a waiting voucher back to go on editing it."""
    actor = actor_of(request)
    voucher = withdraw_voucher(editable_by(actor, pk), actor=actor.user)
    return redirect(f"{reverse('vouchers:detail', args=[voucher.pk])}?done=withdrawn")


@require_POST
@needs(Role.PREPARER)
def discard(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Delete a draft that was never submitted, with its files."""
    actor = actor_of(request)
    voucher = editable_by(actor, pk)
    digests = list(voucher.attachments.values_list("sha256", flat=True))
    discard_draft(voucher, actor=actor.user)
    forget_unused(digests)
    return redirect("vouchers:list")
