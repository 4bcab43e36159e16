"""Excusing a unit from a rule: who, until when, and why, on record."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yibenzhang.access.models import Role
from yibenzhang.kernel.errors import BookError
from yibenzhang.requirements.services import grant_exemption
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.requirements.why import duty_or_404, explanation, may_exempt


@require_POST
@needs(Role.ADMINISTRATOR, Role.APPROVER)
def exempt(request: HttpRequest, unit: str, code: str, period: str) -> HttpResponse | HttpResponseBase:
    """Grant an exemption from the beginning of the window, for it alone or until a day."""
    actor = actor_of(request)
    duty = duty_or_404(actor, unit, code, period)
    if not may_exempt(actor, duty.unit):
        raise Http404
    given = request.POST.get("reason", "")
    try:
        grant_exemption(
            unit=duty.unit, requirement=duty.requirement, since=duty.window.start,
            until=_until(request.POST.get("until", "")) or duty.window.stop, reason=given, actor=actor.user,
        )  # fmt: skip
    except BookError as error:
        return explanation(request, actor, duty, problem=error.message, given=given, status=400)
    return redirect("requirements:why", unit, code, period)


def _until(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BookError("免除到哪一天看不懂，请写成 2024-12-31 这样的日期。", field="until") from None
