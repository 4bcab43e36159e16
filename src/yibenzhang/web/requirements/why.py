"""Why a duty stands as it does: rule, window, what was found, what waits, and who may be excused."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, get_in_scope, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements.duties import Duty, duties
from yibenzhang.requirements.evidence import vouchers_of
from yibenzhang.requirements.explain import reason
from yibenzhang.requirements.models import Exemption
from yibenzhang.requirements.wording import STRENGTHS, asks, bound
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.services import allowed_kinds
from yibenzhang.web.followups.marks import marks_for, past_of
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.requirements.asked import look


@needs()
def why(request: HttpRequest, unit: str, code: str, period: str) -> HttpResponse:
    """The explanation of one duty."""
    actor = actor_of(request)
    duty = duty_or_404(actor, unit, code, period)
    return explanation(request, actor, duty)


def explanation(
    request: HttpRequest, actor: Actor, duty: Duty, *, problem: str = "", given: str = "", status: int = 200
) -> HttpResponse:
    """Render the explanation, with what went wrong in the form of an exemption."""
    catalogue, rule = current_catalogue(), duty.requirement
    found = vouchers_of(duty, catalogue)
    rows = restrict(Voucher.objects.filter(pk__in=found), actor).select_related("unit")
    context: dict[str, Any] = {
        "duty": duty,
        "look": look(duty),
        "reason": reason(duty, catalogue),
        "asks": asks(rule, catalogue),
        "bound": bound(rule, catalogue),
        "strength": STRENGTHS[rule.strength],
        "vouchers": rows.order_by("event_date", "pk")[:50],
        "exemptions": Exemption.objects.filter(unit=duty.unit, requirement=rule.code).select_related(
            "granted_by__person"
        ),
        "may_exempt": may_exempt(actor, duty.unit),
        "mark": next(iter(marks_for(actor, [duty]).values()), None),
        "past": past_of(actor, duty),
        "record_kind": kind_to_record(actor, duty),
        "problem": problem,
        "given": given,
    }
    return render(request, "requirements/why.html", context, status=status)


def duty_or_404(actor: Actor, unit_code: str, code: str, period: str) -> Duty:
    """The duty of a unit in scope whose window has this code; raises 404 when there is none."""
    unit = get_in_scope(Unit.objects.all(), actor, by="self", code=unit_code)
    rule = current_catalogue().requirements.get(code)
    if rule is None:
        raise Http404
    try:
        span = parse_period(period)
    except BookError:
        raise Http404 from None
    for duty in duties([unit], span, requirements=[rule]):
        if duty.window.code == span.code:
            return duty
    raise Http404


def may_exempt(actor: Actor, unit: Unit) -> bool:
    """True for administrators and approvers within whose scope the unit lies."""
    return restrict(
        Unit.objects.filter(pk=unit.pk), actor, Role.ADMINISTRATOR, Role.APPROVER, by="self"
    ).exists()


def kind_to_record(actor: Actor, duty: Duty) -> str:
    """The kind of record that would fulfil the duty, where the reader may record it for the unit."""
    measure, catalogue = duty.requirement.measure, current_catalogue()
    if measure is None or not measure.indicator or not duty.needed or duty.found >= duty.needed:
        return ""
    if not restrict(Unit.objects.filter(pk=duty.unit.pk), actor, Role.PREPARER, by="self").exists():
        return ""
    accounts = set(catalogue.indicator(measure.indicator).all_accounts())
    for kind in allowed_kinds(duty.unit):
        if any(accounts & set(catalogue.accounts_of(kind, rule)) for rule in kind.posts):
            return kind.code
    return ""
