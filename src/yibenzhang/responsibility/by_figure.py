"""Progress of items that look at an indicator: the figure of the unit's year against what is needed."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import TraceLine, aggregate
from yibenzhang.kernel.periods import Period
from yibenzhang.kernel.quantities import in_display_unit
from yibenzhang.ledger.queries import position_on
from yibenzhang.organisation.queries import books_of
from yibenzhang.requirements.waiting import WaitingLine
from yibenzhang.responsibility.figure_readings import Reading, lines_of, waiting_of
from yibenzhang.responsibility.models import ItemVersion
from yibenzhang.responsibility.standing import AWAITING, MET, MET_LATE, Progress, left, outstanding
from yibenzhang.responsibility.tiers import sphere_of
from yibenzhang.vouchers.models import Voucher

if TYPE_CHECKING:
    from yibenzhang.responsibility.progress import Asked


def assess(asked: "list[Asked]", day: date) -> dict[int, Progress]:
    """The figures of all items, read together."""
    readings = _readings(asked, day)
    lines = lines_of(readings)
    waiting = waiting_of(readings, day)
    found = {}
    for item, version in asked:
        reading = readings.get(item.pk)
        if reading is None:
            state = outstanding(version.deadline, day)
            found[item.pk] = Progress(state, version.deadline, "目录里已没有这个指标。")
        else:
            found[item.pk] = _judge(version, reading, lines[item.pk], waiting[item.pk], day)
    return found


def _readings(asked: "list[Asked]", day: date) -> dict[int, Reading]:
    """What to read for each item whose indicator the catalogue still has."""
    indicators = current_catalogue().indicators
    spheres = {
        item.pk: sphere_of(item.list.unit, day)
        if version.covers == ItemVersion.Covers.ALL
        else item.list.unit
        for item, version in asked
        if item.list.unit is not None and version.indicator in indicators
    }
    books = books_of(unit.pk for unit in spheres.values())
    # Position 0 would mean everything posted so far; on a day before the first entry nothing is posted: -1 selects none.
    positions = {book: position_on(day, book) or -1 for book in set(books.values())}
    found = {}
    for item, version in asked:
        unit = spheres.get(item.pk)
        if unit is not None:
            book = books[unit.pk]
            scope = "subtree" if version.covers == ItemVersion.Covers.ALL else "own"
            period = _period(version, item.list.year)
            question = Question(unit, period, scope=scope, position=positions[book])
            found[item.pk] = Reading(
                indicators[version.indicator], question, book.fixed_date if book else None
            )
    return found


def _period(version: ItemVersion, year: int) -> Period:
    """The year up to the deadline."""
    stop = version.deadline + timedelta(days=1)
    whole = stop == date(year + 1, 1, 1)
    return Period(f"{year}" if whole else f"{year}-01-01..{version.deadline}", date(year, 1, 1), stop)


def _judge(
    version: ItemVersion, reading: Reading, lines: list[TraceLine], waiting: list[WaitingLine], day: date
) -> Progress:
    indicator = reading.indicator
    value = int(aggregate(indicator, lines) or 0)
    shown = f"{in_display_unit(value, indicator.divisor)}{indicator.display_measure or indicator.measure}"
    wanted = f"{in_display_unit(version.needed, indicator.divisor)}{indicator.display_measure or indicator.measure}"
    reason = f"“{indicator.name}”已入账{shown}，应达到{wanted}。"
    vouchers = tuple(dict.fromkeys(line.voucher for line in lines))
    if value >= version.needed:
        late = _timely(indicator, lines, version.deadline) < version.needed
        state = MET_LATE if late else MET
        reason += "期限之后才记齐，记为补记。" if late else ""
    else:
        more = _more(indicator, reading.question.period, waiting)
        state = AWAITING if value + more >= version.needed else outstanding(version.deadline, day)
        reason += f"待审{more}{indicator.measure}。" if more else ""
        reason += "" if state == AWAITING else left(version.deadline, day)
    return Progress(state, version.deadline, reason, value, version.needed, vouchers=vouchers)


def _timely(indicator: Indicator, lines: list[TraceLine], deadline: date) -> int:
    """What of the figure was recorded by the deadline."""
    rows = Voucher.objects.filter(pk__in={line.voucher for line in lines}, recorded_on__lte=deadline)
    in_time = set(rows.values_list("pk", flat=True))
    kept = [line for line in lines if line.voucher in in_time]
    if indicator.aggregation in {"sum", "latest"}:
        return sum(line.quantity for line in kept)
    return len({line.key for line in kept})


def _more(indicator: Indicator, period: Period, waiting: list[WaitingLine]) -> int:
    """What would be added to a figure."""
    if indicator.aggregation not in {"sum", "distinct"}:
        return 0
    accounts = set(indicator.accounts)
    lines = [line for line in waiting if line.account in accounts and period.start <= line.day < period.stop]
    if indicator.aggregation == "sum":
        return sum(line.quantity for line in lines)
    key = {"person": "person", "matter": "matter"}.get(indicator.key or "", "voucher")
    return len({getattr(line, key) for line in lines})
