"""`yibenzhang plans`: a unit's plans of a year, each item with its state and the vouchers that fulfil it."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from yibenzhang.cli.asking import unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.errors import BookError

if TYPE_CHECKING:
    from yibenzhang.plans.models import Plan
    from yibenzhang.plans.standing import ItemStanding

SUMMARY = "列出一个单位一年的工作计划：计划与实做"


def configure(parser: Parser) -> None:
    """Add the options of `plans`."""
    add_home(parser)
    parser.add_argument("--unit", required=True, metavar="代码", help="单位代码；厅局连同它设的党组织")
    parser.add_argument("--year", metavar="年份", default="", help="例如 2024；不写时是账面日期所在的年")
    add_json(parser)
    parser.examples(
        "yibenzhang plans --home book --unit meteorology --year 2024",
        "yibenzhang plans --home book --unit geo_t1_committee --year 2023 --json",
    )


def run(options: Namespace) -> int:
    """Print plans with their items and what was done beside them; exit code 0."""
    if options.year and not (options.year.isdecimal() and len(options.year) == 4):
        raise BookError(f"--year 应是四位数字，例如 2024，现为 {options.year}。", field="year")
    open_book(options.home)
    from yibenzhang.organisation.queries import own_units, today_for
    from yibenzhang.plans.models import Plan
    from yibenzhang.plans.queries import items_of
    from yibenzhang.plans.standing import standings, unplanned

    unit = unit_of(options.unit)
    year = int(options.year or today_for(unit).year)
    rows = Plan.objects.filter(unit__in=own_units(unit), year=year).select_related("unit")
    plans = list(rows.order_by("unit__position", "sort", "id"))
    found = [(plan, standings(items_of(plan), today_for(plan.unit))) for plan in plans]
    if options.json:
        print_json([_plan(plan, items) for plan, items in found])
        return 0
    if not found:
        print(f"{unit.name}没有 {year} 年的计划。")
    for plan, items in found:
        number = f"（{plan.document_number}）" if plan.document_number else ""
        print(f"{plan.title}{number}，{plan.unit}，{plan.get_state_display()}，{len(items)} 项")
        print_table(
            ["序号", "内容", "牵头单位", "时限", "状态", "凭证", "说明"], [_line(each) for each in items]
        )
        outside = unplanned(plan)
        for voucher in outside:
            print(f"计划外  {voucher.event_date}  {voucher.number}  {voucher.title}")
        print()
    return 0


def _plan(plan: Plan, items: list[ItemStanding]) -> dict[str, object]:
    from yibenzhang.plans.standing import unplanned

    return {
        "title": plan.title,
        "unit": plan.unit.code,
        "year": plan.year,
        "sort": plan.sort,
        "document_number": plan.document_number,
        "state": plan.state,
        "issued_on": plan.issued_on.isoformat() if plan.issued_on else None,
        "items": [_item(each) for each in items],
        "unplanned": [voucher.number for voucher in unplanned(plan)],
    }


def _item(each: ItemStanding) -> dict[str, object]:
    item = each.item
    return {
        "number": item.number,
        "text": item.text,
        "lead": item.lead.code,
        "supporting": [row.unit.code for row in item.supporting.all()],
        "month": item.month,
        "deadline": item.deadline.isoformat() if item.deadline else None,
        "kind": item.kind,
        "state": each.state,
        "vouchers": [voucher.number for voucher in each.posted],
        "contributions": [link.voucher.number for link in each.links if link.counts and not link.by_lead],
        "amended": each.amendment.reason if each.amendment else "",
    }


def _line(each: ItemStanding) -> tuple[object, ...]:
    item = each.item
    notes = [each.shift, each.adjusted, each.amendment.reason if each.amendment else ""]
    return (
        item.number,
        item.text,
        str(item.lead),
        item.due_label,
        each.word,
        "、".join(voucher.number for voucher in each.posted[:3]),
        "；".join(note for note in notes if note),
    )
