"""Progress of items that look at an indicator: the figure of the unit's year against what is needed."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.figures import figure
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import TraceLine, trace
from yibenzhang.kernel.periods import Period
from yibenzhang.kernel.quantities import in_display_unit
from yibenzhang.ledger.queries import position_on
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of, own_units, units_below
from yibenzhang.requirements.waiting import WaitingLine, waiting_lines
from yibenzhang.responsibility.models import ItemVersion
from yibenzhang.responsibility.standing import AWAITING, MET, MET_LATE, Progress, left, outstanding
from yibenzhang.responsibility.tiers import sphere_of
from yibenzhang.vouchers.models import Voucher

if TYPE_CHECKING:
    from yibenzhang.responsibility.progress import Asked


def assess(asked: "list[Asked]", day: date) -> dict[int, Progress]:
    """One figure an item."""
    found = {}
    waiting = _Waiting(day)
    for item, version in asked:
        unit, indicator = item.list.unit, current_catalogue().indicators.get(version.indicator)
        if unit is None or indicator is None:
            found[item.pk] = Progress(
                outstanding(version.deadline, day), version.deadline, "目录里已没有这个指标。"
            )
        else:
            found[item.pk] = _judge(version, unit, indicator, item.list.year, day, waiting)
    return found


def question_of(version: ItemVersion, unit: Unit, year: int, day: date) -> Question:
    """What is asked: the year up to the deadline, for the unit itself or all it answers for, at the day's position."""
    stop = version.deadline + timedelta(days=1)
    whole = stop == date(year + 1, 1, 1)
    period = Period(f"{year}" if whole else f"{year}-01-01..{version.deadline}", date(year, 1, 1), stop)
    # Position 0 would mean everything posted so far; on a day before the first entry nothing is posted: -1 selects none.
    position = position_on(day, book_of(unit)) or -1
    if version.covers == ItemVersion.Covers.ALL:
        return Question(sphere_of(unit, day), period, scope="subtree", position=position)
    return Question(unit, period, scope="own", position=position)


def _judge(
    version: ItemVersion, unit: Unit, indicator: Indicator, year: int, day: date, waiting: "_Waiting"
) -> Progress:
    question = question_of(version, unit, year, day)
    answer = figure(indicator, question, is_able=True)
    value = int(answer.value or 0)
    lines = trace(indicator, question)
    shown = f"{in_display_unit(value, indicator.divisor)}{indicator.display_measure or indicator.measure}"
    wanted = f"{in_display_unit(version.needed, indicator.divisor)}{indicator.display_measure or indicator.measure}"
    reason = f"“{indicator.name}”已入账{shown}，应达到{wanted}。"
    vouchers = tuple(dict.fromkeys(line.voucher for line in lines))
    if value >= version.needed:
        late = _timely(indicator, lines, version.deadline) < version.needed
        state = MET_LATE if late else MET
        reason += "期限之后才记齐，记为补记。" if late else ""
    else:
        more = waiting.count(indicator, question)
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


class _Waiting:
    """What vouchers under review would post, read once for each set of units."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._lines: dict[frozenset[int], list[WaitingLine]] = {}

    def count(self, indicator: Indicator, question: Question) -> int:
        """What would be added to a figure."""
        if indicator.aggregation not in {"sum", "distinct"}:
            return 0
        accounts, period = set(indicator.accounts), question.period
        lines = [
            line
            for line in self._of(question)
            if line.account in accounts and period.start <= line.day < period.stop
        ]
        if indicator.aggregation == "sum":
            return sum(line.quantity for line in lines)
        key = {"person": "person", "matter": "matter"}.get(indicator.key or "", "voucher")
        return len({getattr(line, key) for line in lines})

    def _of(self, question: Question) -> list[WaitingLine]:
        unit = question.unit
        below = question.scope == "subtree"
        keys = units_below([unit.pk]).values_list("pk", flat=True) if below else own_units(unit)
        units = frozenset(keys)
        if units not in self._lines:
            book = book_of(unit)
            self._lines[units] = [
                line
                for line in waiting_lines(sorted(units), self.day, book.fixed_date if book else None)
                if line.unit in units
            ]
        return self._lines[units]
