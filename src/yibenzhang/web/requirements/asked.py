"""What the pages about duties are asked: rule, unit, year; and how a state looks."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from yibenzhang.access.scope import units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.outline import outline
from yibenzhang.organisation.queries import units_below
from yibenzhang.requirements import judging
from yibenzhang.requirements.duties import Duty, rules_for
from yibenzhang.web.filters import Reading, read

LOOKS = {
    judging.MET: "ok",
    judging.MET_LATE: "late",
    judging.AWAITING: "wait",
    judging.OPEN: "todo",
    judging.OVERDUE: "bad",
    judging.NOT_YET: "fut",
    judging.NOT_APPLICABLE: "na",
}
GROUPS = {
    "ZB": "组织生活",
    "DZ": "党组（党委）",
    "JG": "机关党委",
    "LX": "领导小组",
    "ST": "组织设置",
    "EL": "换届",
    "QU": "到会人数",
    "FZ": "发展党员",
    "PX": "教育培训",
    "DF": "党费",
}
OWN = "本单位要求"


@dataclass(frozen=True)
class Chosen:
    """The rules that bind somebody in the unit's scope, the group and the rule shown."""

    reading: Reading
    units: list[Unit]
    groups: list[tuple[str, list[Requirement]]]
    group: str
    rule: Requirement

    @property
    def rules(self) -> list[Requirement]:
        """The rules of the group shown."""
        return dict(self.groups)[self.group]


def look(duty: Duty) -> str:
    """The kind of mark of a duty; what is only a reminder or the unit's own wish is never red."""
    if duty.state == judging.OVERDUE and duty.requirement.strength != "shall":
        return "hint"
    return LOOKS[duty.state]


def choose(request: HttpRequest) -> Chosen | None:
    """What the query string asks for; None when no rule binds anybody in scope. Raises 404 for a rule not on here."""
    reading = read(request)
    units = ordered(reading)
    types = {unit.unit_type for unit in units}
    rules = [rule for rule in rules_for(reading.unit) if types & set(rule.binds.unit_types)]
    if not rules:
        return None
    grouped: dict[str, list[Requirement]] = {}
    for rule in rules:
        grouped.setdefault(GROUPS.get(rule.code[:2], OWN), []).append(rule)
    usual = next(
        (rule.code for rule in rules if rule.cadence == "month" and rule.strength == "shall"), rules[0].code
    )
    code = request.GET.get("rule") or usual
    if code not in current_catalogue().requirements:
        raise Http404
    by_code = {rule.code: rule for rule in rules}
    rule = by_code.get(code) or by_code[usual]
    return Chosen(reading, units, list(grouped.items()), GROUPS.get(rule.code[:2], OWN), rule)


def ordered(reading: Reading) -> list[Unit]:
    """Units in scope below the one asked for, in organisational order, with those that ended during the period last."""
    period = reading.period
    below = units_below([reading.unit.pk], start=period.start, stop=period.stop)
    units = units_for(reading.actor).filter(pk__in=below.values("pk"))
    roots = outline(units, min(reading.today, period.last_day))
    walked = [node.unit for root in roots for node in root.walk()]
    seen = {unit.pk for unit in walked}
    return [*walked, *(unit for unit in units if unit.pk not in seen)]
