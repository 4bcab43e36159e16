"""The home folder (账本目录): one book with its database, keys, evidence and settings."""

import os
import secrets
from pathlib import Path


def home_folder() -> Path:
    """The folder named by YIBENZHANG_HOME, `./book` when unset. It need not exist yet."""
    return Path(os.environ.get("YIBENZHANG_HOME", "book")).resolve()


def kept_secret(name: str) -> str:
    """A secret of this home, made at first use and readable by its owner only.

    The ledger key stands outside the database on purpose: whoever edits rows still lacks it (security D1).
    """
    path = home_folder() / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii").strip()
