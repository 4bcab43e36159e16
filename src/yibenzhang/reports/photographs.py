"""Photographs (照片) from the evidence of posted vouchers: found by digest, made small, free of what a camera notes.

They are never asked for (AF-04). An issued report keeps its own copy, whatever becomes of the evidence.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from PIL import Image, ImageOps

from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import LineageMember, Unit
from yibenzhang.reading.claims.extract import extract
from yibenzhang.reports.tokens import LONGEST_CAPTION, PictureToken
from yibenzhang.vouchers.evidence import open_evidence
from yibenzhang.vouchers.models import Attachment, Voucher

TYPES = ("image/jpeg", "image/png")
LONGEST_SIDE, SMALL_SIDE, QUALITY = 1280, 320, 82
MOST = 20
_UNSTORED = str.maketrans({"|": "｜", "{": "（", "}": "）", "〔": "（", "〕": "）", "\n": " "})


@dataclass(frozen=True)
class Photograph:
    """A picture with its words. `voucher` is the number of the record it belongs to; `read` gives the small JPEG."""

    sha256: str
    caption: str
    voucher: str
    read: Callable[[], bytes]


def photographs_of(unit: Unit) -> QuerySet[Attachment]:
    """Pictures among the evidence of everything at or below a unit, of whatever state."""
    lines = LineageMember.objects.filter(ancestor=unit).values("lineage_id")
    rows = Attachment.objects.filter(content_type__in=TYPES, voucher__lineage_id__in=lines)
    return rows.select_related("voucher__unit").order_by("id")


def photograph(token: PictureToken, unit: Unit) -> Photograph:
    """The photograph a token names; raises BookError when no posted voucher of the unit has it."""
    rows = photographs_of(unit).filter(sha256=token.sha256)
    row = rows.filter(voucher__state=Voucher.State.POSTED).first()
    if row is None:
        if rows.filter(voucher__state=Voucher.State.REVERSED).exists():
            raise BookError("这张照片的凭证已冲销，请换一张或删去。")
        raise BookError("本单位已入账的凭证里没有这张照片，请从“看材料”里重新放。")
    caption = token.caption or caption_for(row.voucher)
    return Photograph(token.sha256, caption, row.voucher.number, lambda: small_jpeg(row))


def small_jpeg(row: Attachment, side: int = LONGEST_SIDE) -> bytes:
    """The picture of an attachment as a JPEG of at most this many pixels a side; raises EvidenceError when it is missing."""
    with open_evidence(row) as kept:
        return prepared(kept.read(), side)


def prepared(data: bytes, side: int = LONGEST_SIDE) -> bytes:
    """A JPEG drawn anew from the pixels alone, upright: no place, device or notes of a camera come along."""
    with Image.open(io.BytesIO(data)) as original:
        upright = ImageOps.exif_transpose(original).convert("RGBA")
    upright.thumbnail((side, side), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright)
    kept = io.BytesIO()
    paper.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return kept.getvalue()


def caption_for(voucher: Voucher) -> str:
    """Title, unit and day of a voucher; the kind of record stands for a title with numbers in it."""
    day = f"{voucher.event_date.year}年{voucher.event_date.month}月{voucher.event_date.day}日"
    tail = f"（{voucher.unit}，{day}）"
    title = voucher.kind_name if claims_in(voucher.title) else voucher.title
    return f"{title[: LONGEST_CAPTION - len(tail)]}{tail}".translate(_UNSTORED)


def claims_in(words: str) -> list[str]:
    """Numbers that state something: 50人 is one, 5月8日 and 第三期 are none."""
    found, _ = extract([words], [""])
    return [claim.text for claim in found]
