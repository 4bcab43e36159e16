"""Acts on a follow-up, one URL each; a refusal shows the page again with what was written."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yibenzhang.access.scope import Actor
from yibenzhang.followups import services
from yibenzhang.followups.gaps import duty_of
from yibenzhang.followups.models import FollowUp
from yibenzhang.followups.permissions import manages, may_answer
from yibenzhang.followups.queries import visible_to
from yibenzhang.followups.vouchers import fitting
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.queries import readable_by
from yibenzhang.web.followups.detail import desk
from yibenzhang.web.followups.forms import AnswerForm, CloseForm, WithdrawForm
from yibenzhang.web.requests import actor_of, needs

Allowed = Callable[[Actor, FollowUp], bool]


@require_POST
@needs()
def remind(request: HttpRequest, pk: int) -> HttpResponse | HttpResponseBase:
    """Bring the matter up again (催办)."""
    actor, follow_up = _reached(request, pk, manages)
    try:
        services.remind(follow_up, actor=actor)
    except BookError as error:
        return desk(request, actor, follow_up, problem=error.message)
    return redirect("followups:detail", pk)


@require_POST
@needs()
def answer(request: HttpRequest, pk: int) -> HttpResponse | HttpResponseBase:
    """Say what was done (回复)."""
    actor, follow_up = _reached(request, pk, may_answer)
    form = AnswerForm(request.POST, vouchers=_offered(actor, follow_up), prefix="answer")
    return _carry_out(request, actor, follow_up, form, services.answer)


@require_POST
@needs()
def close(request: HttpRequest, pk: int) -> HttpResponse | HttpResponseBase:
    """Close by a voucher or a reason (办结); the unit itself where the ledger shows the matter as settled."""
    actor, follow_up = _reached(request, pk, lambda who, what: manages(who, what) or may_answer(who, what))
    form = CloseForm(request.POST, vouchers=_offered(actor, follow_up), prefix="close")
    return _carry_out(request, actor, follow_up, form, services.close)


@require_POST
@needs()
def withdraw(request: HttpRequest, pk: int) -> HttpResponse | HttpResponseBase:
    """Take the follow-up back (撤回)."""
    actor, follow_up = _reached(request, pk, manages)
    form = WithdrawForm(request.POST, prefix="withdraw")
    return _carry_out(request, actor, follow_up, form, services.withdraw)


def _reached(request: HttpRequest, pk: int, allowed: Allowed) -> tuple[Actor, FollowUp]:
    """The follow-up, when the reader may act on it; 404 exactly as for one that is not there."""
    actor = actor_of(request)
    follow_up = visible_to(actor).get(pk=pk)
    if not allowed(actor, follow_up):
        raise Http404
    return actor, follow_up


def _offered(actor: Actor, follow_up: FollowUp) -> list[Any]:
    return fitting(follow_up, duty_of(follow_up, today_for(follow_up.unit)), readable_by(actor))


def _carry_out(
    request: HttpRequest, actor: Actor, follow_up: FollowUp, form: forms.Form, act: Callable[..., Any]
) -> HttpResponse | HttpResponseBase:
    if form.is_valid():
        try:
            act(follow_up, actor=actor, **form.cleaned_data)
        except BookError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            return redirect("followups:detail", follow_up.pk)
    return desk(request, actor, follow_up, refused={f"{form.prefix}_form": form})
