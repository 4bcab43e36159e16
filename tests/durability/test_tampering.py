"""Whoever writes into the database behind the product's back is found, and the first bad row is named."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.durability.processes import command, make_home, verdict

POSTED = 60


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound home with sixty posted vouchers, one of them with evidence."""
    home = make_home(tmp_path_factory.mktemp("tampering") / "book", posted=POSTED)
    data = b"minutes of the meeting"
    digest = hashlib.sha256(data).hexdigest()
    # Evidence is attached before posting; here the digest of the entry is made to cover it by posting once more.
    folder = home / "evidence" / digest[:2]
    folder.mkdir(parents=True)
    (folder / digest).write_bytes(data)
    attach_and_post(home, digest, len(data))
    return home


def attach_and_post(home: Path, digest: str, size: int) -> None:
    """Post one more voucher, with evidence."""
    from tests.durability.processes import run

    run("tests.durability.post_with_evidence", digest, str(size), home=home)


def unguarded(base: sqlite3.Connection) -> None:
    """Drop the triggers as an attacker would, and forge their names on a harmless table at the end."""
    names = [row[0] for row in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
    for name in names:
        base.execute(f"DROP TRIGGER {name}")
    base.execute("CREATE TABLE decoy (x)")
    for name in names:
        base.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON decoy BEGIN SELECT 1; END")


@dataclass(frozen=True)
class Tampering:
    """What is done to the book, and what verify must say of it. `entry` None: the damage has no entry."""

    name: str
    do: Callable[[sqlite3.Connection], None]
    act: str | set[str]
    entry: int | None


def sql(*statements: str) -> Callable[[sqlite3.Connection], None]:
    """Run statements without the triggers."""

    def do(base: sqlite3.Connection) -> None:
        unguarded(base)
        for statement in statements:
            base.execute(statement)

    return do


def swap_entries(base: sqlite3.Connection) -> None:
    unguarded(base)
    for old, new in ((10, -1), (11, 10), (-1, 11)):
        base.execute("UPDATE ledger_entry SET number = ? WHERE number = ?", (new, old))
        base.execute("UPDATE ledger_posting SET entry_id = ? WHERE entry_id = ?", (new, old))


def cut(count: int) -> Callable[[sqlite3.Connection], None]:
    """Cut the tail off, vouchers set back as if never approved."""

    def do(base: sqlite3.Connection) -> None:
        unguarded(base)
        last = base.execute("SELECT MAX(number) FROM ledger_entry").fetchone()[0] - count
        base.execute(
            "UPDATE vouchers_voucher SET state = 'submitted' WHERE id IN "
            "(SELECT voucher_id FROM ledger_entry WHERE number > ?)", (last,)
        )  # fmt: skip
        base.execute("DELETE FROM ledger_posting WHERE entry_id > ?", (last,))
        base.execute("DELETE FROM ledger_entry WHERE number > ?", (last,))

    return do


def rehash(base: sqlite3.Connection) -> None:
    """Edit a quantity and recompute every digest and the whole chain, knowing the code but not the key."""
    unguarded(base)
    base.execute("UPDATE ledger_posting SET quantity = 99 WHERE entry_id = 20 AND line = 2")
    base.row_factory = sqlite3.Row
    head = "0" * 64
    for entry in base.execute("SELECT * FROM ledger_entry ORDER BY number").fetchall():
        lines = []
        for row in base.execute(
            "SELECT * FROM ledger_posting WHERE entry_id = ? ORDER BY id", (entry["number"],)
        ):
            parts = [
                row["line"], row["voucher_id"], row["unit_id"], row["lineage_id"], row["account"], row["event_date"],
                row["month"], row["quantity"], row["sign"], row["person_id"], row["matter_id"], row["term"],
            ]  # fmt: skip
            text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            lines.append(hashlib.sha256(text.encode()).hexdigest()[:16])
        head = hashlib.sha256(f"{head}{entry['digest']}".encode()).hexdigest()
        base.execute(
            "UPDATE ledger_entry SET line_digests = ?, head = ? WHERE number = ?",
            (json.dumps(lines), head, entry["number"]),
        )


def drop_guard_of_reports(base: sqlite3.Connection) -> None:
    base.execute("DROP TRIGGER reports_issuedreport_no_update")


def drop_trigger(base: sqlite3.Connection) -> None:
    base.execute("DROP TRIGGER ledger_posting_no_update")


KINDS = [
    Tampering("account edited", sql("UPDATE ledger_posting SET account='life.party_lecture' WHERE entry_id=7 AND line=1"), "edited", 7),
    Tampering("quantity edited", sql("UPDATE ledger_posting SET quantity=quantity+1 WHERE entry_id=7 AND line=2"), "edited", 7),
    Tampering("unit edited", sql("UPDATE ledger_posting SET unit_id=unit_id+1 WHERE entry_id=7 AND line=1"), "edited", 7),
    Tampering("date edited", sql("UPDATE ledger_posting SET event_date='2022-01-01', month=202201 WHERE entry_id=7"), "edited", 7),
    Tampering("two lines edited so that the sum stays",
              sql("UPDATE ledger_posting SET quantity=quantity+1 WHERE entry_id=7 AND line=2",
                  "UPDATE ledger_posting SET quantity=quantity-1 WHERE entry_id=8 AND line=2"), "edited", 7),
    Tampering("line deleted", sql("DELETE FROM ledger_posting WHERE entry_id=9 AND line=2"), "deleted", 9),
    Tampering("line inserted",
              sql("INSERT INTO ledger_posting (entry_id,line,voucher_id,unit_id,lineage_id,account,event_date,month,quantity,sign) "
                  "SELECT entry_id,9,voucher_id,unit_id,lineage_id,account,event_date,month,5,sign FROM ledger_posting "
                  "WHERE entry_id=12 AND line=1"), "inserted", 12),
    Tampering("line without an entry",
              sql("INSERT INTO ledger_posting (entry_id,line,voucher_id,unit_id,lineage_id,account,event_date,month,quantity,sign) "
                  "SELECT 9999,1,voucher_id,unit_id,lineage_id,account,event_date,month,5,sign FROM ledger_posting "
                  "WHERE entry_id=12 AND line=1"), "inserted", None),
    Tampering("entry deleted", sql("DELETE FROM ledger_posting WHERE entry_id=15", "DELETE FROM ledger_entry WHERE number=15"),
              "deleted", 15),
    Tampering("entries swapped", swap_entries, {"edited", "reordered"}, 10),
    Tampering("time of posting edited", sql("UPDATE ledger_entry SET posted_on='2023-01-01' WHERE number=5"), "edited", 5),
    Tampering("approver edited", sql("UPDATE ledger_entry SET actor_id=actor_id-1 WHERE number=5"), "edited", 5),
    Tampering("tail of 1 cut", cut(1), "truncated", POSTED + 1),
    Tampering("tail of 5 cut", cut(5), "truncated", POSTED - 3),
    Tampering("tail of 50 cut", cut(50), "truncated", POSTED - 48),
    Tampering("everything hashed anew without the key", rehash, {"edited", "reordered"}, 1),
    Tampering("voucher text edited", sql("UPDATE vouchers_voucher SET title='别的事' WHERE id=(SELECT voucher_id FROM ledger_entry WHERE number=30)"),
              "edited", 30),
    Tampering("attendance of a voucher edited",
              sql("UPDATE vouchers_voucherperson SET attendance='absent' WHERE id=(SELECT MIN(id) FROM vouchers_voucherperson "
                  "WHERE voucher_id=(SELECT voucher_id FROM ledger_entry WHERE number=31))"), "edited", 31),
    Tampering("voucher deleted", sql("DELETE FROM vouchers_voucher WHERE id=(SELECT voucher_id FROM ledger_entry WHERE number=33)"),
              {"deleted", "edited"}, 33),
    Tampering("voucher set back to waiting",
              sql("UPDATE vouchers_voucher SET state='submitted' WHERE id=(SELECT voucher_id FROM ledger_entry WHERE number=34)"),
              "edited", 34),
    Tampering("trigger dropped", drop_trigger, "unguarded", None),
    Tampering("guard of reports dropped", drop_guard_of_reports, "unguarded", None),
    Tampering("guards forged elsewhere", unguarded, "unguarded", None),
]  # fmt: skip


def test_the_sound_book_is_sound(sound: Path) -> None:
    told = verdict(sound, expect=0)
    assert told["sound"]
    assert told["entries"] == POSTED + 1


@pytest.mark.parametrize("tampering", KINDS, ids=lambda tampering: tampering.name)
def test_tampering_is_found_and_the_first_bad_row_named(
    sound: Path, tmp_path: Path, tampering: Tampering
) -> None:
    home = Path(shutil.copytree(sound, tmp_path / "book"))
    base = sqlite3.connect(home / "book.sqlite3")
    base.execute("PRAGMA foreign_keys = OFF")
    tampering.do(base)
    base.commit()
    base.close()
    told = verdict(home, expect=1)["damage"]
    acts = tampering.act if isinstance(tampering.act, set) else {tampering.act}
    assert told["act"] in acts, told
    assert told["entry"] == tampering.entry, told
    assert told["message"]


def test_a_log_of_heads_that_is_gone_or_has_holes_is_told(sound: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(sound, tmp_path / "book"))
    log = home / "heads.log"
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join(lines[:20] + lines[21:]))
    assert "缺第 21 笔" in command("verify", "--home", str(home), home=home, expect=1).stdout
    log.write_text("".join(lines[:-1]))
    command("verify", "--home", str(home), home=home, expect=0)
    log.unlink()
    assert "不见了" in command("verify", "--home", str(home), home=home, expect=1).stdout


