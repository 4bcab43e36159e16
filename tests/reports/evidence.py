"""Records with pictures, for reports that show them."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from PIL import Image

from tests.reports.conftest import Desk
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.ledger.services import post_voucher
from yibenzhang.vouchers.entry import Entry
from yibenzhang.vouchers.evidence import attach
from yibenzhang.vouchers.models import Attachment
from yibenzhang.vouchers.services import save_draft, submit_voucher


def picture(size: tuple[int, int] = (800, 500), colour: str = "steelblue", **how: Any) -> bytes:
    """A JPEG of one colour."""
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG", **how)
    return kept.getvalue()


def recorded(
    desk: Desk, *pictures: bytes, title: str = "进村讲地质", post: bool = True, name: str = "现场.jpg"
) -> list[Attachment]:
    """A theme day of branch 甲 with these pictures as evidence."""
    bureau = desk.bureau
    entry = Entry(
        unit=bureau.units["a"], kind=current_catalogue().kind("theme_party_day"), title=title,
        event_date=date(2023, 5, 8), values={}, people={"attendees": [(bureau.people["a0"], "present")]},
    )  # fmt: skip
    voucher = save_draft(entry, preparer=bureau.recorder)
    stem, dot, suffix = name.partition(".")
    found = [
        attach(voucher, f"{stem}{n or ''}{dot}{suffix}", data, bureau.recorder)
        for n, data in enumerate(pictures)
    ]
    if post:
        submit_voucher(entry, voucher, actor=bureau.recorder)
        post_voucher(voucher, actor=bureau.reviewer)
    return found
