"""The reference of all commands as Markdown: `python -m yibenzhang.cli.reference > docs/cli.md`."""

import argparse
from collections.abc import Iterator

from yibenzhang.cli.main import COMMANDS, build_parser
from yibenzhang.cli.parser import Parser

HEAD = """# 命令行参考

本页由 `python -m yibenzhang.cli.reference` 从程序生成，请不要手改。

数据输出到标准输出，进度和错误输出到标准错误。退出码：0 正常；1 查出问题（台账被改动、导入文件有误、数字不符）；
2 用法或输入有误；130 被 Ctrl-C 中断。中断时已写完的事务都在，未写完的一行也没有。

环境变量：`YIBENZHANG_HOME` 账本目录；`YIBENZHANG_HOSTS` 网页服务应答的主机名，用逗号分开；`DATABASE_URL`
用 PostgreSQL 时的地址；`YIBENZHANG_HEAD_SINK` 账链摘要另存到的文件；`YIBENZHANG_ORIGINS` 网页的对外地址，例如 https://dj.example.cn。
`YIBENZHANG_SCAN` 查毒命令，例如 `clamdscan --no-summary -`：文件从标准输入给它，退出码 0 干净、1 有毒，其余算没有应答（不收文件）；不设就不查。
发邮件摘要时再设 `YIBENZHANG_SMTP_HOST`（不设就不发）、`YIBENZHANG_SMTP_PORT`、`YIBENZHANG_SMTP_USER`、`YIBENZHANG_SMTP_PASSWORD`、
`YIBENZHANG_SMTP_SECURITY`（ssl、starttls 或 none，默认 ssl）和 `YIBENZHANG_MAIL_FROM`（发件地址）。
"""


def reference() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for command in _commands() for line in _section(command, "##"))])


def _commands() -> Iterator[Parser]:
    parser = build_parser()
    (choices,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    for name in [*COMMANDS, "read"]:
        yield choices.choices[name]


def _section(command: Parser, level: str) -> Iterator[str]:
    """A command with its options and examples, then its sub-commands one level down."""
    yield f"{level} {command.prog}\n\n{command.description}\n"
    acts = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    rows = [
        _row(action)
        for action in command._actions
        if action not in acts and "--help" not in action.option_strings
    ]
    if rows:
        yield "| 参数 | 说明 |\n|---|---|"
        yield from rows
        yield ""
    if command.epilog:
        examples = [line.strip() for line in command.epilog.splitlines()[1:]]
        yield "\n".join(["```", *examples, "```", ""])
    for act in acts:
        for sub in act.choices.values():
            yield from _section(sub, f"{level}#")


def _row(action: argparse.Action) -> str:
    name = ", ".join(action.option_strings)
    value = action.metavar or (f"{{{','.join(map(str, action.choices))}}}" if action.choices else "")
    if action.nargs == 0:
        value = ""
    must = "（必填）" if action.required and action.nargs != "?" else ""
    return f"| `{f'{name} {value}'.strip()}` | {must}{action.help or ''} |".replace("||", "\\|\\|")


if __name__ == "__main__":
    print(reference())