def test_a_flipped_byte_of_evidence_is_found(sound: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(sound, tmp_path / "book"))
    (path,) = (path for path in (home / "evidence").rglob("*") if path.is_file())
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[3] ^= 1
    path.write_bytes(data)
    told = command("verify", "--home", str(home), home=home, expect=1).stdout
    assert "佐证“纪要.pdf”被改动" in told
    path.unlink()
    assert "佐证“纪要.pdf”不见了" in command("verify", "--home", str(home), home=home, expect=1).stdout


def test_another_key_does_not_verify(sound: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(sound, tmp_path / "book"))
    key = home / "keys" / "ledger.key"
    key.chmod(0o600)
    key.write_text("ab" * 32)
    assert verdict(home, expect=1)["damage"]["entry"] == 1


def test_a_corrupt_database_is_damage_in_words(sound: Path, tmp_path: Path) -> None:
    home = tmp_path / "book"
    shutil.copytree(sound, home)
    book = home / "book.sqlite3"
    assert verdict(home, expect=0)["sound"]
    with contextlib.closing(sqlite3.connect(book)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = base.execute("PRAGMA page_size").fetchone()[0]
        roots = "SELECT rootpage FROM sqlite_master WHERE name = 'organisation_membership'"
        root = base.execute(roots).fetchone()[0]
    with book.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    found = verdict(home, expect=1)
    assert not found["sound"]
    assert found["damage"]["act"] == "unreadable"
    assert "损坏" in found["damage"]["message"]


def test_a_book_without_its_ledger_key_is_not_opened_and_gets_no_new_one(sound: Path, tmp_path: Path) -> None:
    home = tmp_path / "book"
    shutil.copytree(sound, home)
    (home / "keys" / "ledger.key").unlink()
    done = command("verify", "--home", str(home), home=home, expect=2)
    assert "账本密钥" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (home / "keys" / "ledger.key").exists()


def test_nobody_else_may_read_a_book_that_was_opened(sound: Path, tmp_path: Path) -> None:
    home = tmp_path / "book"
    shutil.copytree(sound, home)
    home.chmod(0o755)
    (home / "book.sqlite3").chmod(0o644)
    out = tmp_path / "kept.zip"
    command("backup", "--out", str(out), "--home", str(home), home=home)
    assert home.stat().st_mode & 0o077 == 0
    assert (home / "book.sqlite3").stat().st_mode & 0o077 == 0
    assert out.stat().st_mode & 0o077 == 0
