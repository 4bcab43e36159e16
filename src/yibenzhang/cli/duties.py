"""`yibenzhang duties`: every duty whose window touches a period, with its state as of a day."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.cli.asking import unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import print_json, print_table
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period

if TYPE_CHECKING:
    from yibenzhang.organisation.models import Unit
    from yibenzhang.requirements.duties import Duty

SUMMARY = "列出一段时间里各单位的规定动作和状态"


def configure(parser: Parser) -> None:
    """Add the options of `duties`."""
    add_home(parser)
    parser.add_argument(
        "--period", required=True, metavar="期间", help="2024、2024H1、2024Q3、2024-06 或起止日期"
    )
    parser.add_argument("--unit", metavar="代码", default="", help="只列这个单位和它的下级；不写时列全部")
    add_as_of(parser)
    add_json(parser)
    parser.examples(
        "yibenzhang duties --home book --period 2024-06 --json",
        "yibenzhang duties --home book --period 2024 --unit meteorology --as-of 2024-06-30",
    )


def add_as_of(parser: Parser) -> None:
    """`--as-of`: the day of judgement."""
    parser.add_argument(
        "--as-of", metavar="日期", default="", help="按这一天的账判断，例如 2024-06-30；不写时按账面日期"
    )


def run(options: Namespace) -> int:
    """Print the duties; exit code 0."""
    period, as_of = parse_period(options.period), day_of(options.as_of)
    open_book(options.home)
    from yibenzhang.requirements.duties import duties

    found = list(duties(_units(options.unit), period, as_of=as_of))
    if options.json:
        print_json([row_of(duty) for duty in found])
    else:
        print_duties(found)
    return 0


def day_of(text: str) -> date | None:
    """The day given, None when empty; raises BookError when it is no date, or none a book can have."""
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BookError(f"--as-of 应是日期，例如 2024-06-30，现为 {text}。", field="as_of") from None
    if not 1900 <= day.year <= 2200:
        raise BookError(f"--as-of 请写 1900 年至 2200 年之间的日期，现为 {text}。", field="as_of")
    return day


def row_of(duty: Duty) -> dict[str, object]:
    """A duty as plain data; days are ISO dates."""
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.requirements.explain import reason

    return {
        "requirement": duty.requirement.code,
        "unit": duty.unit.code,
        "period": duty.window.code,
        "state": duty.state,
        "found": duty.found,
        "needed": duty.needed,
        "deadline": duty.window.deadline.isoformat(),
        "basis": duty.requirement.document,
        "article": duty.requirement.article,
        "reason": reason(duty, current_catalogue()),
    }


def print_duties(found: list[Duty]) -> None:
    """Print duties as a table for people."""
    rows = [
        (d.unit.short_name or d.unit.name, d.requirement.name, d.window.code, d.word, f"{d.found}/{d.needed}",
         str(d.window.deadline), d.requirement.code)
        for d in found
    ]  # fmt: skip
    print_table(["单位", "规定动作", "期间", "状态", "已记/应记", "截止", "代码"], rows)


def _units(code: str) -> list[Unit]:
    from yibenzhang.organisation.models import Unit
    from yibenzhang.organisation.queries import units_below

    units = units_below([unit_of(code).pk]) if code else Unit.objects.all()
    return list(units.order_by("position", "id"))
