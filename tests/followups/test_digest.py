"""The e-mail digest: by choice, once a day, in working hours, never twice; over a real connection once."""

from __future__ import annotations

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail
from django.utils import timezone

from tests.followups.followed import Followed, at
from yibenzhang.config.mail import mail_server
from yibenzhang.followups.digest import DigestError, letters, send_digests
from yibenzhang.followups.models import Contact, Digest
from yibenzhang.followups.services import close, remind, set_contact

MONDAY = date(2026, 11, 9)


@pytest.fixture
def living(book: Followed, settings: object, monkeypatch: pytest.MonkeyPatch) -> Followed:
    """A book that follows the calendar, mail switched on, the secretary wanting digests; the clock stands at MONDAY."""
    settings.EMAIL_HOST = "mail.example.cn"  # type: ignore[attr-defined]
    book.world.book.fixed_date = None
    book.world.book.save()
    stand_at(monkeypatch, at(MONDAY))
    set_contact(actor=book.actor("secretary"), email="secretary@example.cn", wants_digest=True)
    return book


def stand_at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Let the clock stand."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_one_digest_lists_everything_open_with_titles_and_dates_only(living: Followed) -> None:
    living.open(deadline=date(2026, 11, 20), asked="内部情况，不外发")
    living.open(title="核对支委分工", deadline=date(2026, 11, 16))
    assert send_digests(at=at(MONDAY)) == 1
    (message,) = mail.outbox
    assert message.to == ["secretary@example.cn"]
    assert message.subject == "督办摘要：2件待办（11月9日）"
    assert message.body.index("核对支委分工") < message.body.index("核对党员名册"), (
        "the nearest deadline first"
    )
    assert "2026-11-16前" in message.body
    assert "内部情况" not in message.body


