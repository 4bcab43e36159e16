"""Progress of items that look at a duty of the rules: the states of its windows over the year."""

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements.duties import Duty, duties
from yibenzhang.requirements.evidence import vouchers_of
from yibenzhang.responsibility.standing import (
    AWAITING,
    MET,
    MET_LATE,
    NOT_APPLICABLE,
    NOT_YET,
    OPEN,
    OVERDUE,
    WORDS,
    Progress,
    dated,
    left,
    outstanding,
)
from yibenzhang.vouchers.models import Voucher

if TYPE_CHECKING:
    from yibenzhang.responsibility.progress import Asked


def assess(asked: "list[Asked]", day: date) -> dict[int, Progress]:
    """Every rule is asked once for all units that have it in their lists."""
    wanted: dict[tuple[str, int], dict[int, Unit]] = defaultdict(dict)
    for item, version in asked:
        if item.list.unit is not None:
            wanted[version.requirement, item.list.year][item.list.unit.pk] = item.list.unit
    catalogue, found = current_catalogue(), defaultdict(list)
    for (code, year), units in wanted.items():
        rule = catalogue.requirements.get(code)
        if rule is not None:
            for duty in duties(units.values(), parse_period(f"{year}"), as_of=day, requirements=[rule]):
                found[code, year, duty.unit.pk].append(duty)
    return {
        item.pk: _judge(
            found[version.requirement, item.list.year, item.list.unit_id or 0], version.deadline, day
        )
        for item, version in asked
    }


def _judge(found: list[Duty], deadline: date, day: date) -> Progress:
    """Windows that have come due decide; one still running matters only while nothing has come due."""
    counted = [duty for duty in found if duty.window.start <= deadline]
    bound = [duty for duty in counted if duty.state != NOT_APPLICABLE]
    if not bound:
        why = counted[0].why_not if counted else "这条规定没有启用，或这个单位不受它约束"
        return Progress(NOT_APPLICABLE, deadline, f"{why}。")
    states = {duty.window.code: _state(duty, deadline, day) for duty in bound}
    tally = Counter(states.values())
    state = next((each for each in (OVERDUE, AWAITING, MET_LATE, MET, OPEN) if tally[each]), NOT_YET)
    names = [_label(duty) for duty in bound if states[duty.window.code] == state]
    said = "，".join(f"{_word(each, bound[0])}{tally[each]}期" for each in WORDS if tally[each])
    reason = f"“{bound[0].requirement.name}”本年{len(bound)}期：{said}。"
    if state in {OVERDUE, AWAITING, OPEN} and len(bound) > 1:
        reason += f"{_word(state, bound[0])}：{'、'.join(names)}。"
    if len(bound) == 1 and state in {OVERDUE, OPEN}:
        reason += left(min(deadline, bound[0].window.deadline), day)
    done = tally[MET] + tally[MET_LATE]
    return Progress(state, deadline, reason, done, len(bound), bound[0].requirement.strength)


def _state(duty: Duty, deadline: date, day: date) -> str:
    """The state of one window; where the item asks for it earlier than the rule, the item's deadline counts."""
    if duty.window.last_day <= deadline or duty.requirement.cadence in {"always", "occasion"}:
        return duty.state
    if duty.state in {OPEN, NOT_YET}:
        return outstanding(deadline, day) if day >= duty.window.start else duty.state
    if duty.state == MET and _recorded_on(duty) > deadline:
        return MET_LATE
    return duty.state


def _recorded_on(duty: Duty) -> date:
    """The day on which the record that fulfilled the duty was entered."""
    keys = vouchers_of(duty, current_catalogue())
    days = sorted(Voucher.objects.filter(pk__in=keys).values_list("recorded_on", flat=True))
    return days[min(duty.needed, len(days)) - 1] if days and duty.needed else date.min


def _word(state: str, duty: Duty) -> str:
    return duty._replace(state=state).word


def _label(duty: Duty) -> str:
    try:
        label = parse_period(duty.window.code).label
    except BookError:
        return dated(duty.window.deadline)
    return label.removeprefix(f"{duty.window.start.year}年") or label
