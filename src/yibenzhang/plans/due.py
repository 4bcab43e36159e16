"""When something is meant to be done, as people write it: a month, or a day up to which it must be done."""

import re
import unicodedata
from datetime import date

from yibenzhang.kernel.errors import BookError

_MONTH = re.compile(r"(?:(\d{4})[年./-])?(\d{1,2})月?(?:底|内|份)?")
_DAY = re.compile(r"(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})(?:日|号)?(?:前|之前|以前)?")
_END_OF_YEAR = re.compile(r"(?:(\d{4})年|全年|年)底前?")


def read_due(text: str, year: int) -> tuple[int | None, date | None]:
    """(month, deadline): 3月, 2024年3月; 10-31, 2024-10-31, 10月31日前, 年底前. One of the two is None.

    A day without a year lies in the plan's; the next year is allowed for what is carried over. Raises BookError.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if found := _END_OF_YEAR.fullmatch(plain):
        return None, _within(date(int(found[1] or year), 12, 31), year)
    if found := _DAY.fullmatch(plain):
        try:
            return None, _within(date(int(found[1] or year), int(found[2]), int(found[3])), year)
        except ValueError:
            raise BookError(f"没有“{text[:20]}”这一天，请核对。", field="due") from None
    if found := _MONTH.fullmatch(plain):
        month = int(found[2])
        if found[1] and int(found[1]) != year:
            raise BookError(f"“{text[:20]}”不在 {year} 年，请写本年的月份。", field="due")
        if 1 <= month <= 12:
            return month, None
    raise BookError(f"“{text[:20]}”看不懂，请写 3月 或 {year}-10-31。", field="due")


def read_day(text: str, year: int) -> date:
    """A day, with or without its year. Raises BookError for a month or anything else."""
    month, day = read_due(text, year)
    if day is None:
        raise BookError(f"“{text[:20]}”要写到日，例如 {month or 6}-30。", field="due")
    return day


def _within(day: date, year: int) -> date:
    if day.year not in {year, year + 1}:
        raise BookError(f"{day}不在 {year} 年，请核对年份。", field="due")
    return day
