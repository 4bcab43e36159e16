"""`yibenzhang remind`: send the e-mail digests of follow-ups that are due; meant for cron."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home

if TYPE_CHECKING:
    from yibenzhang.followups.digest import Letter

SUMMARY = "发送督办的邮件摘要（放进定时任务，只在工作时间发）"


def configure(parser: Parser) -> None:
    """Add the options of `remind`."""
    add_home(parser)
    parser.add_argument("--dry-run", action="store_true", help="只列出会发给谁、列哪几件，不发送")
    parser.examples(
        "yibenzhang remind --home book --dry-run",
        "*/30 9-17 * * * YIBENZHANG_SMTP_HOST=mail.example.cn yibenzhang remind --home /srv/book",
    )


def run(options: Namespace) -> int:
    """Send, or list with `--dry-run`; exit code 1 when some could not be sent."""
    open_book(options.home)
    from django.utils import timezone

    from yibenzhang.followups.digest import DigestError, letters, send_digests

    if options.dry_run:
        found = letters()
        for letter in found:
            print(_line(letter))
        print(f"共 {len(found)} 封，没有发送。" if found else "没有要发的邮件摘要。")
        return 0
    faults: list[str] = []

    def tell(letter: Letter, fault: str) -> None:
        print(f"{_line(letter)}{f'：{fault}' if fault else ''}", file=sys.stderr if fault else sys.stdout)
        if fault and not letter.is_kept_back:
            faults.append(fault)

    try:
        sent = send_digests(at=timezone.now(), tell=tell)
    except DigestError as refusal:
        print(refusal.message)  # every half hour, cron asks in vain at night: that is no fault
        return 0
    print(f"已发 {sent} 封。")
    return 1 if faults else 0


def _line(letter: Letter) -> str:
    titles = "；".join(each.title for each in letter.follow_ups)
    return f"{letter.user.username} <{letter.address}>：{titles}"
