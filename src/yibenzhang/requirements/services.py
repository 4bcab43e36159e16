"""What is written about duties: that a unit is excused for a time, that a book switches a rule on or off, and why."""

from datetime import date

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Book, Unit
from yibenzhang.requirements.choices import Choice, may_be_on, on_since
from yibenzhang.requirements.models import Exemption, RequirementChoice


@transaction.atomic
def grant_exemption(
    *, unit: Unit, requirement: Requirement, since: date, until: date | None, reason: str, actor: User
) -> Exemption:
    """Excuse a unit from a requirement on the days [since, until); without an end it holds on.

    Raises BookError without a reason, for an end that is not after the beginning, or when one begins that day already.
    """
    _check_reason(reason, "请写明免除的理由，例如野外施工、上级批准延期。")
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


@transaction.atomic
def choose_requirement(
    *,
    book: Book,
    requirement: Requirement,
    is_on: bool,
    since: date,
    until: date | None,
    reason: str,
    actor: User,
) -> RequirementChoice:
    """Switch a rule on or off for a book on the days [since, until); an earlier choice ends where this one begins.

    What says 应当 and is on cannot be switched off, only single units excused; a rule nobody verified is a reminder when
    switched on (`choices.as_chosen`). Raises BookError for what may not be, without a reason, or when nothing would change.
    """
    _check_reason(reason, "请写明理由，例如“机关党委2024年第3次会议定为每季度一次”。")
    _check_choice(requirement, is_on)
    if until is not None and until <= since:
        raise BookError(f"结束日期须晚于 {since}，请改正。", field="until")
    mine = RequirementChoice.objects.filter(book=book, requirement=requirement.code).order_by("valid_from")
    later = mine.filter(valid_from__gte=since).first()
    if later is not None:
        raise BookError(f"从 {later.valid_from} 起已有选择，请从它之后的日期选起。", field="since")
    made = tuple(Choice(requirement.code, c.valid_from, c.valid_to, c.is_on, c.reason) for c in mine)
    if (on_since(requirement, made, since) is not None) == is_on:
        raise BookError(
            f"{requirement.name}在 {since} 已是{'启用' if is_on else '停用'}，不用再选。", field="since"
        )
    mine.exclude(valid_to__lte=since).update(valid_to=since)
    chosen = RequirementChoice.objects.create(
        book=book, requirement=requirement.code, is_on=is_on, valid_from=since, valid_to=until, reason=reason.strip(),
        chosen_by=actor,
    )  # fmt: skip
    verb = "requirement.switch_on" if is_on else "requirement.switch_off"
    record(actor=actor, verb=verb, subject=f"{book.unit.code} {requirement.code}", note=reason.strip())
    return chosen


def _check_choice(requirement: Requirement, is_on: bool) -> None:
    if is_on and not may_be_on(requirement):
        facts = requirement.needs_facts or "没有可以计数的记录"
        raise BookError(f"不能启用{requirement.name}：所需事实还没有记录（{facts}）。", field="is_on")
    if not is_on and requirement.is_on and requirement.strength == "shall":
        text = f"{requirement.name}的规定用语是“应当”，不能停用；个别单位有原因的，到它的说明页登记免除。"
        raise BookError(text, field="is_on")


def _check_reason(reason: str, advice: str) -> None:
    if not reason.strip():
        raise BookError(advice, field="reason")
    if len(reason.strip()) > 200:
        raise BookError("理由请缩短到 200 字以内。", field="reason")
