"""The recorder's word on a fact that the reviewer will see."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Role
from yibenzhang.kernel.errors import BookError
from yibenzhang.vouchers.queries import editable_by, reviewable_by, visible_to
from yibenzhang.vouchers.scrutiny.review import explain
from yibenzhang.web.requests import actor_of, needs


@require_POST
@needs(Role.PREPARER)
def explain_finding(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put an explanation on the trail of a voucher that waits."""
    actor = actor_of(request)
    voucher = editable_by(actor, pk)
    if reviewable_by(actor).filter(pk=pk).exists():
        raise BookError("审核人不能替填报人说明，请填报人说明，或退回补正。")
    explain(
        voucher, fact=request.POST.get("fact", ""), note=request.POST.get("note", ""), known=visible_to(actor),
        actor=actor.user,
    )  # fmt: skip
    return redirect("vouchers:detail", pk)
