"""Finding the vouchers of a plan among those already recorded: by kind, unit, month and name."""

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.organisation.queries import own_units
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.plans.queries import items_of
from yibenzhang.plans.services import link_voucher
from yibenzhang.vouchers.models import Voucher


@transaction.atomic
def match_records(plan: Plan, *, actor: User) -> int:
    """Link each item that names a kind and has no voucher to the first posted one that fits; returns how many were linked.

    A centre group's session fits by its month; anything else only when one title holds the other, for a guess by date
    alone would link strangers.
    """
    if plan.is_draft:
        return 0
    taken: set[int] = set(
        Voucher.objects.filter(plan_fulfilments__item__plan=plan).values_list("pk", flat=True)
    )
    linked = 0
    for item in items_of(plan).filter(is_cancelled=False, fulfilments=None).exclude(kind=""):
        rows = Voucher.objects.filter(
            unit__in=own_units(item.lead),
            kind=item.kind,
            state=Voucher.State.POSTED,
            event_date__year=plan.year,
        )
        rows = rows.exclude(pk__in=taken).select_related("unit").order_by("event_date", "id")
        voucher = next((row for row in rows if _fits(item, row)), None)
        if voucher is not None:
            link_voucher(item, voucher, actor=actor)
            taken.add(voucher.pk)
            linked += 1
    return linked


def _fits(item: PlanItem, voucher: Voucher) -> bool:
    if item.plan.sort == Plan.Sort.CENTRE_GROUP:
        return item.deadline is None and voucher.event_date.month == item.month
    return bool(voucher.title) and (item.text in voucher.title or voucher.title in item.text)
