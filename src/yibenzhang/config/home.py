"""The home folder (账本目录): one book with its database, keys, evidence and settings."""

import os
import secrets
from pathlib import Path

from yibenzhang.kernel.errors import BookError

LEDGER_KEY = "ledger.key"


def home_folder() -> Path:
    """The folder named by YIBENZHANG_HOME, `./book` when unset. It need not exist yet."""
    return Path(os.environ.get("YIBENZHANG_HOME", "book")).resolve()


def _refuse_lost(path: Path) -> None:
    """A book without its ledger key is not opened: posting on with a new one would spoil it for good."""
    if path.name == LEDGER_KEY and (home_folder() / "book.sqlite3").exists():
        raise BookError(
            f"账本密钥 {path} 不见了，没有打开账本。请把另行保存的 keys 目录放回原处再试；不要新建密钥，否则整本账会对不上。"
        )


def kept_secret(name: str) -> str:
    """A secret of this home, made at first use and readable by its owner only.

    The ledger key stands outside the database on purpose: whoever edits rows still lacks it (security D1).
    """
    path = home_folder() / "keys" / name
    if not path.exists():
        _refuse_lost(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()
