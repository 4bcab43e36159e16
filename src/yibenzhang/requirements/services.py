"""The one thing written about duties: that a unit is excused from a rule for a time, and why."""

from datetime import date

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements.models import Exemption


@transaction.atomic
def grant_exemption(
    *, unit: Unit, requirement: Requirement, since: date, until: date | None, reason: str, actor: User
) -> Exemption:
    """Excuse a unit from a requirement on the days [since, until); without an end it holds on.

    Raises BookError without a reason, for an end that is not after the beginning, or when one begins that day already.
    """
    if not reason.strip():
        raise BookError("请写明免除的理由，例如野外施工、上级批准延期。", field="reason")
    if len(reason.strip()) > 200:
        raise BookError("理由请缩短到 200 字以内。", field="reason")
    if until is not None and until <= since:
        raise BookError(f"免除的结束日期须晚于 {since}，请改正。", field="until")
    if Exemption.objects.filter(unit=unit, requirement=requirement.code, valid_from=since).exists():
        raise BookError(f"{unit}的{requirement.name}从 {since} 起已经免除，不用再登记。", field="reason")
    granted = Exemption.objects.create(
        unit=unit, requirement=requirement.code, valid_from=since, valid_to=until, reason=reason.strip(),
        granted_by=actor,
    )  # fmt: skip
    record(
        actor=actor, verb="requirement.exempt", subject=f"{unit.code} {requirement.code}", note=reason.strip()
    )
    return granted
