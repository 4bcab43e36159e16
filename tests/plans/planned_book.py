"""A small world with plans: what the tests of this folder begin from."""

from __future__ import annotations

from datetime import date

from tests.worlds import World
from yibenzhang.access.models import User
from yibenzhang.ledger.services import post_voucher
from yibenzhang.organisation.models import Unit
from yibenzhang.plans.models import Plan, PlanItem
from yibenzhang.plans.names import Names
from yibenzhang.plans.rows import ItemDraft, Row, read_rows
from yibenzhang.plans.services import create_plan, issue_plan, save_plan
from yibenzhang.vouchers.models import Voucher

TASKS: list[Row] = [
    {"text": "组织主题党日", "lead": "第一党支部", "supporting": "第二党支部", "due": "11月", "kind": "主题党日",
     "milestones": "10-31 定方案；11-20 开展"},
    {"text": "印发支部工作规范", "due": "2023-10-31"},
    {"text": "开展结对共建", "lead": "第二党支部", "due": "12-31"},
]  # fmt: skip


def drafts(rows: list[Row], *, unit: Unit, sort: str = "key_points", year: int = 2023) -> list[ItemDraft]:
    """Rows understood, for a plan of this unit."""
    return read_rows(enumerate(rows, start=1), sort=sort, year=year, names=Names(unit))


def draft_plan(
    world: World, rows: list[Row] | None = None, *, unit: Unit | None = None, sort: str = "key_points"
) -> Plan:
    """The committee's plan with these rows, not issued."""
    unit = unit or world.committee
    actor: User = world.clerk
    plan = create_plan(unit=unit, year=2023, sort=sort, actor=actor, document_number="澜地党〔2023〕3号")
    rows = TASKS if rows is None else rows
    return save_plan(
        plan, drafts=drafts(rows, unit=unit, sort=sort), revision=plan.revision, actor=actor,
        document_number=plan.document_number,
    )  # fmt: skip


def issued_plan(
    world: World, rows: list[Row] | None = None, *, unit: Unit | None = None, sort: str = "key_points"
) -> Plan:
    """The same, issued in January."""
    plan = draft_plan(world, rows, unit=unit, sort=sort)
    return issue_plan(plan, revision=plan.revision, actor=world.reviewer, on=date(2023, 1, 15))


def item_of(plan: Plan, number: int = 1) -> PlanItem:
    """The plan's item of that number, read anew."""
    return plan.items.select_related("plan__unit", "lead").get(number=number)


def post(world: World, voucher: Voucher) -> Voucher:
    """Let the reviewer post a waiting voucher."""
    post_voucher(voucher, actor=world.reviewer)
    voucher.refresh_from_db()
    return voucher