def test_it_is_sent_once_however_often_it_is_run(living: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    follow_up = living.open(deadline=date(2026, 12, 31))
    moment = at(MONDAY)
    while moment < at(date(2026, 11, 16)):  # every three hours for a week, nights and weekend too
        stand_at(monkeypatch, moment)
        if letters() and 9 <= timezone.localtime(moment).hour <= 17 and moment.weekday() < 5:
            send_digests(at=moment)
        moment += timedelta(hours=3)
    assert len(mail.outbox) == 1, "nobody reminded, so nothing is repeated"
    stand_at(monkeypatch, at(date(2026, 11, 17)))
    remind(follow_up, actor=living.actor("reviewer"))
    assert send_digests(at=at(date(2026, 11, 17))) == 1
    assert send_digests(at=at(date(2026, 11, 17), 16)) == 0
    assert len(mail.outbox) == 2


def test_a_second_matter_waits_for_the_next_day(living: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    living.open(deadline=date(2026, 12, 31))
    send_digests(at=at(MONDAY))
    stand_at(monkeypatch, at(MONDAY, 11))
    living.open(title="核对支委分工", deadline=date(2026, 12, 31))
    assert send_digests(at=at(MONDAY, 14)) == 0, "one a day"
    tuesday = MONDAY + timedelta(days=1)
    stand_at(monkeypatch, at(tuesday))
    assert send_digests(at=at(tuesday)) == 1
    assert "核对支委分工" in mail.outbox[1].body
    assert "核对党员名册" not in mail.outbox[1].body, "told yesterday"


@pytest.mark.parametrize(
    "moment",
    [
        at(date(2026, 11, 8)),
        at(MONDAY, 8, 29),
        at(MONDAY, 17, 31),
        at(date(2026, 10, 1)),
        at(date(2026, 11, 14)),
    ],
)
def test_nothing_is_sent_outside_working_hours(living: Followed, moment: datetime) -> None:
    living.open(deadline=date(2026, 12, 31))
    with pytest.raises(DigestError, match="不是工作时间"):
        send_digests(at=moment)
    assert mail.outbox == []


def test_without_a_host_nothing_is_sent(living: Followed, settings: object) -> None:
    settings.EMAIL_HOST = ""  # type: ignore[attr-defined]
    living.open(deadline=date(2026, 12, 31))
    with pytest.raises(DigestError, match="没有设置邮件服务器"):
        send_digests(at=at(MONDAY))


def test_only_who_asked_for_it_gets_one(living: Followed) -> None:
    living.open(deadline=date(2026, 12, 31))
    set_contact(actor=living.actor("secretary"), email="secretary@example.cn", wants_digest=False)
    assert letters() == []
    set_contact(actor=living.actor("secretary"), email="", wants_digest=False)
    assert not Contact.objects.exists(), "an empty address forgets it"


def test_what_is_closed_or_answered_is_not_listed(living: Followed) -> None:
    close(living.open(deadline=date(2026, 12, 31)), actor=living.actor("reviewer"), reason="核实")
    assert letters() == []


def test_the_named_person_gets_it_instead_of_the_post(living: Followed) -> None:
    clerk = living.world.clerk
    clerk.person = living.secretary
    clerk.save()
    set_contact(actor=living.actor("clerk"), email="clerk@example.cn", wants_digest=True)
    living.open(deadline=date(2026, 12, 31))
    assert [letter.address for letter in letters()] == ["clerk@example.cn"]


def test_a_book_that_stands_still_sends_nothing(book: Followed, settings: object) -> None:
    settings.EMAIL_HOST = "mail.example.cn"  # type: ignore[attr-defined]
    set_contact(actor=book.actor("secretary"), email="secretary@example.cn", wants_digest=True)
    book.open()
    heard: list[str] = []
    assert send_digests(at=at(MONDAY), tell=lambda letter, fault: heard.append(fault)) == 0
    assert heard == ["账面日期固定（演示账或往年账），没有发送"]


def test_a_failure_is_told_and_tried_again(living: Followed, monkeypatch: pytest.MonkeyPatch) -> None:
    living.open(deadline=date(2026, 12, 31))
    heard: list[str] = []

    def broken(*_: object, **__: object) -> None:
        raise smtplib.SMTPServerDisconnected("连接断开")

    with monkeypatch.context() as patch:
        patch.setattr("yibenzhang.followups.digest.send_mail", broken)
        assert send_digests(at=at(MONDAY), tell=lambda letter, fault: heard.append(fault)) == 0
    assert heard == ["没有发出：连接断开"]
    assert not Digest.objects.exists()
    assert send_digests(at=at(MONDAY)) == 1


class Receiver(socketserver.StreamRequestHandler):
    """The few words of SMTP that a client needs; what was sent is kept on the server."""

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part.removeprefix(b"."))
                self.server.received.append(b"".join(lines))  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 fine\r\n")
            if word == b"QUIT":
                return


@pytest.fixture
def post_office() -> Iterator[socketserver.TCPServer]:
    """A mail server on this machine."""
    with socketserver.TCPServer(("127.0.0.1", 0), Receiver) as server:
        server.received = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def test_it_arrives_over_a_real_connection(
    living: Followed, settings: object, post_office: socketserver.TCPServer
) -> None:
    port = str(post_office.server_address[1])
    server = mail_server(
        {"YIBENZHANG_SMTP_HOST": "127.0.0.1", "YIBENZHANG_SMTP_PORT": port, "YIBENZHANG_SMTP_SECURITY": "none",
         "YIBENZHANG_MAIL_FROM": "book@example.cn"}
    )  # fmt: skip
    for name, value in {
        "EMAIL_BACKEND": server.backend, "EMAIL_HOST": server.host, "EMAIL_PORT": server.port,
        "EMAIL_USE_SSL": False, "EMAIL_USE_TLS": False, "DEFAULT_FROM_EMAIL": server.sender,
    }.items():  # fmt: skip
        setattr(settings, name, value)
    living.open(deadline=date(2026, 12, 31))
    assert send_digests(at=at(MONDAY)) == 1
    (raw,) = post_office.received  # type: ignore[attr-defined]
    message = message_from_bytes(raw, policy=policy.default)
    assert message["subject"] == "督办摘要：1件待办（11月9日）"
    assert (message["to"], message["from"]) == ("secretary@example.cn", "book@example.cn")
    assert "核对党员名册" in message.get_content()


@pytest.mark.parametrize(
    ("given", "port", "security", "backend"),
    [
        ({}, 465, "ssl", "dummy"),
        ({"HOST": "m"}, 465, "ssl", "smtp"),
        ({"HOST": "m", "SECURITY": "starttls"}, 587, "starttls", "smtp"),
        ({"HOST": "m", "SECURITY": "none", "PORT": "2525"}, 2525, "none", "smtp"),
    ],
)
def test_the_environment_names_the_server(
    given: dict[str, str], port: int, security: str, backend: str
) -> None:
    server = mail_server({f"YIBENZHANG_SMTP_{name}": value for name, value in given.items()})
    assert (server.port, server.security) == (port, security)
    assert f".{backend}." in server.backend


@pytest.mark.parametrize("given", [{"SECURITY": "tls1"}, {"PORT": "smtp"}])
def test_a_wrong_setting_is_named(given: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="YIBENZHANG_SMTP_"):
        mail_server({f"YIBENZHANG_SMTP_{name}": value for name, value in given.items()})
