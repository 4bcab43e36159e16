"""Days in query strings."""

from datetime import date

from yibenzhang.kernel.errors import BookError


def day_asked(text: str, otherwise: date) -> date:
    """The day written, or the other one when nothing is; raises BookError when it is no day."""
    if not text.strip():
        return otherwise
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise BookError(f"看不懂日期“{text[:20]}”，请写成 2024-08-01。", field="on") from None
    if not 1900 <= day.year <= 2200:
        raise BookError("日期请在 1900 年至 2200 年之间。", field="on")
    return day
