"""A backup taken under load comes back as it was; a broken one is refused before anything is touched (security.md K1, K3)."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.durability.processes import ROOT, command, environment, make_home, run, verdict


def logical(home: Path) -> dict[str, list[str]]:
    """Every row of every table, to compare books rather than files; what a backup itself writes is left out."""
    base = sqlite3.connect(home / "book.sqlite3")
    names = [r[0] for r in base.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
    kept = [name for name in names if name != "audit_auditentry" and not name.startswith("sqlite_")]
    rows = {name: sorted(map(repr, base.execute(f"SELECT * FROM {name}"))) for name in kept}
    base.close()
    return rows


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with vouchers, evidence and a pack of its own."""
    import hashlib

    home = make_home(tmp_path_factory.mktemp("backup") / "book", posted=20)
    data = b"minutes"
    digest = hashlib.sha256(data).hexdigest()
    (home / "evidence" / digest[:2]).mkdir(parents=True)
    (home / "evidence" / digest[:2] / digest).write_bytes(data)
    run("tests.durability.post_with_evidence", digest, str(len(data)), home=home)
    return home


@pytest.fixture(scope="module")
def backup(source: Path) -> Path:
    """A backup without keys."""
    out = source.parent / "backup.zip"
    command("backup", "--home", str(source), "--out", str(out), home=source)
    return out


def test_there_and_back(source: Path, backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "restored"
    done = command("restore", str(backup), "--home", str(target), "--keys", str(source / "keys"), home=target)
    assert "台账完好" in done.stdout
    assert logical(target) == logical(source)
    assert verdict(target, expect=0)["head"] == verdict(source, expect=0)["head"]
    assert sorted(p.name for p in (target / "evidence").rglob("*")) == sorted(
        p.name for p in (source / "evidence").rglob("*")
    )
    assert (target / "keys" / "ledger.key").stat().st_mode & 0o077 == 0


def test_the_book_goes_on_after_a_restore(source: Path, backup: Path, tmp_path: Path) -> None:
    target = tmp_path / "restored"
    command("restore", str(backup), "--home", str(target), "--keys", str(source / "keys"), home=target)
    before = verdict(target, expect=0)["entries"]
    (path,) = (path for path in (target / "evidence").rglob("*") if path.is_file())
    run("tests.durability.post_with_evidence", path.name, "7", home=target)
    assert verdict(target, expect=0)["entries"] == before + 1


def test_keys_travel_only_when_asked(source: Path, backup: Path, tmp_path: Path) -> None:
    assert not any(name.startswith("keys/") for name in zipfile.ZipFile(backup).namelist())
    whole = tmp_path / "whole.zip"
    command("backup", "--home", str(source), "--with-keys", "--out", str(whole), home=source)
    done = command("restore", str(whole), "--home", str(tmp_path / "b"), home=tmp_path / "b")
    assert "台账完好" in done.stdout


def test_a_backup_during_posting_is_consistent(source: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(source, tmp_path / "book"))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.durability.poster", str(tmp_path / "acknowledged")],
        env=environment(home), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as poster:  # fmt: skip
        assert poster.stdin
        assert poster.stdout
        poster.stdin.write("go\n")
        poster.stdin.flush()
        child = int(poster.stdout.readline())
        try:
            command("backup", "--home", str(home), "--out", str(tmp_path / "b.zip"), home=home)
        finally:
            import os

            os.kill(child, 9)
            poster.stdin.close()
    manifest = json.loads(zipfile.ZipFile(tmp_path / "b.zip").read("manifest.json"))
    assert 21 <= manifest["entries"] < verdict(home, expect=0)["entries"]


def changed(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Rewrite a backup's members."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def flip(parts: dict[str, bytes]) -> None:
    data = bytearray(parts["book.sqlite3"])
    data[5000] ^= 1
    parts["book.sqlite3"] = bytes(data)


def other_format(parts: dict[str, bytes]) -> None:
    manifest = json.loads(parts["manifest.json"])
    parts["manifest.json"] = json.dumps({**manifest, "format": 99}).encode()


BROKEN: dict[str, Callable[[Path], object]] = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-3000]),
    "bit flipped": lambda path: changed(path, flip),
    "file missing": lambda path: changed(path, lambda parts: parts.pop("heads.log")),
    "file added": lambda path: changed(path, lambda parts: parts.update({"evil": b"x"})),
    "climbing path": lambda path: changed(path, lambda parts: parts.update({"../evil": b"x"})),
    "no manifest": lambda path: changed(path, lambda parts: parts.pop("manifest.json")),
    "other format": lambda path: changed(path, other_format),
    "no zip": lambda path: path.write_text("hello"),
    "not there": lambda path: path.unlink(),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_backup_is_refused_before_anything_is_touched(
    source: Path, backup: Path, tmp_path: Path, how: str
) -> None:
    path = Path(shutil.copy(backup, tmp_path / "b.zip"))
    BROKEN[how](path)
    target = tmp_path / "target"
    done = command(
        "restore", str(path), "--home", str(target), "--keys", str(source / "keys"), home=target, expect=2
    )
    assert done.stderr.strip().endswith("。")
    assert "Traceback" not in done.stderr
    assert not target.exists()


