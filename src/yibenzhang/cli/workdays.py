"""`yibenzhang workdays`: which years' holidays are at hand, and checking a file before it is put in place."""

from __future__ import annotations

import os
from argparse import Namespace
from datetime import date
from pathlib import Path

from yibenzhang.cli.parser import Parser, add_home
from yibenzhang.kernel.errors import BookError

SUMMARY = "列出已有哪些年的节假日与调休，或检查一份节假日文件"


def configure(parser: Parser) -> None:
    """Add the options of `workdays`."""
    add_home(parser)
    parser.add_argument("--check", type=Path, metavar="文件", help="检查这份文件能不能用，例如 2027.yaml")
    parser.examples("yibenzhang workdays --home book", "yibenzhang workdays --check 2027.yaml")


def run(options: Namespace) -> int:
    """List the years, or check a file; exit code 1 when a file has faults. Needs no book."""
    os.environ["YIBENZHANG_HOME"] = str(options.home.expanduser().resolve())
    from yibenzhang.catalogue.source import PackError
    from yibenzhang.catalogue.workday_file import read_year
    from yibenzhang.catalogue.workdays import current_workdays

    if options.check is not None:
        if not options.check.is_file():
            raise BookError(f"没有文件 {options.check}，请核对路径。")
        try:
            year = read_year(options.check, options.check.name)
        except PackError as error:
            print("\n".join(map(str, error.problems)))
            return 1
        print(f"{year.year}年可用：放假 {len(year.off)} 天，调休上班 {len(year.on)} 天。{year.source}")
        return 0
    workdays = current_workdays()
    for year in workdays.years.values():
        count = workdays.between(date(year.year - 1, 12, 31), date(year.year, 12, 31))
        print(f"{year.year}年　工作日 {count} 天　{year.source}")
    for problem in workdays.problems:
        print(f"没有采用：{problem}")
    return 1 if workdays.problems else 0
