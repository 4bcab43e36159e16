"""Reading what a person brings, in a limited process, with a queue: nobody can keep the service from the others."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import BoundedSemaphore, Lock

import yibenzhang
from yibenzhang.checking.results import reading_of
from yibenzhang.kernel.scanning import scan
from yibenzhang.reading.model import ReadError, Reading

PATIENCE = 20  # seconds of the clock for one text, and for waiting one's turn
AT_ONCE = 2  # processes; the service has threads left for everybody else
MOST_OF_ONE = 2  # texts of one person at a time: one running, one waiting
TOO_MUCH = "读这份稿件用时过长或占用过大，已停止，系统没有保留它。请另存为新的 .docx，或只粘贴正文再试。"
BUSY = "正在读的稿件太多，请稍后再传。"
YOURS = f"你已有 {MOST_OF_ONE} 份稿件正在读，请等读完再传。"
_seats, _guard = BoundedSemaphore(AT_ONCE), Lock()
_waiting: Counter[int] = Counter()


def read_limited(data: bytes | str, *, filename: str | None = None, person: int = 0) -> Reading:
    """As `read_page`, but in a process with little memory and time. Raises ReadError also when it needs too much.

    `person` is whose queue it stands in; the person's further texts are refused while two are being read.
    """
    if isinstance(data, bytes):
        scan(filename or "文稿", data)
    with _turn(person):
        return _read(data, filename)


@contextmanager
def _turn(person: int) -> Iterator[None]:
    with _guard:
        if _waiting[person] >= MOST_OF_ONE:
            raise ReadError(YOURS)
        _waiting[person] += 1
    try:
        if not _seats.acquire(timeout=PATIENCE):
            raise ReadError(BUSY)
        try:
            yield
        finally:
            _seats.release()
    finally:
        with _guard:
            _waiting[person] -= 1
            if not _waiting[person]:
                del _waiting[person]


def _read(data: bytes | str, filename: str | None) -> Reading:
    kind, content = ("text", data.encode("utf-8", "replace")) if isinstance(data, str) else ("file", data)
    name = "".join(char for char in filename or "" if char.isprintable())[-200:]
    command = [sys.executable, "-m", "yibenzhang.reading.worker", kind, name]
    try:
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=PATIENCE, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired:
        raise ReadError(TOO_MUCH) from None
    if done.returncode:
        raise ReadError(TOO_MUCH)
    made = json.loads(done.stdout)
    if "refused" in made:
        raise ReadError(made["refused"])
    return replace(reading_of(made), repairs=tuple(made["repairs"]))


def _environment() -> dict[str, str]:
    """Enough to start Python; no address of a database and no folder of the book."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "LANG") if name in os.environ}
    return kept | {"PYTHONPATH": str(Path(yibenzhang.__file__).parent.parent), "PYTHONUTF8": "1"}
