"""Whose work a voucher is (经手人): four eyes are judged by person, whichever account was used (security.md A7)."""

from yibenzhang.access.models import User
from yibenzhang.vouchers.models import TrailEntry, Voucher

WRITES = (TrailEntry.Step.DRAFTED, TrailEntry.Step.EDITED, TrailEntry.Step.SUBMITTED)


def contributors(voucher: Voucher) -> list[User]:
    """Everyone who drafted, edited or submitted the voucher, and for whom it was entered (代录)."""
    written = voucher.trail.filter(step__in=WRITES).values("actor")
    named = [key for key in (voucher.preparer_id, voucher.on_behalf_of_id) if key]
    return list(User.objects.filter(pk__in=written) | User.objects.filter(pk__in=named))


def has_contributed(user: User, voucher: Voucher) -> bool:
    """True when the user, or another account of the same person, had a hand in what the voucher says."""
    hands = contributors(voucher)
    people = {each.person_id for each in hands if each.person_id}
    return user.pk in {each.pk for each in hands} or user.person_id in people


def is_unsent(voucher: Voucher) -> bool:
    """True for a draft that was never submitted, however often it was rewritten."""
    kept = (TrailEntry.Step.DRAFTED, TrailEntry.Step.EDITED)
    return voucher.state == Voucher.State.DRAFT and not voucher.trail.exclude(step__in=kept).exists()
