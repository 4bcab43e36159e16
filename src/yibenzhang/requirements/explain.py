"""Why a duty stands as it does (“为什么逾期”): the rule, the window and what was found, in sentences."""

from datetime import date

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.kernel.periods import parse_period
from yibenzhang.requirements import judging
from yibenzhang.requirements.duties import Duty
from yibenzhang.requirements.persons import names_of
from yibenzhang.requirements.wording import measure_word


def reason(duty: Duty, catalogue: Catalogue) -> str:
    """One or two sentences: what was looked for in which time, what was found, and what follows."""
    if duty.state == judging.NOT_APPLICABLE:
        return f"不适用：{duty.why_not}。"
    if duty.immediate:
        return _of_occasions(duty)
    return f"{_asked(duty, catalogue)}；{_found(duty, catalogue)}。{_outcome(duty)}"


def _asked(duty: Duty, catalogue: Catalogue) -> str:
    rule, span = duty.requirement, _span(duty)
    if rule.measure and rule.measure.persons:
        return f"{span}应有{duty.needed}人达到"
    if rule.cadence == "term":
        return f"本届{_day(duty.window.last_day)}届满，届满前应换届"
    if rule.cadence == "event":
        return f"{_day(duty.window.start)}起，{_day(duty.window.last_day)}前应办"
    strength = "一般" if rule.strength == "general" else "应"
    return f"{span}{strength}记{duty.needed}{measure_word(rule, catalogue)}"


def _found(duty: Duty, catalogue: Catalogue) -> str:
    if duty.requirement.cadence in {"term", "event"}:
        return "已办" if duty.found else "还没有记录"
    persons = duty.requirement.measure and duty.requirement.measure.persons
    word = "人已达到" if persons else measure_word(duty.requirement, catalogue)
    parts = [f"{'' if persons else '已入账'}{duty.found}{word}"] if duty.found else ["没有已入账的记录"]
    if duty.waiting:
        parts.append(f"待审{duty.waiting}{word}")
    if duty.missing and len(duty.missing) <= 5:
        parts.append(f"还差{'、'.join(names_of(duty.missing))}")
    elif duty.missing:
        parts.append(f"还差{len(duty.missing)}人")
    return "，".join(parts)


def _outcome(duty: Duty) -> str:
    deadline = duty.window.deadline
    if duty.state == judging.MET:
        return "已满足。"
    if duty.state == judging.MET_LATE:
        return f"截止{_day(deadline)}之后才记齐，记为补记。"
    if duty.state == judging.AWAITING:
        return "待审的入账后即满足。"
    if duty.state == judging.OVERDUE:
        days = (duty.as_of - deadline).days
        if duty.requirement.strength == "shall":
            return f"截止{_day(deadline)}，已逾期{days}天。"
        basis = (
            "规定用语是“一般”，只作提醒" if duty.requirement.strength == "general" else "这是单位自己的要求"
        )
        return f"截止{_day(deadline)}，已过{days}天；{basis}。"
    if duty.state == judging.NOT_YET:
        return f"{_day(duty.window.opens)}起办，截止{_day(deadline)}。"
    return f"截止{_day(deadline)}，还有{(deadline - duty.as_of).days}天。"


def _of_occasions(duty: Duty) -> str:
    if duty.state == judging.NOT_YET:
        return "本期还没有开始。"
    measure = duty.requirement.measure
    if duty.requirement.cadence == "always" or (measure and measure.ceiling):
        return "符合。" if duty.state == judging.MET else f"不符合：{'；'.join(duty.missing)}。"
    if duty.state == judging.MET:
        return f"本期{duty.needed}次（人）都符合。"
    lacking = names_of(duty.missing)
    return f"本期{duty.needed}次（人），{duty.found}次符合；不符合的有：{'、'.join(lacking)}。"


def _span(duty: Duty) -> str:
    return parse_period(duty.window.code).label


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
