"""`yibenzhang responsibility`: the items a unit answers for in a year, each with its computed state."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from yibenzhang.cli.asking import unit_of
from yibenzhang.cli.book import open_book
from yibenzhang.cli.duties import add_as_of, day_of
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import print_json, print_table

if TYPE_CHECKING:
    from yibenzhang.organisation.models import Unit
    from yibenzhang.responsibility.models import ResponsibilityItem
    from yibenzhang.responsibility.standing import Progress

SUMMARY = "列出一个单位一年的责任清单事项和进展"


def configure(parser: Parser) -> None:
    """Add the options of `responsibility`."""
    add_home(parser)
    parser.add_argument("--unit", required=True, metavar="代码", help="单位代码；厅局连同它设的党组织")
    parser.add_argument("--year", required=True, type=int, metavar="年度", help="例如 2024")
    add_as_of(parser)
    add_json(parser)
    parser.examples(
        "yibenzhang responsibility --home book --unit meteorology_group --year 2024",
        "yibenzhang responsibility --home book --unit meteo_b10 --year 2024 --as-of 2024-06-30 --json",
    )


def run(options: Namespace) -> int:
    """Print the items; exit code 0 also when something is overdue, for that is no fault of the book."""
    as_of = day_of(options.as_of)
    open_book(options.home)
    from yibenzhang.organisation.queries import own_units, today_for
    from yibenzhang.responsibility.models import ResponsibilityList
    from yibenzhang.responsibility.progress import assess
    from yibenzhang.responsibility.queries import items_of

    unit = unit_of(options.unit)
    lists = ResponsibilityList.objects.filter(unit__in=own_units(unit), year=options.year)
    items = items_of(lists.exclude(state=ResponsibilityList.State.DRAFT))
    found = assess(items, as_of=as_of)
    if options.json:
        print_json([_row(item, found[item.pk]) for item in items])
    elif items:
        _print(unit, items, found, str(as_of or today_for(unit)))
    else:
        print(f"{unit.name}：{options.year} 年没有收到责任清单。")
    return 0


def _row(item: ResponsibilityItem, progress: Progress) -> dict[str, object]:
    """An item as plain data; days are ISO dates. `origin` lists the units its line of origin runs through, top first."""
    from yibenzhang.responsibility.queries import origins_of

    version, issued = item.current, item.list
    return {
        "list": issued.title,
        "number": item.number,
        "unit": issued.unit.code if issued.unit else "",
        "post": issued.post,
        "issued_by": issued.issued_by.code,
        "origin": [each.list.unit.code for each in origins_of(item) if each.list.unit],
        "text": version.text,
        "basis": version.basis,
        "deadline": version.deadline.isoformat(),
        "shown_by": version.shown_by,
        "state": progress.state,
        "word": progress.word,
        "found": progress.found,
        "needed": progress.needed,
        "reason": progress.reason,
    }


def _print(unit: Unit, items: list[ResponsibilityItem], found: dict[int, Progress], day: str) -> None:
    from yibenzhang.responsibility.rollup import counted

    told = "，".join(f"{number}项{word}" for _, word, number in counted(found.values()))
    print(f"{unit.name}，截至 {day}：{len(items)}项，{told}")
    rows = [
        (f"{item.list.answers}", str(item.number), item.current.text, str(item.current.deadline), found[item.pk].word,
         found[item.pk].reason)
        for item in items
    ]  # fmt: skip
    print_table(["责任单位", "序号", "事项", "期限", "状态", "说明"], rows)
