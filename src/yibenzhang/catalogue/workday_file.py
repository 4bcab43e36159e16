"""One year's public holidays and make-up workdays (法定节假日与调休) as a file, checked like the packs."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from yibenzhang.catalogue.entry import Entry, Name
from yibenzhang.catalogue.loading import translated
from yibenzhang.catalogue.source import PackError, Path_, Problem, Source, read_source

LONGEST = 15  # days of one holiday; more is a slip of the pen
SATURDAY = 5
WEEKDAYS = "一二三四五六日"


class Holiday(Entry):
    """Days off in a row, both ends included, and the weekend days worked instead."""

    name: Name
    start: date = Field(alias="from")
    end: date = Field(alias="to")
    workdays: list[date] = []


class _File(Entry):
    year: int = Field(ge=1950, le=2200)
    source: Annotated[str, StringConstraints(min_length=4, max_length=200)]
    holidays: list[Holiday] = Field(min_length=1)


@dataclass(frozen=True)
class WorkdayYear:
    """A year's arrangement. `off` and `on` name each day that differs from Monday to Friday or is a holiday."""

    year: int
    source: str
    off: dict[date, str] = field(default_factory=dict)
    on: dict[date, str] = field(default_factory=dict)


def read_year(path: Path, name: str) -> WorkdayYear:
    """Read and check one file; raises PackError naming file, line, field and remedy of every fault."""
    source = read_source(path, name)
    try:
        written = _File.model_validate(source.values)
    except ValidationError as error:
        raise PackError(translated(error, source)) from None
    problems = _faults(written, source, path)
    if problems:
        raise PackError(problems)
    found = WorkdayYear(written.year, written.source)
    for holiday in written.holidays:
        found.off.update(dict.fromkeys(_days(holiday), holiday.name))
        found.on.update(dict.fromkeys(holiday.workdays, holiday.name))
    return found


def _days(holiday: Holiday) -> list[date]:
    return [holiday.start + timedelta(days=n) for n in range((holiday.end - holiday.start).days + 1)]


def _faults(written: _File, source: Source, path: Path) -> list[Problem]:
    found: list[Problem] = []

    def fault(place: Path_, message: str) -> None:
        where = ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
        found.append(Problem(source.name, source.line(place), where, message))

    if path.stem != str(written.year):
        fault(("year",), f"文件名是 {path.name}，年份应一致；请改年份，或把文件改名为 {written.year}.yaml。")
    seen: set[date] = set()
    for number, holiday in enumerate(written.holidays):
        place: Path_ = ("holidays", number)
        length = (holiday.end - holiday.start).days + 1
        if not 1 <= length <= LONGEST:
            fault((*place, "to"), f"{holiday.name}从 {holiday.start} 到 {holiday.end} 不成立，请核对起止日。")
            continue
        days = _days(holiday)
        if not any(day.year == written.year for day in days):
            fault((*place, "from"), f"{holiday.start} 不在{written.year}年，请核对年份。")
        if seen & set(days):
            fault((*place, "from"), f"{holiday.name}与别的放假日重叠，请核对通知。")
        seen |= set(days)
    worked: set[date] = set()
    for number, holiday in enumerate(written.holidays):
        for index, day in enumerate(holiday.workdays):
            place = ("holidays", number, "workdays", index)
            if day in seen or day in worked:
                fault(place, f"{day} 写了两次或同时写成放假，请删去一处。")
            elif day.weekday() < SATURDAY:
                fault(
                    place, f"{day} 是星期{WEEKDAYS[day.weekday()]}，本来就上班；调休上班日应是周末，请核对。"
                )
            elif abs((day - holiday.start).days) > 2 * LONGEST:
                fault(place, f"{day} 离{holiday.name}太远，请核对月份和年份。")
            worked.add(day)
    return found
