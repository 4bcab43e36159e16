"""Progress of items that look at an item of a plan: the vouchers with which its lead did what was planned."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.organisation.queries import own_units_of
from yibenzhang.plans.models import PlanAmendment, PlanFulfilment, PlanItem
from yibenzhang.responsibility.proofs import Proofs, proofs_of
from yibenzhang.responsibility.standing import (
    AWAITING,
    MET,
    MET_LATE,
    NOT_APPLICABLE,
    Progress,
    dated,
    left,
    outstanding,
)
from yibenzhang.vouchers.models import Voucher

if TYPE_CHECKING:
    from yibenzhang.responsibility.progress import Asked

INNER_QUOTES = str.maketrans("“”", "‘’")


def assess(asked: "list[Asked]", day: date) -> dict[int, Progress]:
    """The vouchers of all items of plans are read at once; a supporting unit's contribute and do not fulfil."""
    planned = {
        version.plan_item.pk: version.plan_item for _, version in asked if version.plan_item is not None
    }
    linked = _by_lead(planned)
    proofs = proofs_of((voucher for own in linked.values() for voucher in own), day)
    acts = PlanAmendment.objects.filter(item__in=planned, act=PlanAmendment.Act.CANCELLED, day__lte=day)
    dropped = dict(acts.values_list("item", "day"))
    return {
        item.pk: _judge(version.plan_item, version.deadline, linked, dropped, proofs, day)
        for item, version in asked
        if version.plan_item is not None
    }


def _by_lead(planned: dict[int, PlanItem]) -> dict[int, list[Voucher]]:
    found: dict[int, list[Voucher]] = defaultdict(list)
    if planned:
        own = own_units_of(item.lead for item in planned.values())
        rows = PlanFulfilment.objects.filter(item__in=planned).select_related("voucher__unit")
        for row in rows.order_by("voucher__event_date", "voucher_id"):
            if row.voucher.unit_id in own[planned[row.item_id].lead_id]:
                found[row.item_id].append(row.voucher)
    return found


def _judge(
    planned: PlanItem,
    deadline: date,
    linked: dict[int, list[Voucher]],
    dropped: dict[int, date],
    proofs: Proofs,
    day: date,
) -> Progress:
    name, needed = f"“{planned.text.translate(INNER_QUOTES)}”", planned.times
    if planned.pk in dropped:
        return Progress(NOT_APPLICABLE, deadline, f"计划已于{dated(dropped[planned.pk])}取消{name}。")
    posted = [voucher for voucher in linked[planned.pk] if voucher.pk in proofs.posted]
    waiting = [voucher for voucher in linked[planned.pk] if voucher.pk in proofs.waiting]
    vouchers, count = tuple(voucher.pk for voucher in posted), len(posted)
    if count >= needed:
        late = sorted(voucher.recorded_on for voucher in posted)[needed - 1] > deadline
        reason = f"计划的{name}已办{'，期限之后才记，记为补记' if late else ''}。"
        return Progress(MET_LATE if late else MET, deadline, reason, count, needed, vouchers=vouchers)
    if count + len(waiting) >= needed:
        reason = f"计划的{name}所记的凭证待审，入账后即完成。"
        return Progress(AWAITING, deadline, reason, count, needed, vouchers=vouchers)
    reason = f"计划的{name}应办{needed}次，已办{count}次。{left(deadline, day)}"
    return Progress(outstanding(deadline, day), deadline, reason, count, needed, vouchers=vouchers)
