"""What somebody enters for an item, and what speaks against it: everything is checked before a word is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date

from yibenzhang.catalogue.barred import barred_in, refusal
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import packs_of
from yibenzhang.plans.models import PlanItem
from yibenzhang.requirements.duties import rules_for
from yibenzhang.responsibility.models import ItemVersion, ResponsibilityItem
from yibenzhang.vouchers.models import Matter

ShownBy = ItemVersion.ShownBy
LIMITS = {
    "text": (300, "事项"),
    "basis": (120, "依据"),
    "lead": (40, "责任人"),
    "business_goal": (200, "业务目标"),
}
MOST_MILESTONES = 20
RELIEF = "《整治形式主义为基层减负若干规定》"


@dataclass(frozen=True)
class Milestone:
    """A step of an item (节点): `state` is a state of the item's matter that reaches it, empty when it is stated."""

    name: str
    due: date
    state: str = ""

    def as_json(self) -> dict[str, str]:
        """As kept in a version."""
        return {"name": self.name, "due": self.due.isoformat(), "state": self.state}


@dataclass(frozen=True)
class Wording:
    """An item as entered; the same fields as a version has."""

    text: str
    deadline: date | None
    basis: str = ""
    lead: str = ""
    shown_by: str = ShownBy.STATED
    requirement: str = ""
    indicator: str = ""
    needed: int = 0
    covers: str = ItemVersion.Covers.OWN
    matter: Matter | None = None
    plan_item: PlanItem | None = None
    business_goal: str = ""
    business_matter: Matter | None = None
    milestones: tuple[Milestone, ...] = field(default_factory=tuple)


def wording_of(version: ItemVersion) -> Wording:
    """The wording a version holds."""
    own = {each.name: getattr(version, each.name) for each in fields(Wording) if each.name != "milestones"}
    return Wording(**own, milestones=milestones_of(version))


def milestones_of(version: ItemVersion) -> tuple[Milestone, ...]:
    """The milestones of a version, in order."""
    return tuple(
        Milestone(each["name"], date.fromisoformat(each["due"]), each.get("state", ""))
        for each in version.milestones
    )


def kept_fields(wording: Wording) -> dict[str, object]:
    """Columns of a version for this wording; what belongs to another way of showing progress is left empty."""
    shown = wording.shown_by
    counts = shown == ShownBy.INDICATOR
    tidy = replace(
        wording,
        **{name: getattr(wording, name).strip() for name in LIMITS},
        requirement=wording.requirement if shown == ShownBy.REQUIREMENT else "",
        indicator=wording.indicator if counts else "",
        needed=wording.needed if counts else 0,
        covers=wording.covers if counts else ItemVersion.Covers.OWN,
        matter=wording.matter if shown == ShownBy.MATTER else None,
        plan_item=wording.plan_item if shown == ShownBy.PLAN else None,
    )
    columns: dict[str, object] = {each.name: getattr(tidy, each.name) for each in fields(Wording)}
    return columns | {"milestones": [each.as_json() for each in tidy.milestones]}


def check(
    wording: Wording,
    *,
    year: int,
    issuer: Unit,
    recipients: Iterable[Unit],
    origin: ResponsibilityItem | None = None,
) -> None:
    """Raises BookError, naming the field and what to do, for the first thing that speaks against the wording."""
    _check_words(wording)
    deadline = _check_deadline(wording, year, origin)
    if wording.shown_by == ShownBy.REQUIREMENT:
        _check_requirement(wording.requirement, issuer, list(recipients))
    elif wording.shown_by == ShownBy.INDICATOR:
        _check_indicator(wording, issuer)
    elif wording.shown_by == ShownBy.MATTER and wording.matter is None:
        raise BookError("请选看哪一件事项的状态，或改为由责任单位自述。", field="matter")
    elif wording.shown_by == ShownBy.PLAN:
        _check_plan_item(wording.plan_item, year)
    elif wording.shown_by not in ShownBy.values:
        raise BookError("请选进展看什么。", field="shown_by")
    _check_milestones(wording, year, deadline)


def _check_words(wording: Wording) -> None:
    if not wording.text.strip():
        raise BookError("请写明要做的事。", field="text")
    for name, (most, label) in LIMITS.items():
        if len(getattr(wording, name).strip()) > most:
            raise BookError(f"{label}请缩短到 {most} 字以内。", field=name)
    texts = {"text": wording.text, "business_goal": wording.business_goal}
    texts["milestones"] = "\n".join(each.name for each in wording.milestones)
    for name, text in texts.items():
        for found in barred_in(text, assessed=True):
            raise BookError(refusal(found), field=name)


