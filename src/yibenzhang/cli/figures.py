"""`yibenzhang figures`: the value of indicators."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from yibenzhang.cli.asking import ask, check_programme, plain_value, position_of, unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home, add_json, add_question
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.periods import parse_period

if TYPE_CHECKING:
    from yibenzhang.catalogue.schema import Indicator
    from yibenzhang.organisation.models import Unit

SUMMARY = "算出一个单位在一个期间的指标"


def configure(parser: Parser) -> None:
    """Options of the command."""
    add_home(parser)
    add_question(parser)
    parser.add_argument(
        "--indicator", metavar="代码", default="", help="只算这个指标；不写时算本账采用的全部指标"
    )
    add_json(parser)
    parser.examples(
        "yibenzhang figures --unit geology --period 2023",
        "yibenzhang figures --unit geology --period 2023 --indicator livelihood.projects --json",
        "yibenzhang figures --unit meteorology --period 2024H1 --as-of 2024-06-30",
    )


def run(options: Namespace) -> int:
    """Print the figures; always 0 once the question could be asked."""
    parse_period(options.period)
    open_book(options.home)
    from yibenzhang.indicators.figures import figure

    unit = unit_of(options.unit)
    check_programme(options.programme)
    position = position_of(options.as_of, unit)
    answers = [figure(one, ask(options, one, unit, position)) for one in _indicators(options.indicator, unit)]
    if options.json:
        print_json(
            [
                {
                    "indicator": answer.indicator.code,
                    "name": answer.indicator.name,
                    "unit": unit.code,
                    "period": answer.question.period.code,
                    "programme": options.programme or None,
                    "value": plain_value(answer),
                    "measure": answer.indicator.measure,
                    "state": answer.state,
                    "as_of": position,
                }
                for answer in answers
            ]
        )
        return 0
    print(f"{unit.name} {parse_period(options.period).label}（账面第 {position} 笔）")
    rows = [(a.indicator.name, a.shown, a.measure, a.indicator.code) for a in answers]
    print_table(["指标", "数值", "单位", "代码"], rows, right=[1])
    return 0


def _indicators(code: str, unit: Unit) -> list[Indicator]:
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.organisation.queries import packs_of

    catalogue = current_catalogue()
    if code:
        return [catalogue.indicator(code)]
    packs = packs_of(unit)
    return [one for one in catalogue.indicators.values() if catalogue.home[("indicators", one.code)] in packs]
