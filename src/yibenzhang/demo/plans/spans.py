"""Spreading an intention (“this unit, so many times, between these days”) into dated records."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from yibenzhang.demo.days import spread
from yibenzhang.demo.record import Course, Record

TODAY_2023 = date(2023, 12, 22)  # the last days before the book's day are left to what still waits for review


def days(name: str, count: int, start: date, last: date) -> list[date]:
    """`count` working days of a span; the same for the same name."""
    return spread(count, start, last, Random(name)) if count else []


def each(counts: dict[str, int], name: str, start: date, last: date) -> Iterator[tuple[str, int, date]]:
    """(unit, running number within the unit from 1, day) for every intended event, unit by unit."""
    for unit, count in counts.items():
        for number, day in enumerate(days(f"{name}|{unit}", count, start, last), start=1):
            yield unit, number, day


def with_accidents(records: list[Record], *, late: float = 0.03, returned: float = 0.03) -> list[Record]:
    """Let a few plain records come late, be returned, corrected or recorded twice, as it happens in any office."""
    return [_with_accident(record, late, returned) for record in records]


def _with_accident(record: Record, late: float, returned: float) -> Record:
    if record.course is not Course.PLAIN or record.opens:
        return record
    chance = Random(f"accident|{record.seed}").random()
    early_enough = record.day.month < 10
    for course, share in (
        (Course.RETURNED, returned),
        (Course.LATE, late),
        (Course.CORRECTED, 0.006),
        (Course.DUPLICATED, 0.005),
    ):
        if chance < share:
            return replace(record, course=course) if early_enough or course is Course.RETURNED else record
        chance -= share
    return record
