"""The log of heads outside the database: one line an entry, `number head time`.

Lines are written after the commit. A crash in between leaves the log behind the book; the next posting fills it in. A log
ahead of the book means that the end of the ledger is missing, a log that is gone that nobody could tell.
"""

from pathlib import Path

from django.conf import settings

from yibenzhang.ledger.models import Entry


def append_heads(number: int) -> None:
    """Bring every head log up to the newest entry, unless it already holds this one.

    Many postings in one transaction call this once each after the commit; the first call writes them all.
    """
    for path in settings.HEAD_LOGS:
        if _last_number(path) < number:
            _append(path)


def read_heads(path: Path) -> dict[int, str]:
    """Heads by entry number; a torn last line is left out. A number written with two heads is kept as `?`."""
    heads: dict[int, str] = {}
    if not path.exists():
        return heads
    for line in path.read_text(encoding="ascii", errors="replace").splitlines():
        parts = line.split()
        if len(parts) == 3 and parts[0].isdigit() and len(parts[1]) == 64:
            number = int(parts[0])
            heads[number] = parts[1] if heads.get(number, parts[1]) == parts[1] else "?"
    return heads


def _append(path: Path) -> None:
    last = _last_number(path)
    rows = Entry.objects.filter(number__gt=last).order_by("number").values_list("number", "head", "posted_at")
    lines = [f"{number} {head} {at.isoformat()}\n" for number, head, at in rows]
    if not lines:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        torn = file.tell() > 0 and file.seek(-1, 2) >= 0 and file.read(1) != b"\n"
        file.write(("\n" * torn + "".join(lines)).encode("ascii"))


def _last_number(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        for line in reversed(file.read().decode("ascii", "replace").splitlines()):
            parts = line.split()
            if len(parts) == 3 and parts[0].isdigit() and len(parts[1]) == 64:
                return int(parts[0])
    return 0
