"""Slowing down who guesses passwords (security.md A3): five tries in vain close a name for a quarter of an hour.

A try is counted before the password is looked at, under a lock, so that many guesses at once get no more than five answers;
the right password sets the count back. Names that do not exist count alike. Addresses are given more room: an agency may
stand behind one.
"""

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from yibenzhang.access.models import SignInCount
from yibenzhang.audit.services import record

MOST_FOR_NAME, MOST_FOR_ADDRESS = 5, 100
PAUSE = timedelta(minutes=15)


def may_try(username: str, address: str, *, now: datetime) -> bool:
    """Count a try; False when the name or the address has had its tries and must wait."""
    return all(
        [
            _counted(_key("name", username.casefold()), MOST_FOR_NAME, now, username),
            _counted(_key("address", address), MOST_FOR_ADDRESS, now, address),
        ]
    )


def succeeded(username: str, address: str) -> None:
    """The password was right: both begin anew."""
    forget(username)
    SignInCount.objects.filter(key=_key("address", address)).delete()


def forget(username: str) -> None:
    """Open a name again, after signing in or when an administrator has set a new password."""
    SignInCount.objects.filter(key=_key("name", username.casefold())).delete()


@transaction.atomic
def _counted(key: str, most: int, now: datetime, subject: str) -> bool:
    _, is_new = SignInCount.objects.get_or_create(key=key, defaults={"last": now})
    if is_new:
        SignInCount.objects.filter(last__lte=now - PAUSE).delete()  # what has run out need not pile up
    count = SignInCount.objects.select_for_update().get(key=key)
    if now - count.last >= PAUSE:
        count.tries = 0
    if count.tries >= most:
        return False
    count.tries, count.last = count.tries + 1, now
    count.save()
    if count.tries == most:
        record(actor=None, verb="access.pause", subject=subject[:60], note=f"{most} 次未成功")
    return True


def _key(kind: str, text: str) -> str:
    return hashlib.sha256(f"{kind}|{text}".encode("utf-8", "replace")).hexdigest()
