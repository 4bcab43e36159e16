"""`yibenzhang trace`: the postings behind a figure."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from yibenzhang.cli.asking import ask, check_programme, plain_value, position_of, unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home, add_json, add_question
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.periods import parse_period
from yibenzhang.kernel.quantities import grouped

if TYPE_CHECKING:
    from yibenzhang.indicators.trace import TraceLine

SUMMARY = "列出一个指标背后的全部分录"


def configure(parser: Parser) -> None:
    """Options of the command."""
    parser.add_argument("indicator", metavar="指标代码", help="例如 livelihood.projects")
    add_home(parser)
    add_question(parser)
    add_json(parser)
    parser.examples(
        "yibenzhang trace livelihood.projects --unit geology --period 2023",
        "yibenzhang trace livelihood.projects --unit geology --period 2023 --programme theme_education --json",
    )


def run(options: Namespace) -> int:
    """Print the postings; their aggregate is the value."""
    parse_period(options.period)
    open_book(options.home)
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.indicators.figures import figure
    from yibenzhang.indicators.trace import trace

    indicator = current_catalogue().indicator(options.indicator)
    unit = unit_of(options.unit)
    check_programme(options.programme)
    position = position_of(options.as_of, unit)
    question = ask(options, indicator, unit, position)
    answer = figure(indicator, question)
    postings = _rows(trace(indicator, question))
    if options.json:
        print_json(
            {
                "indicator": indicator.code,
                "unit": unit.code,
                "period": question.period.code,
                "programme": options.programme or None,
                "state": answer.state,
                "value": plain_value(answer),
                "measure": indicator.measure,
                "aggregation": indicator.aggregation,
                "as_of": position,
                "postings": postings,
            }
        )
        return 0
    print(f"{indicator.name}（{unit.name}，{question.period.label}）：{answer.shown}{answer.measure}")
    print(f"口径：{indicator.definition}")
    print_table(
        ["日期", "凭证", "单位", "数量", "科目", "入账序号"],
        [
            (p["date"], p["voucher"], p["unit"], grouped(p["quantity"]), p["account"], p["entry"])
            for p in postings
        ],
        right=[3, 5],
    )
    return 0


def _rows(lines: list[TraceLine]) -> list[dict[str, Any]]:
    from yibenzhang.organisation.models import Unit
    from yibenzhang.vouchers.models import Voucher

    codes = dict(Unit.objects.values_list("pk", "code"))
    wanted = {line.voucher for line in lines}
    rows = Voucher.objects.only("pk", "recorded_on").iterator(chunk_size=5000) if wanted else []
    numbers = {voucher.pk: voucher.number for voucher in rows if voucher.pk in wanted}
    return [
        {
            "posting": line.posting,
            "voucher": numbers[line.voucher],
            "date": line.day.isoformat(),
            "unit": codes[line.unit],
            "quantity": line.quantity,
            "key": str(line.key),
            "role": line.role,
            "account": line.account,
            "entry": line.entry,
        }
        for line in lines
    ]
