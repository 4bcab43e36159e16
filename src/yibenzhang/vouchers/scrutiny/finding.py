"""A fact about a voucher that a reviewer may want to look at, and the recorder may explain."""

from dataclasses import dataclass

from yibenzhang.vouchers.models import TrailEntry, Voucher

SEPARATOR = "｜"


@dataclass(frozen=True)
class Finding:
    """What was found, in one sentence, and where it comes from. `other` is another voucher it points at.

    `note` is the recorder's explanation, empty while there is none.
    """

    fact: str
    source: str
    other: Voucher | None = None
    note: str = ""


def notes_of(voucher: Voucher) -> dict[str, str]:
    """The explanations on the voucher's trail by the fact they explain; the newest holds."""
    found: dict[str, str] = {}
    for entry in voucher.trail.filter(step=TrailEntry.Step.EXPLAINED).order_by("id"):
        fact, _, note = entry.reason.partition(SEPARATOR)
        found[fact] = note
    return found