def _check_deadline(wording: Wording, year: int, origin: ResponsibilityItem | None) -> date:
    if wording.deadline is None:
        raise BookError(f"请写期限，例如 {year}-06-30。", field="deadline")
    if wording.deadline.year != year:
        raise BookError(f"期限 {wording.deadline} 不在 {year} 年内，请改正。", field="deadline")
    if origin is not None and wording.deadline > origin.current.deadline:
        raise BookError(
            f"来源事项的期限是 {origin.current.deadline}，拆下去的不能更晚，请提前。", field="deadline"
        )
    return wording.deadline


def _check_requirement(code: str, issuer: Unit, recipients: list[Unit]) -> None:
    catalogue = current_catalogue()
    rule = catalogue.requirements.get(code)
    if rule is None:
        raise BookError("没有这条规定动作，请从列表中选。", field="requirement")
    for unit in recipients or [issuer]:
        if not is_on(code, unit):
            why = rule.silent or "这个单位的账没有采用"
            text = f"“{rule.name}”对{unit}没有启用：{why}。请另选，或改为由责任单位自述。"
            raise BookError(text, field="requirement")
        if recipients and unit.unit_type not in rule.binds.unit_types:
            names = "、".join(catalogue.unit_types[each].name for each in rule.binds.unit_types)
            text = f"“{rule.name}”只约束{names}，不约束{unit}。请另选，或把这一项单独下达。"
            raise BookError(text, field="requirement")


def is_on(code: str, unit: Unit) -> bool:
    """True when the rule asks something in the unit's book."""
    return any(rule.code == code for rule in rules_for(unit))


def _check_indicator(wording: Wording, issuer: Unit) -> None:
    catalogue = current_catalogue()
    indicator = catalogue.indicators.get(wording.indicator)
    if indicator is None:
        raise BookError("没有这个指标，请从列表中选。", field="indicator")
    if indicator.aggregation == "ratio":
        text = f"“{indicator.name}”是比率，清单不设比率目标。请选计数的指标，或改为自述。"
        raise BookError(text, field="indicator")
    if any(catalogue.account(code).no_assessment for code in indicator.all_accounts()):
        text = f"“{indicator.name}”只作存档，不能作为考核目标（{RELIEF}）。请写要解决的问题，改为自述。"
        raise BookError(text, field="indicator")
    if catalogue.home["indicators", indicator.code] not in packs_of(issuer):
        raise BookError(f"{issuer}的账没有采用“{indicator.name}”，请另选。", field="indicator")
    if not 1 <= wording.needed <= 10**9:
        raise BookError("请写应达到多少，至少是 1。", field="needed")
    if wording.covers not in ItemVersion.Covers.values:
        raise BookError("请选统计本级，还是本级和所属各级。", field="covers")


def _check_plan_item(item: PlanItem | None, year: int) -> None:
    if item is None:
        raise BookError("请选看哪一份计划的哪一项，或改为由责任单位自述。", field="plan_item")
    if item.plan.is_draft or item.is_cancelled:
        raise BookError(f"“{item.text}”还没有印发或已取消，请另选。", field="plan_item")
    if item.plan.year != year:
        raise BookError(f"“{item.text}”是 {item.plan.year} 年的计划，请选 {year} 年的。", field="plan_item")


def _check_milestones(wording: Wording, year: int, deadline: date) -> None:
    if len(wording.milestones) > MOST_MILESTONES:
        raise BookError(f"节点最多 {MOST_MILESTONES} 个，请合并。", field="milestones")
    seen: set[str] = set()
    for each in wording.milestones:
        if not each.name or len(each.name) > 60:
            raise BookError("节点名称请写 1 到 60 个字。", field="milestones")
        if each.name in seen:
            raise BookError(f"节点“{each.name}”写了两次，请删去一个。", field="milestones")
        if not date(year, 1, 1) <= each.due <= deadline:
            text = f"节点“{each.name}”的日期 {each.due} 应在 {year} 年内，且不晚于期限 {deadline}。"
            raise BookError(text, field="milestones")
        if each.state:
            _check_state(wording, each)
        seen.add(each.name)


def _check_state(wording: Wording, milestone: Milestone) -> None:
    if wording.shown_by != ShownBy.MATTER or wording.matter is None:
        raise BookError(f"节点“{milestone.name}”要看事项状态，请先选事项。", field="milestones")
    kind = current_catalogue().matter_kinds.get(wording.matter.kind)
    if kind is None or milestone.state not in {state.code for state in kind.states}:
        raise BookError(f"节点“{milestone.name}”所写的状态，这类事项没有。", field="milestones")
