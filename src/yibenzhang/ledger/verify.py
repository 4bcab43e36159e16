"""Proof that the ledger is as it was posted; names the first bad row and what is wrong with it (security.md D1, L8)."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from yibenzhang.ledger import triggers
from yibenzhang.ledger.headlog import read_heads
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.ledger.seal import CONTENT, GENESIS, chain_head, content_digest, entry_digest, line_digest
from yibenzhang.vouchers.models import Attachment, Voucher

BATCH = 2000


@dataclass(frozen=True)
class Damage:
    """The first thing that does not hold. `act` is edited, deleted, inserted, reordered, truncated, unguarded or unreadable."""

    act: str
    entry: int | None
    posting: int | None
    message: str


@dataclass(frozen=True)
class Verdict:
    """Outcome of a run: how many rows were looked at, the newest head, and the first damage if any."""

    entries: int
    postings: int
    head: str
    damage: Damage | None


def verify(progress: Callable[[int], None] = lambda _: None, *, needs_log: bool = False) -> Verdict:
    """Walk the whole ledger. `progress` is told the number of entries checked so far.

    `needs_log` asks for the log of heads as well: without it nobody can tell whether the tail was cut off.
    A database that cannot be read is damage like any other, said in words.
    """
    try:
        unreadable = _file_damage()
        return Verdict(0, 0, GENESIS, unreadable) if unreadable else _walk(progress, needs_log=needs_log)
    except (DatabaseError, ValueError) as error:  # a damaged page, or a damaged text in a row
        text = f"账本的数据库读不出来（{type(error).__name__}：{error}），文件已损坏。"
        return Verdict(0, 0, GENESIS, Damage("unreadable", None, None, text))


def _file_damage() -> Damage | None:
    """What SQLite finds wrong with its own file. PostgreSQL tells of damaged pages when they are read."""
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        found = [row[0] for row in cursor.execute("PRAGMA integrity_check(1)").fetchall()]
    if found == ["ok"]:
        return None
    return Damage("unreadable", None, None, f"数据库文件已损坏：{found[0][:200]}。")


def _walk(progress: Callable[[int], None], *, needs_log: bool) -> Verdict:
    head, expected, lines = GENESIS, 1, 0
    total = Entry.objects.count()
    logs = {path: read_heads(path) for path in settings.HEAD_LOGS}
    for batch in _batches():
        for entry, postings in batch:
            damage = _entry_damage(entry, postings, expected, head, logs)
            if damage:
                return Verdict(total, lines, head, damage)
            head, expected, lines = entry.head, entry.number + 1, lines + len(postings)
        progress(expected - 1)
    damage = _whole_damage(expected - 1, lines, logs)
    if damage is None and needs_log:
        damage = _log_damage(expected - 1, *next(iter(logs.items())))
    return Verdict(total, lines, head, damage)


def _batches() -> Iterable[list[tuple[Entry, list[Posting]]]]:
    last = 0
    while True:
        rows = Entry.objects.filter(number__gt=last).order_by("number").select_related("voucher")
        entries = list(rows.prefetch_related(*(f"voucher__{name}" for name in CONTENT))[:BATCH])
        if not entries:
            return
        found: dict[int, list[Posting]] = {entry.number: [] for entry in entries}
        for posting in Posting.objects.filter(entry__in=list(found)).order_by("id"):
            found[posting.entry_id].append(posting)
        yield [(entry, found[entry.number]) for entry in entries]
        last = entries[-1].number


def _entry_damage(
    entry: Entry, postings: list[Posting], expected: int, previous: str, logs: dict[Path, dict[int, str]]
) -> Damage | None:
    if entry.number != expected:
        return Damage(
            "deleted", expected, None, f"第 {expected} 笔入账不见了（被删除），其后是第 {entry.number} 笔。"
        )
    damage = _line_damage(entry, postings)
    if damage:
        return damage
    if entry.digest != entry_digest(entry, content_digest(entry.voucher)):
        text = f"第 {entry.number} 笔入账或它的凭证 {entry.voucher.number} 的内容被改动。"
        return Damage("edited", entry.number, None, text)
    if entry.head != chain_head(previous, entry.digest):
        text = f"第 {entry.number} 笔入账与前一笔接不上：顺序被调换，或内容被改后重算。"
        return Damage("reordered", entry.number, None, text)
    for path, heads in logs.items():
        if heads.get(entry.number, entry.head) != entry.head:
            text = f"第 {entry.number} 笔入账与库外留痕 {path.name} 不符：台账被改写。"
            return Damage("edited", entry.number, None, text)
    return None


def _line_damage(entry: Entry, postings: list[Posting]) -> Damage | None:
    wanted: list[str] = json.loads(entry.line_digests)
    given = [line_digest(posting) for posting in postings]
    if given == wanted:
        return None
    if sorted(given) == sorted(wanted):
        text = f"第 {entry.number} 笔的分录次序被调换。"
        return Damage("reordered", entry.number, postings[0].pk, text)
    strange = [posting for posting, digest in zip(postings, given, strict=True) if digest not in wanted]
    if len(given) < len(wanted):
        gone = next(number for number, digest in enumerate(wanted, start=1) if digest not in given)
        text = f"第 {entry.number} 笔的第 {gone} 行分录被删除。"
        return Damage("deleted", entry.number, None, text)
    bad = strange[0] if strange else postings[-1]
    if len(given) > len(wanted):
        text = f"分录 {bad.pk}（第 {entry.number} 笔）是事后插入的。"
        return Damage("inserted", entry.number, bad.pk, text)
    text = (
        f"分录 {bad.pk}（第 {entry.number} 笔第 {bad.line} 行）被改动，现为 {bad.account} {bad.quantity:+d}。"
    )
    return Damage("edited", entry.number, bad.pk, text)


def _whole_damage(last: int, lines: int, logs: dict[Path, dict[int, str]]) -> Damage | None:
    for path, heads in logs.items():
        if heads and max(heads) > last:
            text = f"库外留痕 {path.name} 记到第 {max(heads)} 笔，台账只到第 {last} 笔：末尾被截去。"
            return Damage("truncated", last + 1, None, text)
    if Posting.objects.count() != lines:
        strange = Posting.objects.exclude(entry__in=Entry.objects.all()).first()
        row = strange.pk if strange else None
        return Damage("inserted", None, row, f"分录 {row} 不属于任何一笔入账，是插入的。")
    for check in (_voucher_damage, _evidence_damage):
        damage = check()
        if damage:
            return damage
    gone = triggers.missing()
    if gone:
        return Damage("unguarded", None, None, f"数据库的防改触发器缺失：{'、'.join(gone)}。")
    return None


def _log_damage(last: int, path: Path, heads: dict[int, str]) -> Damage | None:
    """A log that is gone or has holes. Being behind at the end is what a crash after a commit leaves."""
    if last and not heads:
        return Damage("unguarded", None, None, f"库外留痕 {path.name} 不见了，末尾是否被截去无从查证。")
    hole = next((number for number in range(1, max(heads, default=0)) if number not in heads), None)
    if hole:
        return Damage("unguarded", hole, None, f"库外留痕 {path.name} 缺第 {hole} 笔，留痕被改动。")
    return None


def _voucher_damage() -> Damage | None:
    posted = [Voucher.State.POSTED, Voucher.State.REVERSED]
    strange = Voucher.objects.filter(state__in=posted, entries=None).first()
    if strange:
        return Damage("edited", None, None, f"凭证 {strange.number} 标为已入账，台账里却没有它。")
    unmarked = Entry.objects.exclude(voucher__state__in=posted).select_related("voucher").first()
    if unmarked:
        text = f"第 {unmarked.number} 笔已入账，凭证 {unmarked.voucher.number} 的状态却被改回。"
        return Damage("edited", unmarked.number, None, text)
    return None


def _evidence_damage() -> Damage | None:
    for row in Attachment.objects.filter(voucher__entries__isnull=False).distinct().select_related("voucher"):
        path = Path(settings.EVIDENCE_ROOT) / row.sha256[:2] / row.sha256
        if not path.exists():
            return Damage("deleted", None, None, f"凭证 {row.voucher.number} 的佐证“{row.name}”不见了。")
        if hashlib.sha256(path.read_bytes()).hexdigest() != row.sha256:
            return Damage("edited", None, None, f"凭证 {row.voucher.number} 的佐证“{row.name}”被改动。")
    return None
