"""The item of a plan a record is begun from, carried by the form, and the link kept with the draft."""

from yibenzhang.access.scope import Actor
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.plans.queries import visible_items
from yibenzhang.plans.services import link_voucher, unlink_voucher, why_not
from yibenzhang.vouchers.models import Voucher
from yibenzhang.web.record.typed import key_of


def planned_item(actor: Actor, text: str) -> PlanItem | None:
    """The item of an issued plan that `text` names; None when it names none the actor may see."""
    key = key_of(text)
    rows = visible_items(actor).filter(plan__state=Plan.State.ISSUED, is_cancelled=False)
    return rows.filter(pk=key).first() if key else None


def link_planned(actor: Actor, text: str, voucher: Voucher) -> None:
    """Link the kept draft to its item; a draft that has since become another unit's no longer belongs to it."""
    item = planned_item(actor, text)
    if item is None:
        return
    if not why_not(item, voucher):
        link_voucher(item, voucher, actor=actor.user)
    elif item.fulfilments.filter(voucher=voucher).exists():
        unlink_voucher(item, voucher, actor=actor.user)


def items_behind(actor: Actor, voucher: Voucher) -> list[PlanItem]:
    """The plan items a voucher was recorded for, as far as the actor may read them."""
    rows = visible_items(actor).filter(fulfilments__voucher=voucher)
    return list(rows.order_by("plan_id", "number"))
