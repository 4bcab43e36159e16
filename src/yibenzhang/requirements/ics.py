"""Duties as an iCalendar text (RFC 5545): one all-day event on each deadline."""

from collections.abc import Iterable
from datetime import timedelta

from yibenzhang.requirements.duties import Duty

LONGEST = 75  # bytes in a line; longer ones are folded


def calendar_text(found: Iterable[Duty], host: str) -> str:
    """The calendar of these duties; `host` makes the keys of the events unique."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//yibenzhang//duties//ZH", "CALSCALE:GREGORIAN"]
    for duty in found:
        day = duty.window.deadline
        title = f"{duty.unit} {duty.requirement.name}（{duty.word}）"
        basis = f"{duty.requirement.document}{duty.requirement.article}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{duty.unit.code}-{duty.requirement.code}-{duty.window.code}@{host}",
            f"DTSTAMP:{duty.as_of:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(title)}",
            f"DESCRIPTION:{_escaped(basis)}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for plain, marked in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, marked)
    return text


def _folded(line: str) -> str:
    """The line cut so that none exceeds 75 bytes and no character is cut in two; further ones begin with a space."""
    parts: list[str] = []
    current = ""
    for char in line:
        if len((current + char).encode()) > LONGEST - (1 if parts else 0):
            parts.append(current)
            current = ""
        current += char
    return "\r\n ".join([*parts, current])
