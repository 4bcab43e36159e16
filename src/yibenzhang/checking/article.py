"""Which agency and period an article speaks of: as asked, else as found in the text; either way it is said."""

import re
from dataclasses import dataclass
from datetime import date

from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.reading.model import Reading

_YEAR = re.compile(r"(20\d{2})\s*年(?!\d|\d?月)")


@dataclass(frozen=True)
class Setting:
    """Unit and period the claims are checked for, with a note on where each came from."""

    unit: Unit
    period: Period
    notes: tuple[str, ...]


def find_setting(reading: Reading, *, units: list[Unit], unit: Unit | None, period: Period | None) -> Setting:
    """Settle unit and period.

    `units` are those the reader may ask about. Raises BookError when one is neither given nor to be found in the text.
    """
    notes = []
    named = _named_unit(reading, units)
    if unit is None:
        if named is None:
            raise BookError("稿件里没认出账上的单位，请用 --unit 或单位选项指明。", field="unit")
        unit = named
        notes.append(f"单位取自稿件：{unit.name}")
    elif named is None or named.pk != unit.pk:
        notes.append(f"按指定单位核对：{unit.name}（稿件所称单位以此为准）")
    found = _stated_period(reading)
    if period is None:
        if found is None:
            raise BookError("稿件里没认出年份，请用 --period 或期间选项指明，例如 2024。", field="period")
        period = found
        notes.append(f"期间取自稿件：{period.label}")
    return Setting(unit, period, tuple(notes))


def _named_unit(reading: Reading, units: list[Unit]) -> Unit | None:
    """The unit whose name the head of the article says most, the longest name first."""
    head = f"{reading.title or ''}\n{reading.clean_text[:600]}"
    named = [(max(len(n) for n in (unit.name, unit.short_name) if n and n in head), unit) for unit in units
             if any(n and len(n) > 2 and n in head for n in (unit.name, unit.short_name))]  # fmt: skip
    return max(named, key=lambda pair: pair[0])[1] if named else None


def _stated_period(reading: Reading) -> Period | None:
    for text in (reading.title or "", reading.clean_text[:300]):
        if year := _YEAR.search(text):
            return parse_period(year[1])
    if reading.date:
        return parse_period(str(date.fromisoformat(reading.date).year))
    return None
