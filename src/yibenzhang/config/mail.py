"""Outgoing mail: off unless the host is named; all of it by environment variables, so that no password lies in a file.

`YIBENZHANG_SMTP_HOST`, `_PORT`, `_USER`, `_PASSWORD`, `_SECURITY` (ssl, starttls or none) and `YIBENZHANG_MAIL_FROM`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PORTS = {"ssl": 465, "starttls": 587, "none": 25}


@dataclass(frozen=True)
class MailServer:
    """How to send; an empty host means that nothing is ever sent."""

    host: str
    port: int
    user: str
    password: str
    security: str
    sender: str

    @property
    def backend(self) -> str:
        """Django's mail backend."""
        return f"django.core.mail.backends.{'smtp' if self.host else 'dummy'}.EmailBackend"


def mail_server(environment: Mapping[str, str]) -> MailServer:
    """The server these variables name.

    Raises ValueError, in words for the operator, for an unknown security or a port that is no number.
    """

    def given(name: str) -> str:
        return environment.get(f"YIBENZHANG_{name}", "").strip()

    security = given("SMTP_SECURITY").lower() or "ssl"
    if security not in PORTS:
        raise ValueError(f"YIBENZHANG_SMTP_SECURITY 只能是 ssl、starttls 或 none，现为 {security}。")
    port = given("SMTP_PORT") or str(PORTS[security])
    if not port.isdecimal():
        raise ValueError(f"YIBENZHANG_SMTP_PORT 应是数字，现为 {port}。")
    host, user = given("SMTP_HOST"), given("SMTP_USER")
    sender = given("MAIL_FROM") or user or f"dangjian@{host or 'localhost'}"
    return MailServer(
        host, int(port), user, environment.get("YIBENZHANG_SMTP_PASSWORD", ""), security, sender
    )
