"""The `yibenzhang` command: finds the sub-command, runs it, turns faults into messages and exit codes.

Exit codes: 0 as it should be, 1 something wrong was found (a damaged ledger, faulty rows, a difference), 2 wrong usage
or input, 130 interrupted.
"""

import sys
from importlib import import_module
from types import ModuleType

from yibenzhang.cli.parser import Parser
from yibenzhang.kernel.errors import BookError

COMMANDS = (
    "demo", "init", "serve", "figures", "trace", "due", "duties", "plans", "relief", "responsibility", "check", "report",
    "form", "verify", "import", "template", "export", "backup", "restore", "remind", "workdays",
)  # fmt: skip
MODULES = {"import": "imports"}  # names Python keeps for itself
READ_SUMMARY = "读一份文字材料，列出里面的数字和说法（不需要账本）"


def main(argv: list[str] | None = None) -> int:
    """Run a command line (without the program's name) and return its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    try:
        if arguments[:1] == ["read"]:
            from yibenzhang.cli.read import run_read  # reading needs no book, so Django stays out

            return run_read(arguments[1:])
        options = build_parser().parse_args(arguments)
        return int(options.run(options))
    except BookError as error:
        print(error.message, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\n已中断。没做完的部分没有写入，已有的记录不受影响。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) has seen enough
        return 0


def build_parser() -> Parser:
    """The parser of all commands; `docs/cli.md` is generated from it."""
    parser = Parser(
        prog="yibenzhang",
        description="党建一本账：记录一次，审核入账，所有数字都从同一本台账算出并可追溯。",
        epilog="每个命令都有帮助，例如 yibenzhang figures --help。\n"
        "退出码：0 正常；1 查出问题；2 用法或输入有误；130 被中断。",
    )
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, dest="command")
    for name in COMMANDS:
        module = module_of(name)
        command = commands.add_parser(name, help=module.SUMMARY, description=f"{module.SUMMARY}。")
        module.configure(command)
        command.set_defaults(run=module.run)
    commands.add_parser("read", help=READ_SUMMARY, description=f"{READ_SUMMARY}。")
    return parser


def module_of(name: str) -> ModuleType:
    """The module that holds a command."""
    return import_module(f"yibenzhang.cli.{MODULES.get(name, name)}")


if __name__ == "__main__":
    sys.exit(main())
