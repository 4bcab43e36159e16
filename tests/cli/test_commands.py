"""Every command: help in Chinese, a reference that is up to date, homes that are refused, real processes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.durability.processes import ROOT, command, environment
from tests.worlds import World
from yibenzhang.cli.main import COMMANDS
from yibenzhang.cli.reference import reference
from yibenzhang.cli.terminal import width
from yibenzhang.ledger.headlog import append_heads


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_chinese_with_examples(cli: Cli, name: str) -> None:
    ran = cli(name, "--help")
    assert ran.code == 0
    assert "用法：" in ran.out
    assert f"yibenzhang {name}" in ran.out.split("例：")[1]
    for english in ("usage:", "options:", "positional", "show this help"):
        assert english not in ran.out


def test_the_reference_is_up_to_date() -> None:
    kept = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert kept.strip() == reference().strip(), "run: python -m yibenzhang.cli.reference > docs/cli.md"


def test_verify_says_sound_in_words_and_json(world: World, cli: Cli) -> None:
    entry = world.posted().entries.get()
    append_heads(entry.number)  # a test's transaction never commits, so nothing else writes the log
    ran = cli("verify")
    assert ran.code == 0
    assert "台账完好：入账 1 笔，分录 2 行" in ran.out
    data = cli("verify", "--json").data
    assert (data["sound"], data["entries"], data["postings"], data["damage"]) == (True, 1, 2, None)


@pytest.mark.parametrize(
    "words",
    [("figures", "--unit", "x", "--period", "2023"), ("verify",), ("serve",), ("backup", "--out", "b.zip")],
    ids=lambda words: words[0],
)
def test_a_home_without_a_book_is_refused_and_left_alone(tmp_path: Path, words: tuple[str, ...]) -> None:
    home = tmp_path / "nothing"
    done = command(*words, "--home", str(home), home=tmp_path / "unused", expect=2)
    assert "还没有账本" in done.stderr
    assert "yibenzhang init" in done.stderr
    assert not home.exists()


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "不是目录" in command("verify", "--home", str(tmp_path / "file"), home=tmp_path, expect=2).stderr


@pytest.fixture(scope="module")
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home made by `init` in a process of its own."""
    home = tmp_path_factory.mktemp("init") / "book"
    done = subprocess.run(
        [sys.executable, "-m", "yibenzhang.cli.main", "init", "--home", str(home), "--name", "澜江省试验局", "--code",
         "shiyan", "--packs", "geology", "--admin", "boss", "--password-stdin"],
        env=environment(home), input="long-Secret-77\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return home


def test_init_makes_a_book_that_answers(own_home: Path) -> None:
    done = command(
        "figures", "--unit", "shiyan", "--period", "2023", "--json", "--home", str(own_home), home=own_home
    )
    assert {figure["state"] for figure in json.loads(done.stdout)} <= {"none", "not_applicable"}
    assert (own_home / "keys" / "ledger.key").stat().st_mode & 0o077 == 0
    again = command("init", "--home", str(own_home), home=own_home)
    assert "没有改动任何记录" in again.stdout


@pytest.mark.parametrize(
    ("password", "packs", "code", "message"),
    [
        ("short", "base", "a", "至少"),
        ("1234567890123", "base", "a", "数字"),
        ("", "base", "a", "至少"),
        ("long-Secret-77", "moon", "a", "没有目录包 moon"),
        ("long-Secret-77", "base", "局", "单位代码只能用"),
    ],
)
def test_init_refuses_in_words_and_founds_nothing(
    tmp_path: Path, password: str, packs: str, code: str, message: str
) -> None:
    words = [
        "init",
        "--home",
        str(tmp_path / "b"),
        "--name",
        "局",
        "--code",
        code,
        "--packs",
        packs,
        "--admin",
        "boss",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "yibenzhang.cli.main", *words, "--password-stdin"],
        env=environment(tmp_path / "b"), input=f"{password}\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    import sqlite3

    base = sqlite3.connect(tmp_path / "b" / "book.sqlite3")
    assert base.execute("SELECT COUNT(*) FROM organisation_unit").fetchone() == (0,)
    assert base.execute("SELECT COUNT(*) FROM access_user").fetchone() == (0,)
    base.close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_serve_answers_until_interrupted_and_a_busy_port_is_said(own_home: Path) -> None:
    port = free_port()
    words = [
        sys.executable,
        "-m",
        "yibenzhang.cli.main",
        "serve",
        "--home",
        str(own_home),
        "--port",
        str(port),
    ]
    with subprocess.Popen(
        words, env=environment(own_home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        assert f"http://127.0.0.1:{port}/" in server.stdout.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as page:
            assert "/account/sign-in/" in page.url
            assert "党建一本账" in page.read().decode()
        busy = command("serve", "--home", str(own_home), "--port", str(port), home=own_home, expect=2)
        assert f"端口 {port} 已被别的程序占用" in busy.stderr
        server.send_signal(2)
        assert server.wait(timeout=20) == 0
        assert "已停止" in server.stdout.read()


def test_import_interrupted_says_that_nothing_was_written(
    world: World, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("yibenzhang.exchange.services.check_file", interrupted)
    ran = cli("import", "people", "x.xlsx", "--dry-run")
    assert ran.code == 130
    assert "没有写入任何一行" in ran.err


def test_output_into_a_closed_pipe_is_no_error(own_home: Path) -> None:
    line = f'"{sys.executable}" -m yibenzhang.cli.main figures --home "{own_home}" --unit shiyan --period 2023 --json | head -1'
    done = subprocess.run(
        line, shell=True, env=environment(own_home), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr


def test_chinese_takes_two_columns() -> None:
    assert width("党费1元") == 7


def test_the_environment_names_the_home(own_home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "yibenzhang.cli.main", "verify"], env=environment(own_home), cwd=os.sep,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
