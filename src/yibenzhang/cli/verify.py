"""`yibenzhang verify`: proof that the ledger is as it was posted."""

from argparse import Namespace
from dataclasses import asdict

from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home, add_json
from yibenzhang.cli.terminal import Progress, print_json

SUMMARY = "核对台账有没有被改动、增删或截断"


def configure(parser: Parser) -> None:
    """Options of the command."""
    add_home(parser)
    add_json(parser)
    parser.examples("yibenzhang verify", "yibenzhang verify --home /srv/book --json")


def run(options: Namespace) -> int:
    """0 when the book is sound; 1 with the first bad row and what is wrong with it."""
    open_book(options.home)
    from yibenzhang.ledger.queries import position
    from yibenzhang.ledger.verify import verify

    progress = Progress(position())
    verdict = verify(lambda done: progress("核对台账", done), needs_log=True)
    progress.finish()
    damage = verdict.damage
    if options.json:
        print_json(
            {
                "sound": damage is None,
                "entries": verdict.entries,
                "postings": verdict.postings,
                "head": verdict.head,
                "damage": asdict(damage) if damage else None,
            }
        )
    elif damage is None:
        print(f"台账完好：入账 {verdict.entries:,} 笔，分录 {verdict.postings:,} 行。")
        print(f"最新校验值：{verdict.head}")
    else:
        print(f"台账有问题：{damage.message}")
        print("请保留现状，不要再记账；取最近一份完好的备份比对，并报告管理员。")
    return 1 if damage else 0