def test_a_home_in_use_is_never_overwritten(source: Path, backup: Path) -> None:
    before = logical(source)
    done = command(
        "restore", str(backup), "--home", str(source), "--keys", str(source / "keys"), home=source, expect=2
    )
    assert "不是空目录" in done.stderr
    assert logical(source) == before


def test_without_or_with_the_wrong_key(source: Path, backup: Path, tmp_path: Path) -> None:
    none = command("restore", str(backup), "--home", str(tmp_path / "a"), home=tmp_path / "a", expect=2)
    assert "--keys" in none.stderr
    wrong = Path(shutil.copytree(source / "keys", tmp_path / "keys"))
    (wrong / "ledger.key").chmod(0o600)
    (wrong / "ledger.key").write_text("cd" * 32)
    done = command(
        "restore",
        str(backup),
        "--home",
        str(tmp_path / "b"),
        "--keys",
        str(wrong),
        home=tmp_path / "b",
        expect=1,
    )
    assert "台账有问题" in done.stdout


def test_a_backup_that_would_not_verify_is_not_kept(source: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(source, tmp_path / "book"))
    (path,) = (path for path in (home / "evidence").rglob("*") if path.is_file())
    path.write_bytes(b"changed")
    done = command("backup", "--home", str(home), "--out", str(tmp_path / "b.zip"), home=home, expect=2)
    assert "核对不过" in done.stderr
    assert not (tmp_path / "b.zip").exists()


def test_an_old_backup_is_not_overwritten(source: Path, backup: Path) -> None:
    done = command("backup", "--home", str(source), "--out", str(backup), home=source, expect=2)
    assert "已存在" in done.stderr


def test_a_backup_of_either_engine_restores_into_a_plain_home(database: str, tmp_path: Path) -> None:
    """From PostgreSQL the backup is a logical dump, which loads into SQLite as well."""
    home = make_home(tmp_path / "book", posted=5, waiting=2, database=database)
    out, target = tmp_path / "b.zip", tmp_path / "restored"
    words = ("yibenzhang.cli.main", "backup", "--home", str(home), "--out", str(out))
    run(*words, home=home, database=database)
    command("restore", str(out), "--home", str(target), "--keys", str(home / "keys"), home=target)
    checked = run(
        "yibenzhang.cli.main", "verify", "--json", "--home", str(home), home=home, database=database
    )
    assert verdict(target, expect=0)["head"] == json.loads(checked.stdout)["head"]
    ask = ("figures", "--unit", "geo", "--period", "2023", "--json")
    asked = run("yibenzhang.cli.main", *ask, "--home", str(home), home=home, database=database)
    assert command(*ask, "--home", str(target), home=target).stdout == asked.stdout
    if database:
        full = run(
            "yibenzhang.cli.main", "restore", str(out), "--home", str(tmp_path / "c"), "--keys", str(home / "keys"),
            home=tmp_path / "c", database=database, expect=2,
        )  # fmt: skip
        assert "已有账本" in full.stderr
        assert not (tmp_path / "c").exists()
