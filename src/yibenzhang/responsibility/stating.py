"""What the responsible say of their items (自述): who, when, and a voucher if there is one."""

from datetime import date

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.queries import today_for
from yibenzhang.responsibility.models import ResponsibilityItem, Statement
from yibenzhang.responsibility.services import ListStateError
from yibenzhang.responsibility.wording import ShownBy, milestones_of
from yibenzhang.vouchers.models import Voucher


@transaction.atomic
def state_progress(
    item: ResponsibilityItem, *, text: str, actor: User, is_done: bool = False, milestone: str = "",
    voucher: Voucher | None = None, on: date | None = None,
) -> Statement:  # fmt: skip
    """Say how an item, or one of its milestones, stands. A later statement replaces an earlier one; both are kept.

    Raises BookError without words, for a draft's item, for “done” where the ledger computes it, for a milestone the item
    does not have, or for a voucher that is only a draft.
    """
    version, issued = item.current, item.list
    if issued.is_draft or issued.unit is None:
        raise ListStateError("清单还没有印发，不用写进展。")
    if not text.strip():
        raise BookError("请写进展，一两句话即可。", field="text")
    if len(text.strip()) > 500:
        raise BookError("进展请缩短到 500 字以内。", field="text")
    steps = {each.name: each for each in milestones_of(version)}
    if milestone and milestone not in steps:
        raise BookError("没有这个节点，请从列表中选。", field="milestone")
    computed = steps[milestone].state if milestone else version.shown_by != ShownBy.STATED
    if is_done and computed:
        raise BookError("这一项由台账计算，不用自述完成；记账审核入账后自动更新。", field="is_done")
    if is_done and not milestone and steps:
        raise BookError("这一项按节点算，请选是哪个节点完成了。", field="milestone")
    if voucher is not None and voucher.state in {Voucher.State.DRAFT, Voucher.State.RETURNED}:
        raise BookError("这笔凭证还没有提交，请先提交审核，或先不附凭证。", field="voucher")
    said = Statement.objects.create(
        item=item, milestone=milestone, on=on or today_for(issued.unit), text=text.strip(), is_done=is_done,
        voucher=voucher, by=actor,
    )  # fmt: skip
    record(actor=actor, verb="responsibility.state", subject=f"{item.pk} {item}", note=said.text[:80])
    return said
