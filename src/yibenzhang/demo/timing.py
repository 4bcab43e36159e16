"""When a record was written, submitted and decided: simulated office hours, never after the book's day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from yibenzhang.demo.days import later
from yibenzhang.demo.record import Course, Record

OFFICE_CLOSES = time(17, 30)


@dataclass(frozen=True)
class Moments:
    """Three moments in the life of one version of a voucher."""

    drafted: datetime
    submitted: datetime
    decided: datetime


@dataclass(frozen=True)
class Calendar:
    """The book's year: nothing is recorded before its first working week and nothing after its day."""

    opens: date
    today: date

    def moments(self, record: Record, rng: Random, after: datetime | None = None) -> Moments:
        """When this record is written; not before `after`, when it needs a record decided then."""
        delay = rng.randrange(25, 50) if record.course is Course.LATE else rng.choice([0, 0, 0, 1, 1, 2, 4])
        day = later(max(record.last_day, self.opens + timedelta(days=3)), delay, self.today)
        drafted = at_office(day, rng)
        if after is not None and drafted <= after:
            drafted = after + timedelta(minutes=rng.randrange(5, 50))
        return self.decision(drafted, rng)

    def decision(self, drafted: datetime, rng: Random) -> Moments:
        """Submitted soon after it was drafted, decided within some days."""
        drafted = min(drafted, self.closing(self.today) - timedelta(minutes=30))
        submitted = drafted + timedelta(minutes=rng.randrange(4, 25))
        day = later(timezone.localdate(submitted), rng.choice([0, 1, 1, 2, 3]), self.today)
        decided = max(at_office(day, rng), submitted + timedelta(minutes=4))
        return Moments(drafted, submitted, min(decided, self.closing(self.today)))

    def closing(self, day: date) -> datetime:
        """The end of office hours on a day."""
        return timezone.make_aware(datetime.combine(day, OFFICE_CLOSES))


def at_office(day: date, rng: Random) -> datetime:
    """A moment in office hours."""
    moment = datetime.combine(day, time(9)) + timedelta(minutes=rng.randrange(470))
    return timezone.make_aware(moment)
