"""Backup of a whole book and what a restore does after the files are in place (security.md K1, K3)."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from yibenzhang.audit.services import record
from yibenzhang.exchange.archive import DUMP, SQLITE, ArchiveError, Manifest, Progress, pack
from yibenzhang.exchange.dump import load_dump, write_dump
from yibenzhang.ledger.models import Entry
from yibenzhang.ledger.seal import GENESIS
from yibenzhang.organisation.models import Unit


@dataclass(frozen=True)
class Summary:
    """What a backup holds."""

    entries: int
    files: int


def write_backup(out: Path, *, with_keys: bool, progress: Progress) -> Summary:
    """Copy database, evidence, head log and packs into one file, and restore it on trial before it counts.

    Raises ArchiveError when the file exists, cannot be written, or does not come back as it was.
    """
    if out.exists():
        raise ArchiveError(f"{out} 已存在，请换一个文件名，以免盖掉旧备份。")
    record(actor=None, verb="book.backup", subject=str(out.name))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        progress("复制数据库", 0, 0)
        database = place / (SQLITE if connection.vendor == "sqlite" else DUMP)
        number, head = _copy_database(database)
        manifest = Manifest(
            version=version("yibenzhang"),
            made_at=timezone.now().isoformat(),
            entries=number,
            head=head,
            with_keys=with_keys,
        )
        heads = place / "heads.log"
        _copy_heads(Path(settings.HOME) / "heads.log", heads, number)
        members = [(database.name, database), ("heads.log", heads), *_kept_files(with_keys=with_keys)]
        pack(out, members, manifest, progress)
        try:
            progress("核对备份", 0, 0)
            _try_restore(out, place)
        except ArchiveError:
            out.unlink()
            raise
    return Summary(number, len(manifest.files))


def _copy_database(target: Path) -> tuple[int, str]:
    """Copy at one moment while others go on writing; give the newest entry's number and head in the copy."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        source: Any = connection.connection
        with sqlite3.connect(target) as copy:
            source.backup(copy)
            query = "SELECT number, head FROM ledger_entry ORDER BY number DESC LIMIT 1"
            found = copy.execute(query).fetchone()
        copy.close()
        return (int(found[0]), str(found[1])) if found else (0, GENESIS)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        write_dump(target)
        newest = Entry.objects.order_by("-number").first()
    return (newest.number, newest.head) if newest else (0, GENESIS)


def _copy_heads(source: Path, target: Path, last: int) -> None:
    """The head log as far as the copied ledger goes: entries posted meanwhile are not in the copy."""
    with target.open("w", encoding="ascii") as file:
        if not source.exists():
            return
        for line in source.read_text(encoding="ascii", errors="replace").splitlines(keepends=True):
            number = line.split(" ", 1)[0]
            if number.isdigit() and int(number) <= last and line.endswith("\n"):
                file.write(line)


def _kept_files(*, with_keys: bool) -> Iterator[tuple[str, Path]]:
    home = Path(settings.HOME)
    for folder in ("evidence", "packs", *(("keys",) if with_keys else ())):
        root = Path(settings.EVIDENCE_ROOT) if folder == "evidence" else home / folder
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield f"{folder}/{path.relative_to(root).as_posix()}", path


def _try_restore(out: Path, place: Path) -> None:
    """Restore into a throw-away home in a process of its own; it verifies the whole ledger."""
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "YIBENZHANG_HEAD_SINK"}
    }
    command = [
        sys.executable, "-m", "yibenzhang.cli.main", "restore", str(out.resolve()), "--home", str(place / "trial"),
        "--keys", str(Path(settings.HOME) / "keys"),
    ]  # fmt: skip
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        last = (done.stdout + done.stderr).strip().splitlines()[-1:]
        raise ArchiveError(f"备份写完后核对不过，已删除：{''.join(last)}请先运行 yibenzhang verify。")


def finish_restore(home: Path, manifest: Manifest, progress: Progress) -> None:
    """Load a logical dump and check that the ledger ends where the backup says.

    Raises ArchiveError when the target database is not empty or the ledger is not the one that was saved.
    """
    if manifest.is_dump:
        if Unit.objects.exists():
            raise ArchiveError("目标数据库里已有账本，恢复不会覆盖它。请换一个空的数据库。")
        load_dump(home / DUMP, lambda done: progress("恢复数据", done, 0))
        (home / DUMP).unlink()
    newest = Entry.objects.order_by("-number").first()
    if (newest.number if newest else 0, newest.head if newest else GENESIS) != (
        manifest.entries,
        manifest.head,
    ):
        raise ArchiveError("恢复出的台账与备份清单不符，请换一份备份。")
