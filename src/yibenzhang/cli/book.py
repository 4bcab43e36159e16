"""Opening the book of a home folder. Settings read the environment, so this comes before anything of Django's."""

import os
from contextlib import suppress
from pathlib import Path

from yibenzhang.kernel.errors import BookError


class HomeError(BookError):
    """The home folder holds no book that this command can use."""


def open_book(home: Path, *, create: bool = False) -> None:
    """Make this home the book in use and set up Django.

    With `create` the folder and the tables are made or brought up to date; otherwise raises HomeError when there is no
    book, or when an older version made it. Nothing is written before that is known.
    """
    place = home.expanduser().resolve()
    if place.exists() and not place.is_dir():
        raise HomeError(f"{place} 是文件，不是目录。请用 --home 指明账本目录。")
    if not create and not has_book(place):
        raise HomeError(
            f"{place} 里还没有账本。请用 --home 指明账本目录；"
            f"新建账本用 yibenzhang init --home {home}，看演示用 yibenzhang demo。"
        )
    _close_to_others(place)
    os.environ["YIBENZHANG_HOME"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibenzhang.config.settings")
    _set_up(place)
    if create:
        _migrate()
    elif _is_behind():
        raise HomeError(
            f"{place} 的账本是旧版本建的。请先备份这个目录，再运行 yibenzhang init --home {home} 升级。"
        )


def _close_to_others(place: Path) -> None:
    """Let nobody but the owner read the book: names, password digests and keys lie in it (security.md K1)."""
    os.umask(0o077)  # and whatever this command writes from now on, backups included
    with suppress(PermissionError):  # another user's home: what may be read of it is said below
        for path in (place, *place.glob("book.sqlite3*"), *place.glob("heads.log")):
            if path.exists():
                path.chmod(path.stat().st_mode & 0o700)


def has_book(place: Path) -> bool:
    """True when the folder holds a book; with an outside database its ledger key is the sign."""
    sign = "keys/ledger.key" if os.environ.get("DATABASE_URL") else "book.sqlite3"
    return (place / sign).exists()


def _set_up(place: Path) -> None:
    import django
    from django.apps import apps
    from django.conf import settings
    from django.utils import translation

    try:
        if not apps.ready:
            django.setup()
            translation.activate(settings.LANGUAGE_CODE)  # outside a request nobody else does
    except PermissionError as error:
        raise HomeError(f"不能读写 {error.filename or place}，请检查目录权限。") from error
    except ValueError as error:
        raise HomeError(str(error)) from error


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def _is_behind() -> bool:
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise HomeError(f"打不开账本的数据库：{error}。请检查文件是否完好、数据库是否在运行。") from error
