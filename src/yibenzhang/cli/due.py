"""`yibenzhang due`: what a unit has to do, the nearest deadline first."""

from __future__ import annotations

from argparse import Namespace

from yibenzhang.cli.asking import unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.duties import add_as_of, day_of, print_duties, row_of
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import print_json

SUMMARY = "列出一个单位该办而未办的规定动作"


def configure(parser: Parser) -> None:
    """Add the options of `due`."""
    add_home(parser)
    parser.add_argument("--unit", required=True, metavar="代码", help="单位代码；厅局连同它设的党组织")
    add_as_of(parser)
    add_json(parser)
    parser.examples("yibenzhang due --home book --unit geo_t1_b1")


def run(options: Namespace) -> int:
    """Print what is due; exit code 0 also when something is overdue, for that is no fault of the book."""
    as_of = day_of(options.as_of)
    open_book(options.home)
    from yibenzhang.organisation.models import Unit
    from yibenzhang.organisation.queries import own_units, today_for
    from yibenzhang.requirements.due import due

    unit = unit_of(options.unit)
    day = as_of or today_for(unit)
    units = Unit.objects.filter(pk__in=own_units(unit)).order_by("position", "id")
    found = due(units, day)
    if options.json:
        print_json([row_of(duty) for duty in found])
    elif found:
        print(f"{unit.name}，截至 {day}：{len(found)} 项")
        print_duties(found)
    else:
        print(f"{unit.name}，截至 {day}：没有该办而未办的事项。")
    return 0
