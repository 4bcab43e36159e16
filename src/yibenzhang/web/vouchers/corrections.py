"""Correcting the books (更正): reverse in red with a reason, then record anew; both vouchers know each other."""

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse as url_of
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Role
from yibenzhang.ledger.preview import sums_of
from yibenzhang.ledger.services import PostingError, reverse_voucher
from yibenzhang.plans.services import carry_links
from yibenzhang.vouchers.evidence import carry_over
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.queries import editable_by, reviewable_by
from yibenzhang.vouchers.services import VoucherStateError, save_draft
from yibenzhang.vouchers.stored import entry_of
from yibenzhang.web.checking.cited import quoted_in
from yibenzhang.web.reports.cited import cited_in
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.superior_forms.cited import sent_in
from yibenzhang.web.vouchers.effects import effects_for


@needs(Role.APPROVER)
def reverse(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask for the reason and show every figure that will move; then reverse."""
    actor = actor_of(request)
    voucher = reviewable_by(actor).select_related("unit").get(pk=pk)
    problem, reason = "", request.POST.get("reason", "")[:4000]
    if request.method == "POST":
        try:
            reverse_voucher(voucher, actor=actor.user, reason=reason)
            return redirect(f"{url_of('vouchers:detail', args=[voucher.pk])}?done=reversed")
        except PostingError as error:
            problem = error.message
    if voucher.state != Voucher.State.POSTED:
        raise VoucherStateError("这笔凭证未入账或已冲销，请刷新查看。")
    context = {
        "voucher": voucher,
        "sums": sums_of(voucher),
        "effects": effects_for(actor, voucher),
        "cited": cited_in(actor, voucher),
        "quoted": quoted_in(actor, voucher),
        "sent": sent_in(actor, voucher),
        "problem": problem,
        "reason": reason,
    }
    return render(request, "vouchers/reverse.html", context, status=400 if problem else 200)


@require_POST
@needs(Role.PREPARER)
def correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Start the record that replaces a reversed voucher: its answers and evidence are carried over, to be corrected."""
    actor = actor_of(request)
    voucher = editable_by(actor, pk)
    if voucher.state != Voucher.State.REVERSED:
        raise VoucherStateError("已入账的凭证要先由审核人红字冲销，才能更正重记。")
    with transaction.atomic():
        Voucher.objects.select_for_update().get(pk=voucher.pk)
        started = voucher.corrections.exclude(state=Voucher.State.REVERSED).first()
        if started is None:
            started = save_draft(entry_of(voucher), preparer=actor.user, corrects=voucher)
            carry_over(voucher, started)
            carry_links(voucher, started, actor=actor.user)
    if started.is_open:
        return redirect("record:edit", started.pk)
    return redirect("vouchers:detail", started.pk)
