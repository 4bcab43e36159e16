"""Bytes kept as a file under their digest: written whole or not at all, and never twice."""

import os
import tempfile
from pathlib import Path


def keep(path: Path, data: bytes) -> None:
    """Write the bytes so that a crash leaves either all of them or none; a file already there is theirs and stays."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
