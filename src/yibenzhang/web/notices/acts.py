"""What is done to a notice with one click: send for issue, return, discard, issue, receive."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yibenzhang.access.scope import get_in_scope
from yibenzhang.notices import services
from yibenzhang.notices.files import discard_notice
from yibenzhang.notices.models import Notice
from yibenzhang.notices.permissions import may_issue, may_receive, may_write
from yibenzhang.notices.queries import visible_to
from yibenzhang.web.requests import actor_of, needs


def _notice(request: HttpRequest, pk: int) -> Notice:
    return visible_to(actor_of(request)).select_related("unit").get(pk=pk)


@needs("preparer", "approver")
@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Send for issue or discard (the writer), return (the writer or the approver)."""
    notice, actor = _notice(request, pk), actor_of(request)
    writes, issues = may_write(actor, notice.unit), may_issue(actor, notice.unit)
    if act == "return" and (writes or issues):
        services.return_notice(notice, actor=actor.user)
    elif act == "submit" and writes:
        services.submit_notice(notice, actor=actor.user)
    elif act == "discard" and writes:
        discard_notice(notice, actor=actor.user)
        return redirect("notices:list")
    else:
        raise Http404
    return redirect("notices:detail", pk)


@needs("approver")
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Send out (签发)."""
    notice, actor = _notice(request, pk), actor_of(request)
    if not may_issue(actor, notice.unit):
        raise Http404
    services.issue_notice(notice, actor=actor.user)
    return redirect("notices:detail", pk)


@needs()
@require_POST
def receive(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """收到: one tap in the name of the unit; nothing else is asked."""
    actor = actor_of(request)
    rows = _notice(request, pk).recipients.select_related("notice", "unit")
    recipient = get_in_scope(rows, actor, by="unit", unit__code=code)
    if not may_receive(actor, recipient.unit):
        raise Http404
    services.receive(recipient, actor=actor.user)
    return redirect("notices:detail", pk)
