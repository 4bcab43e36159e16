"""Plan against done (计划与实做): the state of each item, computed on read from the vouchers linked to it.

Words are those of the duties. Only what has a deadline that passed is overdue; a month alone is an intention.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yibenzhang.organisation.queries import own_units, own_units_of
from yibenzhang.plans.columns import WATCHED_KINDS
from yibenzhang.plans.models import Plan, PlanAmendment, PlanFulfilment, PlanItem
from yibenzhang.vouchers.models import Voucher

DONE, AWAITING, OPEN, OVERDUE, NOT_YET_DUE, CANCELLED = (
    "done",
    "awaiting_review",
    "open",
    "overdue",
    "not_yet_due",
    "cancelled",
)
WORDS = {
    DONE: "已办",
    AWAITING: "待审",
    OPEN: "期内未记",
    OVERDUE: "逾期未记",
    NOT_YET_DUE: "未到期",
    CANCELLED: "已取消",
}


def judge(
    today: date, *, starts_on: date, deadline: date | None, is_cancelled: bool, done: bool, awaiting: bool
) -> str:
    """The state on a day. The deadline itself is still in time; before the planned month nothing is expected."""
    if is_cancelled:
        return CANCELLED
    if done:
        return DONE
    if awaiting:
        return AWAITING
    if deadline is not None and today > deadline:
        return OVERDUE
    return OPEN if today >= starts_on else NOT_YET_DUE


@dataclass(frozen=True)
class Link:
    """A voucher linked to an item: the lead's fulfils it, a supporting unit's contributes."""

    voucher: Voucher
    by_lead: bool

    @property
    def counts(self) -> bool:
        """True when it is posted and not reversed."""
        return self.voucher.state == Voucher.State.POSTED


@dataclass(frozen=True)
class ItemStanding:
    """An item with its state, its vouchers and its last amendment."""

    item: PlanItem
    state: str
    links: list[Link]
    amendment: PlanAmendment | None

    @property
    def word(self) -> str:
        """The Chinese word of the state."""
        return WORDS[self.state]

    @property
    def adjusted(self) -> str:
        """已调整 or 后增 when the item was changed or added after the plan was issued; empty otherwise."""
        if self.amendment is None or self.state == CANCELLED:
            return ""
        return "后增" if self.amendment.act == PlanAmendment.Act.ADDED else "已调整"

    @property
    def posted(self) -> list[Voucher]:
        """The lead's posted vouchers, the earliest first."""
        return [link.voucher for link in self.links if link.by_lead and link.counts]

    @property
    def fulfilled_by(self) -> Voucher | None:
        """The posted voucher of the lead with which the item was done: the last of as many as it needs."""
        return self.posted[self.item.times - 1] if len(self.posted) >= self.item.times else None

    @property
    def shift(self) -> str:
        """When it was done beside when it was planned; empty when it was done as planned or not yet."""
        voucher, item = self.fulfilled_by, self.item
        if voucher is None:
            return ""
        day = voucher.event_date
        if item.deadline is not None:
            late = (day - item.deadline).days
            return f"比时限晚 {late} 天" if late > 0 else ""
        planned = item.plan.year * 12 + (item.month or day.month)
        months = day.year * 12 + day.month - planned
        if not months:
            return ""
        return f"比计划晚 {months} 个月" if months > 0 else f"比计划早 {-months} 个月"


def standings(items: Iterable[PlanItem], today: date) -> list[ItemStanding]:
    """The items with their states on a day, in the order given. Four queries, however many items."""
    found = list(items)
    keys = [item.pk for item in found]
    linked: dict[int, list[Voucher]] = {key: [] for key in keys}
    rows = PlanFulfilment.objects.filter(item__in=keys).select_related("voucher__unit")
    for row in rows.order_by("voucher__event_date", "voucher_id"):
        linked[row.item_id].append(row.voucher)
    newest = {row.item_id: row for row in PlanAmendment.objects.filter(item__in=keys).order_by("day", "id")}
    own = own_units_of(item.lead for item in found if linked[item.pk])
    result = []
    for item in found:
        links = [Link(v, v.unit_id in own[item.lead_id]) for v in linked[item.pk]]
        state = _state(item, links, today)
        result.append(ItemStanding(item, state, links, newest.get(item.pk)))
    return result


def _state(item: PlanItem, links: list[Link], today: date) -> str:
    states = [link.voucher.state for link in links if link.by_lead]
    posted, waiting = states.count(Voucher.State.POSTED), states.count(Voucher.State.SUBMITTED)
    return judge(
        today,
        starts_on=item.starts_on,
        deadline=item.deadline,
        is_cancelled=item.is_cancelled,
        done=posted >= item.times,
        awaiting=posted + waiting >= item.times,
    )


def unplanned(plan: Plan) -> list[Voucher]:
    """Posted vouchers of the plan's unit and year, of the kinds the plan is about, that no item asked for (计划外)."""
    kinds = WATCHED_KINDS[plan.sort]
    if not kinds or plan.is_draft:
        return []
    rows = Voucher.objects.filter(unit__in=own_units(plan.unit), kind__in=kinds, state=Voucher.State.POSTED)
    rows = rows.filter(event_date__year=plan.year).exclude(plan_fulfilments__item__plan=plan)
    return list(rows.select_related("unit").order_by("event_date", "id"))
