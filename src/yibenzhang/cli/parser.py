"""argparse in Chinese, and the options that several commands share."""

import argparse
import os
import re
import sys
from pathlib import Path
from typing import Any, NoReturn

FAULTS = [
    (r"the following arguments are required: (.+)", r"缺少：\1"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 后面要写内容"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 没有 \2，可选：\3"),
    (r"argument (.+?): invalid (?:int|_port) value: (.+)", r"\1 应是数字，现为 \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 和 \2 不能同时用"),
    (r"one of the arguments (.+) is required", r"要写其中一项：\1"),
    (r"argument (.+?): ([^a-zA-Z].*)", r"\1：\2"),
    (r"unrecognized arguments: (.+)", r"没有这个参数：\1"),
]


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose help and complaints are in Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"formatter_class": _Formatter, **options, "add_help": False, "allow_abbrev": False}
        )
        self._positionals.title, self._optionals.title = "内容", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份帮助")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where the help is; exit code 2."""
        for pattern, chinese in FAULTS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, chinese, message).replace("'", "")
                break
        self.print_usage(sys.stderr)
        self.exit(2, f"{message}。用 {self.prog} --help 查看用法。\n")

    def examples(self, *lines: str) -> None:
        """Show these command lines at the end of the help."""
        self.epilog = "\n".join(["例：", *(f"  {line}" for line in lines)])


def add_home(parser: Parser) -> None:
    """`--home`: which book."""
    parser.add_argument(
        "--home",
        type=Path,
        metavar="目录",
        default=Path(os.environ.get("YIBENZHANG_HOME", "book")),
        help="账本目录；不写时用环境变量 YIBENZHANG_HOME，再不然是 ./book",
    )


def add_json(parser: Parser) -> None:
    """`--json`: print data for programs."""
    parser.add_argument("--json", action="store_true", help="输出 JSON，供程序读取")


def add_question(parser: Parser) -> None:
    """Unit, period, programme, position and scope: what `figures` and `trace` ask."""
    parser.add_argument("--unit", required=True, metavar="代码", help="单位代码，例如 geology")
    parser.add_argument(
        "--period", required=True, metavar="期间",
        help="2024、2024H1、2024Q3、2024-08 或 2024-01-01..2024-08-31",
    )  # fmt: skip
    parser.add_argument("--programme", metavar="代码", default="", help="只算这个专题；不写时算全部")
    parser.add_argument(
        "--as-of", metavar="日期或序号", default="",
        help="按某日终了（2024-06-30）或某一入账序号（1278）时的账算；不写时按最新的账",
    )  # fmt: skip
    parser.add_argument(
        "--scope", choices=["own", "subtree"],
        help="own 只算本单位，subtree 连同下级；不写时按指标自己的口径",
    )  # fmt: skip
