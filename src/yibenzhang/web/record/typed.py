"""What people type, understood: days, whole numbers, sums of money, keys."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

LARGEST_WHOLE = 15  # digits; longer numbers are kept as text and refused with a message
TENS = {"": 1, "万": 10_000, "亿": 100_000_000}


def key_of(text: str) -> int | None:
    """A primary key as a form sends it; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 19 else None


def keys_of(texts: Iterable[str]) -> list[int]:
    """The primary keys among these texts."""
    return [key for text in texts if (key := key_of(text)) is not None]


def parse_day(text: str) -> date | None:
    """A day written 2024-08-31, 2024/8/31, 2024.8.31, 20240831 or 2024年8月31日; None when it is none of these."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", plain)
    found = found or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def whole_number(text: str, *, money: bool = False) -> int | str:
    """A whole number (of yuan when `money`, where 98万 is 980000); the text itself when it is none."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    if re.fullmatch(rf"-?\d{{1,{LARGEST_WHOLE}}}", plain):
        return int(plain)
    found = re.fullmatch(r"(\d{1,12}(?:\.\d{1,8})?)(万|亿|)元?", plain) if money else None
    if not found:
        return text
    try:
        yuan = Decimal(found[1]) * TENS[found[2]]
    except InvalidOperation:
        return text
    return int(yuan) if yuan == yuan.to_integral_value() else text
