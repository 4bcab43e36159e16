"""One follow-up: what is asked, how it stands in the ledger, its history, and the acts open to the reader."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.followups.gaps import SATISFIED, duty_of
from yibenzhang.followups.models import FollowUp
from yibenzhang.followups.permissions import manages, may_answer
from yibenzhang.followups.queries import Step, interval_for, reminders_of, visible_to
from yibenzhang.followups.vouchers import fitting, settling
from yibenzhang.organisation.queries import today_for
from yibenzhang.requirements.explain import reason
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.queries import readable_by
from yibenzhang.web.followups.forms import AnswerForm, CloseForm, WithdrawForm
from yibenzhang.web.followups.listing import row_of
from yibenzhang.web.followups.origins import place_of
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.requirements.asked import look
from yibenzhang.web.requirements.why import kind_to_record

KIND_IN_LEDGER = "follow_up"  # the voucher kind that counts 督办


@needs()
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a follow-up in scope."""
    actor = actor_of(request)
    return desk(request, actor, visible_to(actor).get(pk=pk))


def desk(
    request: HttpRequest,
    actor: Actor,
    follow_up: FollowUp,
    *,
    problem: str = "",
    refused: dict[str, Any] | None = None,
) -> HttpResponse:
    """Render the page, with a form that was refused in place of the fresh one."""
    today = today_for(follow_up.unit)
    duty = duty_of(follow_up, today)
    readable = readable_by(actor)
    events = list(follow_up.events.select_related("actor__person", "voucher"))
    closing = next((event for event in reversed(events) if event.step == Step.CLOSED), None)
    managing, answering = manages(actor, follow_up), may_answer(actor, follow_up)
    vouchers = fitting(follow_up, duty, readable) if follow_up.is_open and (managing or answering) else []
    reminders = reminders_of(follow_up)
    context: dict[str, Any] = {
        "follow_up": follow_up,
        "row": row_of(follow_up, today),
        "duty": duty,
        "duty_look": look(duty) if duty else "",
        "reason": reason(duty, current_catalogue()) if duty else "",
        "settled": settling(duty, readable) if follow_up.is_open and (managing or answering) else None,
        "is_met": duty is not None and duty.state in SATISFIED,
        "events": events,
        "visible": set(readable.filter(pk__in=[e.voucher_id for e in events]).values_list("pk", flat=True)),
        "closing": closing,
        "is_undone": closing is not None and _is_reversed(closing.voucher),
        "managing": managing,
        "answering": answering,
        "reminders": reminders,
        "may_remind": follow_up.state == FollowUp.State.OPEN and today >= reminders.next_on,
        "interval": interval_for(follow_up.unit),
        "missing": current_workdays().missing([today, reminders.next_on, follow_up.deadline]),
        "answer_form": AnswerForm(vouchers=vouchers, prefix="answer"),
        "close_form": CloseForm(vouchers=vouchers, prefix="close"),
        "withdraw_form": WithdrawForm(prefix="withdraw"),
        "ledger_url": _ledger_url(actor, follow_up) if managing else "",
        "record_kind": kind_to_record(actor, duty) if duty and follow_up.is_open else "",
        "place": place_of(follow_up),
        "problem": problem,
    }
    status = 422 if problem or refused else 200
    return render(request, "followups/detail.html", context | (refused or {}), status=status)


def _is_reversed(voucher: Voucher | None) -> bool:
    return voucher is not None and voucher.state == Voucher.State.REVERSED


def _ledger_url(actor: Actor, follow_up: FollowUp) -> str:
    """The record form of a 督办, filled in for two-step recording; empty for who does not record for the unit."""
    kind = current_catalogue().kinds.get(KIND_IN_LEDGER)
    opener = follow_up.opener_unit
    may_record = units_for(actor, Role.PREPARER).filter(pk=opener.pk).exists()
    if kind is None or not may_record or opener.unit_type not in kind.recorded_by:
        return ""
    known = {
        "unit": opener.code,
        "title": f"督办：{follow_up.unit}{follow_up.title}"[:120],
        "date": follow_up.opened_on.isoformat(),
        "f-unit_followed": follow_up.unit.code,
        "f-due_date": follow_up.deadline.isoformat(),
    }
    return f"{reverse('record:new', args=[kind.code])}?{urlencode(known)}"
