"""`yibenzhang relief`: what a unit and everything below it was asked, spared and asked twice in a period."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from typing import TYPE_CHECKING

from yibenzhang.cli.asking import unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.periods import parse_period

if TYPE_CHECKING:
    from yibenzhang.relief.account import Account

SUMMARY = "列出减负账：一段时间里要了什么、少记多少、有没有要两遍"


def configure(parser: Parser) -> None:
    """Add the options of `relief`."""
    add_home(parser)
    parser.add_argument("--unit", required=True, metavar="代码", help="单位代码，连同它的下级")
    parser.add_argument("--period", required=True, metavar="期间", help="2024、2024H1、2024Q3 或 2024-06")
    add_json(parser)
    parser.examples("yibenzhang relief --home book --unit meteorology --period 2024 --json")


def run(options: Namespace) -> int:
    """Print the account; exit code 1 when something was asked or recorded twice."""
    period = parse_period(options.period)
    open_book(options.home)
    from yibenzhang.organisation.queries import units_below
    from yibenzhang.relief.account import accounts, together
    from yibenzhang.reports.fed import fed_by
    from yibenzhang.superior_forms.fed import fed_by_forms

    unit = unit_of(options.unit)
    below = units_below([unit.pk], start=period.start, stop=period.stop)
    units = list(below.order_by("position", "id"))
    parts = accounts(units, period, [*fed_by(units, period), *fed_by_forms(units, period)])
    total = together(parts, period)
    if options.json:
        rows = [_row(part) for part in parts]
        print_json({"unit": unit.code, "period": period.code, "total": _numbers(total), "units": rows})
    else:
        _print(f"{unit.name}，{period.label}", parts, total)
    return 1 if total.repeats else 0


def _numbers(account: Account) -> dict[str, object]:
    """The account as plain numbers; `asked` counts things by source, the rest are entries and figures."""
    return {
        "entries_asked": account.entries_asked,
        "recorded": account.vouchers,
        "entries_saved": account.entries_saved,
        "figures_taken": account.figures_fed,
        "asked_twice": len(account.repeats),
        "asked": {source: number for source, _, number in account.counts},
    }


def _row(part: Account) -> dict[str, object]:
    repeats = [
        {"kind": each.kind, "name": each.name, "code": each.code, "where": each.where, "why": each.why}
        for each in part.repeats
    ]
    months = [
        {"month": each.month, "asked": each.asked, "recorded": each.recorded, "saved": each.saved}
        for each in part.months()
    ]
    return {"unit": part.units[0].code, **_numbers(part), "repeats": repeats, "months": months}


def _print(head: str, parts: list[Account], total: Account) -> None:
    print(head)
    rows = [
        (str(part.units[0]), part.entries_asked, part.vouchers, part.entries_saved, part.figures_fed, len(part.repeats))
        for part in parts
        if part.asks or part.vouchers
    ]  # fmt: skip
    rows.append(("合计", total.entries_asked, total.vouchers, total.entries_saved, total.figures_fed, len(total.repeats)))  # fmt: skip
    columns = ["单位", "要记", "已入账", "少记", "取数", "要两遍"]
    print_table(columns, [tuple(str(cell) for cell in row) for row in rows])
    counted = Counter((each.name, each.where, each.why) for each in total.repeats)
    for (name, where, why), units in counted.items():
        print(f"要两遍：{name}，{where}，{units} 个单位{f'，理由：{why}' if why else ''}")
