"""Writing plans: create, save, issue, amend, note progress, link vouchers. The only writers of their tables."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.barred import barred_in, refusal
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units, today_for
from yibenzhang.plans.models import Plan, PlanAmendment, PlanFulfilment, PlanItem, PlanMilestone, PlanProgress
from yibenzhang.plans.rolling import next_year
from yibenzhang.plans.rows import ItemDraft, Row, row_of
from yibenzhang.plans.storing import new_item, replace_content
from yibenzhang.vouchers.models import Voucher

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_REASON, LONGEST_PROGRESS = 200, 300


class PlanStateError(BookError):
    """The plan is not in the state this act needs."""


class PlanConflictError(BookError):
    """Somebody else saved meanwhile; `theirs` is the plan as it stands now. Nothing was overwritten."""

    def __init__(self, theirs: Plan) -> None:
        who = theirs.saved_by.label
        super().__init__(f"{who}刚改过这份计划，您的修改没有覆盖它。请对照两份内容后再保存。", field="rows")
        self.theirs = theirs


@transaction.atomic
def create_plan(
    *, unit: Unit, year: int, sort: str, actor: User, title: str = "", document_number: str = ""
) -> Plan:
    """Begin a draft. Raises BookError for an unknown sort or a year out of range."""
    if sort not in Plan.Sort.values:
        raise BookError("没有这种计划，请从列表中选。", field="sort")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BookError("年度应是四位数字，例如 2024。", field="year")
    plan = Plan.objects.create(
        unit=unit, year=year, sort=sort, title=(title.strip() or usual_title(unit, year, sort))[:120],
        document_number=document_number.strip()[:60], created_by=actor, saved_by=actor,
    )  # fmt: skip
    record(actor=actor, verb="plan.create", subject=f"{plan.pk} {plan}")
    return plan


def usual_title(unit: Unit, year: int, sort: str) -> str:
    """What such a plan is usually called: 省气象局2024年党建工作要点."""
    noun = {Plan.Sort.KEY_POINTS: "党建工作要点", Plan.Sort.CENTRE_GROUP: "理论学习中心组学习计划"}
    return f"{unit}{year}年{noun.get(Plan.Sort(sort), '培训计划')}"


@transaction.atomic
def save_plan(
    plan: Plan,
    *,
    drafts: Sequence[ItemDraft],
    revision: int,
    actor: User,
    title: str = "",
    document_number: str = "",
) -> Plan:
    """Put these items in place of a draft's.

    Raises PlanConflictError when another save came between, PlanStateError when it is issued, BookError when the text asks
    for something that is barred.
    """
    held = _hold(plan, revision, Plan.State.DRAFT)
    for draft in drafts:
        _refuse_barred(draft)
    held.items.all().delete()
    for number, draft in enumerate(drafts, start=1):
        new_item(held, draft, number)
    held.title = title.strip()[:120] or held.title
    held.document_number = document_number.strip()[:60]
    return _saved(held, actor)


@transaction.atomic
def issue_plan(plan: Plan, *, revision: int, actor: User, on: date | None = None) -> Plan:
    """Issue a draft (印发): from now on each change is a dated amendment. `on` is the book's day when empty.

    Raises BookError when the plan is empty or the day has not come, and as `save_plan`.
    """
    held = _hold(plan, revision, Plan.State.DRAFT)
    today = today_for(held.unit)
    if not held.items.exists():
        raise BookError("计划里还没有事项，先写上再印发。", field="rows")
    if on is not None and on > today:
        raise BookError("印发日期晚于今天，请填实际印发的日期。", field="on")
    held.state, held.issued_on = Plan.State.ISSUED, on or today
    record(actor=actor, verb="plan.issue", subject=f"{held.pk} {held}")
    return _saved(held, actor)


@transaction.atomic
def discard_plan(plan: Plan, *, actor: User) -> None:
    """Delete a draft. Raises PlanStateError for an issued plan."""
    held = _hold(plan, plan.revision, Plan.State.DRAFT)
    record(actor=actor, verb="plan.discard", subject=f"{held.pk} {held}")
    held.delete()


@transaction.atomic
def roll_forward(plan: Plan, *, actor: User) -> Plan:
    """Next year's draft from this plan: what was not cancelled, with its months and days moved by a year.

    People are left out: who leads a discussion next year is to be said anew.
    """
    new = create_plan(
        unit=plan.unit, year=plan.year + 1, sort=plan.sort, actor=actor,
        title=plan.title.replace(str(plan.year), str(plan.year + 1)),
    )  # fmt: skip
    new.follows = plan
    new.save()
    kept = plan.items.filter(is_cancelled=False).select_related("plan", "lead")
    for number, item in enumerate(kept.prefetch_related("supporting__unit", "people", "milestones"), start=1):
        new_item(new, next_year(item), number)
    return new


@transaction.atomic
def amend_item(
    item: PlanItem, *, draft: ItemDraft, reason: str, day: date, revision: int, actor: User
) -> PlanAmendment:
    """Change an item of an issued plan (调整); what it said stays in the amendment.

    Raises BookError without a reason, for a day in the future or before the issue, or when nothing changes; and as
    `save_plan`.
    """
    held = _hold(item.plan, revision, Plan.State.ISSUED)
    current = _standing_item(held, item)
    _refuse_barred(draft)
    before = row_of(current)
    replace_content(current, draft)
    after = row_of(_standing_item(held, item))
    if before == after:
        raise BookError("内容没有变化，不用调整。", field="reason")
    return _amend(held, current, PlanAmendment.Act.CHANGED, before, after, reason, day, actor)


@transaction.atomic
def cancel_item(item: PlanItem, *, reason: str, day: date, revision: int, actor: User) -> PlanAmendment:
    """Take an item out of an issued plan (取消); it stays visible with the reason. Raises as `amend_item`."""
    held = _hold(item.plan, revision, Plan.State.ISSUED)
    current = _standing_item(held, item)
    row = row_of(current)
    PlanItem.objects.filter(pk=current.pk).update(is_cancelled=True)
    return _amend(held, current, PlanAmendment.Act.CANCELLED, row, row, reason, day, actor)


@transaction.atomic
def add_item(
    plan: Plan, *, draft: ItemDraft, reason: str, day: date, revision: int, actor: User
) -> PlanAmendment:
    """Add an item to an issued plan (增加). Raises as `amend_item`."""
    held = _hold(plan, revision, Plan.State.ISSUED)
    _refuse_barred(draft)
    last = held.items.order_by("-number").values_list("number", flat=True).first() or 0
    item = new_item(held, draft, last + 1)
    return _amend(held, item, PlanAmendment.Act.ADDED, {}, row_of(item), reason, day, actor)


def _amend(
    plan: Plan, item: PlanItem, act: str, before: Row, after: Row, reason: str, day: date, actor: User
) -> PlanAmendment:
    if not reason.strip():
        raise BookError("请写明理由，计划变动要说得清。", field="reason")
    if day > today_for(plan.unit):
        raise BookError("日期晚于今天，请填作出决定的日期。", field="day")
    if plan.issued_on and day < plan.issued_on:
        raise BookError("日期早于计划印发的日期，请核对。", field="day")
    amendment = PlanAmendment.objects.create(
        item=item,
        act=act,
        day=day,
        reason=reason.strip()[:LONGEST_REASON],
        before=before,
        after=after,
        by=actor,
    )
    record(actor=actor, verb=f"plan.{act}", subject=f"{plan.pk} {plan}：{item}", note=amendment.reason)
    _saved(plan, actor)
    return amendment


@transaction.atomic
def note_progress(
    item: PlanItem, *, unit: Unit, text: str, actor: User, milestone: PlanMilestone | None = None
) -> PlanProgress:
    """Write how far a task has come; `milestone` is reached with it.

    Raises PlanStateError when the plan is a draft or the item cancelled, BookError without words.
    """
    if item.plan.is_draft or item.is_cancelled:
        raise PlanStateError("计划还没有印发，或这一项已取消，不用写进展。")
    words = text.strip() or (f"完成节点：{milestone.text}" if milestone else "")
    if not words:
        raise BookError("请写一句进展，或选完成的节点。", field="text")
    day = today_for(item.plan.unit)
    if milestone is not None:
        PlanMilestone.objects.filter(pk=milestone.pk, item=item, done_on=None).update(done_on=day)
    record(actor=actor, verb="plan.progress", subject=f"{item.pk} {item}", note=words[:LONGEST_PROGRESS])
    return PlanProgress.objects.create(item=item, unit=unit, day=day, text=words[:LONGEST_PROGRESS], by=actor)


@transaction.atomic
def link_voucher(item: PlanItem, voucher: Voucher, *, actor: User) -> PlanFulfilment:
    """Say that a voucher was recorded for an item. Linking twice is once. Raises BookError saying why it does not fit."""
    fault = why_not(item, voucher)
    if fault:
        raise BookError(fault, field="voucher")
    link, is_new = PlanFulfilment.objects.get_or_create(item=item, voucher=voucher, defaults={"by": actor})
    if is_new:
        record(actor=actor, verb="plan.link", subject=f"{item.pk} {item} ← {voucher.number}")
    return link


def why_not(item: PlanItem, voucher: Voucher) -> str:
    """Why a voucher cannot be linked to an item, empty when it can: state of the plan, kind, unit, year."""
    if item.plan.is_draft or item.is_cancelled:
        return "计划还没有印发，或这一项已取消，不能关联凭证。"
    if voucher.state == Voucher.State.REVERSED:
        return "这笔凭证已冲销，请关联更正后的那一笔。"
    if item.kind and voucher.kind != item.kind:
        return f"这一项由“{item.kind_name}”办结，请选这种凭证。"
    if voucher.unit_id not in units_of(item):
        return f"这笔凭证是{voucher.unit}的，不是牵头或配合单位的。"
    if not item.plan.year <= voucher.event_date.year <= item.plan.year + 1:
        return f"这笔凭证不是 {item.plan.year} 年的，请核对。"
    return ""


def units_of(item: PlanItem) -> set[int]:
    """Keys of the units whose vouchers concern the item: lead and supporting ones, with the bodies they hold."""
    units = [item.lead, *(row.unit for row in item.supporting.all())]
    return {key for unit in units for key in own_units(unit)}


@transaction.atomic
def unlink_voucher(item: PlanItem, voucher: Voucher, *, actor: User) -> None:
    """Take a link back. Raises BookError when there is none."""
    deleted, _ = PlanFulfilment.objects.filter(item=item, voucher=voucher).delete()
    if not deleted:
        raise BookError("这笔凭证没有关联到这一项，请刷新查看。", field="voucher")
    record(actor=actor, verb="plan.unlink", subject=f"{item.pk} {item} ← {voucher.number}")


def carry_links(origin: Voucher, successor: Voucher, *, actor: User) -> None:
    """Let the voucher that corrects a reversed one stand for the same items, where it still fits them."""
    for link in origin.plan_fulfilments.select_related("item__plan", "item__lead"):
        if not why_not(link.item, successor):
            link_voucher(link.item, successor, actor=actor)


def _hold(plan: Plan, revision: int, state: str) -> Plan:
    held = Plan.objects.select_for_update(of=("self",)).select_related("saved_by", "unit").get(pk=plan.pk)
    if held.state != state:
        raise PlanStateError(
            "计划已印发，要改请在事项上办理调整。"
            if state == Plan.State.DRAFT
            else "计划还是草稿，请直接修改。"
        )
    if held.revision != revision:
        raise PlanConflictError(held)
    return held


def _saved(plan: Plan, actor: User) -> Plan:
    plan.revision, plan.saved_by = plan.revision + 1, actor
    plan.save()
    return plan


def _standing_item(plan: Plan, item: PlanItem) -> PlanItem:
    rows = plan.items.select_related("plan", "lead").prefetch_related(
        "supporting__unit", "people", "milestones"
    )
    found = rows.get(pk=item.pk)
    if found.is_cancelled:
        raise PlanStateError("这一项已取消，不能再改。需要时另增一项。")
    return found


def _refuse_barred(draft: ItemDraft) -> None:
    """A plan may not ask units for what the relief rules bar (减负禁项)."""
    text = "。".join(
        [draft.text, str(draft.values.get("materials", "")), *(what for _, what in draft.milestones)]
    )
    found = barred_in(text)
    if found:
        raise BookError("".join(refusal(each) for each in found[:3]), field="rows")
