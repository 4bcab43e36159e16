"""Keys to calendars: an address that a calendar program may read without signing in, until its owner ends it."""

import hashlib
import secrets

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.requirements.models import CalendarKey

BYTES = 32  # 256 random bits: not to be guessed, so a plain digest is enough to keep


@transaction.atomic
def make_calendar_key(*, actor: User) -> str:
    """Give the user a new key and return it, this once; the one before stops working."""
    key = secrets.token_urlsafe(BYTES)
    CalendarKey.objects.filter(user=actor).delete()
    CalendarKey.objects.create(user=actor, digest=_digest(key))
    record(actor=actor, verb="calendar.key", subject=actor.username)
    return key


@transaction.atomic
def end_calendar_key(*, actor: User) -> None:
    """Let the user's address stop working; nothing happens when there is none."""
    ended, _ = CalendarKey.objects.filter(user=actor).delete()
    if ended:
        record(actor=actor, verb="calendar.key_ended", subject=actor.username)


def owner_of(key: str) -> User | None:
    """The user whose key this is; None for an unknown key and for an account that is closed."""
    found = CalendarKey.objects.filter(digest=_digest(key), user__is_active=True).select_related("user")
    row = found.first()
    return row.user if row else None


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
