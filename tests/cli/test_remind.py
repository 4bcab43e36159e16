"""`yibenzhang remind` and `yibenzhang workdays` in the terminal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone

from tests.cli.conftest import Cli
from tests.followups.followed import Followed, at
from tests.worlds import World
from yibenzhang.followups.services import set_contact

MONDAY = date(2026, 11, 9)


@pytest.fixture
def waiting(world: World, settings: object, monkeypatch: pytest.MonkeyPatch) -> Followed:
    """A follow-up that the secretary wants to hear of by mail, in a book that follows the calendar."""
    settings.EMAIL_HOST = "mail.example.cn"  # type: ignore[attr-defined]
    book = Followed(world)
    world.book.fixed_date = None
    world.book.save()
    monkeypatch.setattr(timezone, "now", lambda: at(MONDAY))
    set_contact(actor=book.actor("secretary"), email="secretary@example.cn", wants_digest=True)
    book.open(deadline=date(2026, 12, 31))
    return book


def test_a_dry_run_sends_nothing(waiting: Followed, cli: Cli) -> None:
    ran = cli("remind", "--dry-run")
    assert ran.code == 0
    assert "secretary <secretary@example.cn>：核对党员名册" in ran.out
    assert "共 1 封，没有发送" in ran.out
    assert mail.outbox == []


def test_it_sends_once(waiting: Followed, cli: Cli) -> None:
    assert "已发 1 封" in cli("remind").out
    assert "已发 0 封" in cli("remind").out
    assert len(mail.outbox) == 1


def test_it_waits_for_working_hours_and_a_host(
    waiting: Followed, cli: Cli, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(MONDAY, 20))
    ran = cli("remind")
    assert (ran.code, "不是工作时间" in ran.out) == (0, True)
    settings.EMAIL_HOST = ""  # type: ignore[attr-defined]
    assert "没有设置邮件服务器" in cli("remind").out
    assert mail.outbox == []


def test_a_failure_is_an_exit_code(waiting: Followed, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ConnectionRefusedError("拒绝连接")

    monkeypatch.setattr("yibenzhang.followups.digest.send_mail", broken)
    ran = cli("remind")
    assert ran.code == 1
    assert "没有发出：拒绝连接" in ran.err


def test_workdays_lists_years_and_checks_a_file(cli: Cli, home: Path, tmp_path: Path) -> None:
    assert "2024年　工作日 251 天" in cli("workdays").out
    good, bad = tmp_path / "2027.yaml", tmp_path / "2028.yaml"
    good.write_text(
        "year: 2027\nsource: 测试用的安排（未发布）\nholidays:\n  - {name: 元旦, from: 2027-01-01, to: 2027-01-03}\n",
        encoding="utf-8",
    )
    bad.write_text("year: 2028\nholidays: []\n", encoding="utf-8")
    assert "2027年可用：放假 3 天" in cli("workdays", "--check", str(good)).out
    ran = cli("workdays", "--check", str(bad))
    assert ran.code == 1
    assert "2028.yaml 第 1 行 source：缺少这一项" in ran.out
    assert cli("workdays", "--check", str(tmp_path / "none.yaml")).code == 2
    (home / "workdays").mkdir()
    (home / "workdays" / "2028.yaml").write_text(bad.read_text(encoding="utf-8"), encoding="utf-8")
    ran = cli("workdays")
    assert ran.code == 1
    assert "没有采用：workdays/2028.yaml 第 2 行 holidays" in ran.out
