"""`yibenzhang restore`: a book from a backup, into an empty home."""

import os
import shutil
from argparse import Namespace
from pathlib import Path

from yibenzhang.cli.book import open_book
from yibenzhang.cli.parser import Parser, add_home
from yibenzhang.cli.terminal import Progress

SUMMARY = "从备份恢复账本到一个空目录，恢复后核对台账"


def configure(parser: Parser) -> None:
    """Options of the command."""
    parser.add_argument("file", type=Path, metavar="文件", help="backup 写出的备份文件")
    add_home(parser)
    parser.add_argument(
        "--keys", type=Path, metavar="目录", help="另行保存的 keys 目录；备份里带有密钥时不用写"
    )
    parser.examples("yibenzhang restore 备份.zip --home /srv/book --keys /mnt/keys")


def run(options: Namespace) -> int:
    """0 when the restored ledger is sound, 1 when it is damaged."""
    from yibenzhang.exchange.archive import ArchiveError, read_manifest, unpack

    place = options.home.expanduser().resolve()
    progress = Progress()
    if os.environ.get("DATABASE_URL") and not read_manifest(options.file, progress).is_dump:
        raise ArchiveError(
            "这份备份来自 SQLite 账本，不能恢复到 DATABASE_URL 的数据库。请去掉 DATABASE_URL 再恢复。"
        )
    manifest = unpack(options.file, place, keys=options.keys, progress=progress)
    open_book(place, create=manifest.is_dump)
    from yibenzhang.exchange.backup import finish_restore
    from yibenzhang.ledger.verify import verify

    try:
        finish_restore(place, manifest, progress)
    except ArchiveError:
        shutil.rmtree(place)  # it was empty before; half a book must not look like one
        raise
    verdict = verify(lambda done: progress("核对台账", done, manifest.entries))
    progress.finish()
    if verdict.damage:
        print(f"已恢复到 {place}，但台账有问题：{verdict.damage.message}")
        return 1
    print(f"已恢复到 {place}：入账 {verdict.entries:,} 笔，台账完好。")
    return 0
