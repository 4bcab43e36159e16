"""Progress of items that look at a duty of the rules: the states of its windows over the year."""

from collections import Counter, defaultdict
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements.duties import Duty, duties
from yibenzhang.requirements.evidence import vouchers_of_each
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


Recorded = dict[tuple[str, int, str], date]  # by rule, unit and window


def assess(asked: "list[Asked]", day: date) -> dict[int, Progress]:
    """Rules that the same units have in their lists are asked at once."""
    units: dict[tuple[str, int], dict[int, Unit]] = defaultdict(dict)
    earliest: dict[tuple[str, int], date] = {}
    for item, version in asked:
        if item.list.unit is not None:
            key = version.requirement, item.list.year
            units[key][item.list.unit.pk] = item.list.unit
            earliest[key] = min(version.deadline, earliest.get(key, version.deadline))
    found, recorded = _duties(units, day), Recorded()
    for key, first in earliest.items():
        met = [duty for unit in units[key] for duty in found[*key, unit] if _may_be_late(duty, first)]
        recorded |= _recorded(met)
    return {
        item.pk: _judge(
            found[version.requirement, item.list.year, item.list.unit_id or 0],
            recorded,
            version.deadline,
            day,
        )
        for item, version in asked
    }


def _duties(
    wanted: dict[tuple[str, int], dict[int, Unit]], day: date
) -> dict[tuple[str, int, int], list[Duty]]:
    """The duties by rule, year and unit; one call for all rules that go to the same units in a year."""
    catalogue = current_catalogue()
    together: dict[tuple[int, tuple[int, ...]], list[Requirement]] = defaultdict(list)
    for (code, year), units in wanted.items():
        if code in catalogue.requirements:
            together[year, tuple(units)].append(catalogue.requirements[code])
    found = defaultdict(list)
    for (year, keys), rules in together.items():
        units = wanted[rules[0].code, year]
        for duty in duties(
            (units[key] for key in keys), parse_period(f"{year}"), as_of=day, requirements=rules
        ):
            found[duty.requirement.code, year, duty.unit.pk].append(duty)
    return found


def _judge(found: list[Duty], recorded: Recorded, deadline: date, day: date) -> Progress:
    """Windows that have come due decide; one still running matters only while nothing has come due."""
    counted = [duty for duty in found if duty.window.start <= deadline]
    bound = [duty for duty in counted if duty.state != NOT_APPLICABLE]
    if not bound:
        why = counted[0].why_not if counted else "这条规定没有启用，或这个单位不受它约束"
        return Progress(NOT_APPLICABLE, deadline, f"{why}。")
    states = {duty.window.code: _state(duty, recorded, deadline, day) for duty in bound}
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


def _state(duty: Duty, recorded: Recorded, deadline: date, day: date) -> str:
    """The state of one window; where the item asks for it earlier than the rule, the item's deadline counts."""
    if duty.window.last_day <= deadline or duty.requirement.cadence in {"always", "occasion"}:
        return duty.state
    if duty.state in {OPEN, NOT_YET}:
        return outstanding(deadline, day) if day >= duty.window.start else duty.state
    if _may_be_late(duty, deadline) and recorded[_key(duty)] > deadline:
        return MET_LATE
    return duty.state


def _may_be_late(duty: Duty, deadline: date) -> bool:
    """True for what was met in time by the rule, in a window that ends after the item's deadline."""
    return (
        duty.state == MET
        and duty.window.last_day > deadline
        and duty.requirement.cadence not in {"always", "occasion"}
    )


def _recorded(met: list[Duty]) -> Recorded:
    """The day on which the record that fulfilled each duty was entered; the duties are under one rule."""
    behind = vouchers_of_each(met, current_catalogue())
    keys = {key for each in behind for key in each}
    entered = dict(Voucher.objects.filter(pk__in=keys).values_list("pk", "recorded_on"))
    found = Recorded()
    for duty, own in zip(met, behind, strict=True):
        days = sorted(entered[key] for key in own)
        found[_key(duty)] = days[min(duty.needed, len(days)) - 1] if days and duty.needed else date.min
    return found


def _key(duty: Duty) -> tuple[str, int, str]:
    return duty.requirement.code, duty.unit.pk, duty.window.code


def _word(state: str, duty: Duty) -> str:
    return duty._replace(state=state).word


def _label(duty: Duty) -> str:
    try:
        label = parse_period(duty.window.code).label
    except BookError:
        return dated(duty.window.deadline)
    return label.removeprefix(f"{duty.window.start.year}年") or label
