"""`yibenzhang backup`: everything of a book in one file, verified before it is called done."""

from argparse import Namespace
from pathlib import Path

from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home
from yibenzhang.cli.terminal import Progress

SUMMARY = "备份整本账到一个文件，写完立即核对"


def configure(parser: Parser) -> None:
    """Options of the command."""
    add_home(parser)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="文件", help="写到哪里，例如 备份.zip；已存在的文件不覆盖"
    )
    parser.add_argument(
        "--with-keys", action="store_true",
        help="连同 keys 目录（账链密钥）一起备份；不带时请另行妥善保存 keys，恢复时放回",
    )  # fmt: skip
    parser.examples(
        "yibenzhang backup --out 备份.zip",
        "yibenzhang backup --home /srv/book --with-keys --out /mnt/book.zip",
    )


def run(options: Namespace) -> int:
    """Write and verify the backup; the book may be in use meanwhile."""
    open_book(options.home)
    from yibenzhang.exchange.backup import write_backup

    progress = Progress()
    summary = write_backup(options.out, with_keys=options.with_keys, progress=progress)
    progress.finish()
    print(f"已备份到 {options.out}：入账 {summary.entries:,} 笔，文件 {summary.files} 个，已核对。")
    if not options.with_keys:
        print("备份里没有密钥。请另行保存账本目录下的 keys，没有它恢复后无法核对台账。")
    return 0
