"""From a gap to a follow-up: what a reference means, and which duties may be followed up at all."""

from datetime import date

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.followups.models import DUTY, FollowUp
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements import judging
from yibenzhang.requirements.duties import Duty, duties

WHY_NOT = {
    judging.MET: "已经按期记账，不用督办。",
    judging.MET_LATE: "已经补记，不用督办。",
    judging.AWAITING: "已经提交、正等审核，请先审核，不用督办。",
    judging.OPEN: "还没有到期限，到期仍未记再督办。",
    judging.NOT_YET: "还没有到办的时候，不用督办。",
    judging.NOT_APPLICABLE: "对这个单位不适用，不用督办。",
}
SATISFIED = {judging.MET, judging.MET_LATE}


def ref_of(duty: Duty) -> str:
    """The reference of a duty: rule and window, `ZB-06/2023-11`. With the unit it names one gap."""
    return f"{duty.requirement.code}/{duty.window.code}"


def duty_for(unit: Unit, ref: str, day: date) -> Duty | None:
    """The duty a reference names, as it stands on the day; None when there is no such rule or window any more."""
    code, _, window = ref.partition("/")
    rule = current_catalogue().requirements.get(code)
    if rule is None:
        return None
    try:
        span = parse_period(window)
    except BookError:
        return None
    found = duties([unit], span, as_of=day, requirements=[rule])
    return next((duty for duty in found if duty.window.code == span.code), None)


def duty_of(follow_up: FollowUp, day: date) -> Duty | None:
    """The duty a follow-up is about, as it stands on the day; None when it is about something else."""
    return duty_for(follow_up.unit, follow_up.origin_ref, day) if follow_up.origin_kind == DUTY else None


def gap_or_refusal(unit: Unit, ref: str, day: date) -> Duty:
    """The duty when it is a gap on the day; raises BookError saying why there is nothing to follow up."""
    duty = duty_for(unit, ref, day)
    if duty is None:
        raise BookError("没有找到这项规定动作，请从“规定动作”页重新打开。", field="title")
    if duty.state != judging.OVERDUE:
        raise BookError(f"{unit}的{duty.requirement.name}{WHY_NOT[duty.state]}", field="title")
    return duty


def title_of(duty: Duty) -> str:
    """How a duty is named as a matter: 2023年11月主题党日."""
    return f"{parse_period(duty.window.code).label}{duty.requirement.name}"[:120]


def asked_of(duty: Duty) -> str:
    """The words a form begins with; where nothing can be recorded any more, it asks for the cause only."""
    if duty.immediate:
        return f"{duty.word}，请核实情况，能改的改正，不能改的写明原因。"
    if duty.requirement.strength == "general":
        return "请看看是否开展过。开展过的补记一笔；没有开展的写明原因即可，不用另报材料。"
    return "开展过的请补记一笔；没有开展的请写明原因和安排，不用另报材料。"
