"""The relief account (减负账) of units in a period: asked, filled without asking, asked twice. Computed, never entered."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Count

from yibenzhang.kernel.periods import Period, month_of
from yibenzhang.organisation.models import Unit
from yibenzhang.relief.asks import DUTY, SOURCES, Ask, asks_of, counts_for
from yibenzhang.relief.repeats import Repeat, repeats_of
from yibenzhang.relief.shared import Shared, shared_events
from yibenzhang.requirements.duties import duties
from yibenzhang.vouchers.models import Voucher


class Fed(Protocol):
    """Figures that a superior took from the unit's vouchers without asking: where, how many, issued when.

    `source` is `report` or `form`, `ref` its key. Reports and forms stand beside this package; whoever shows them
    together brings them (`reports.fed`, `superior_forms.fed`).
    """

    @property
    def unit(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def ref(self) -> int: ...
    @property
    def month(self) -> int: ...
    @property
    def figures(self) -> int: ...


@dataclass(frozen=True)
class Month:
    """One month of an account."""

    month: int
    asked: int
    recorded: int
    saved: int
    fed: int
    repeated: int

    @property
    def label(self) -> str:
        """The month for people, without its year."""
        return f"{self.month % 100}月"


@dataclass
class Account:
    """What one unit, or several together, were asked and spared in a period."""

    units: list[Unit]
    period: Period
    asks: list[Ask] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)
    fed: list[Fed] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    recorded: dict[int, int] = field(default_factory=dict)

    @property
    def entries_asked(self) -> int:
        """Records the duties needed."""
        return sum(ask.entries for ask in self.asks)

    @property
    def entries_saved(self) -> int:
        """Entries that did not have to be made because one event served several duties."""
        return sum(each.saved for each in self.shared)

    @property
    def figures_fed(self) -> int:
        """Figures that reports and forms of superiors took without asking."""
        return sum(each.figures for each in self.fed)

    @property
    def vouchers(self) -> int:
        """Vouchers recorded and posted."""
        return sum(self.recorded.values())

    def count(self, source: str) -> int:
        """How many things a source asked: rules for duties, rows for the others."""
        if source == DUTY:
            return len({(ask.unit, ask.ref) for ask in self.asks if ask.source == DUTY})
        return sum(ask.source == source for ask in self.asks)

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """(source, its name, how many) in the usual order."""
        return [(source, name, self.count(source)) for source, name in SOURCES.items()]

    def months(self) -> list[Month]:
        """The account month by month."""
        asked = _by_month((ask.month, ask.entries) for ask in self.asks)
        saved = _by_month((each.month, each.saved) for each in self.shared)
        fed = _by_month((each.month, each.figures) for each in self.fed)
        repeated = _by_month((each.month, 1) for each in self.repeats)
        keys = [month_of(month.start) for month in self.period.months()]
        return [
            Month(key, asked[key], self.recorded.get(key, 0), saved[key], fed[key], repeated[key])
            for key in keys
        ]


def accounts(units: Sequence[Unit], period: Period, fed: Iterable[Fed] = ()) -> list[Account]:
    """One account for each unit, in the order given; `fed` are the figures that reports and forms took from them."""
    due = [duty for duty in duties(units, period) if counts_for(duty, period)]
    found = {unit.pk: Account([unit], period) for unit in units}
    asked = asks_of(units, period, due)
    for ask in asked:
        found[ask.unit].asks.append(ask)
    for shared in shared_events(due):
        found[shared.unit].shared.append(shared)
    for repeat in repeats_of(units, period, asked):
        found[repeat.unit].repeats.append(repeat)
    for each in fed:
        found[each.unit].fed.append(each)
    for (unit, month), number in _recorded([unit.pk for unit in units], period).items():
        found[unit].recorded[month] = number
    return list(found.values())


def together(parts: Sequence[Account], period: Period) -> Account:
    """The sum of several accounts: a superior's over its subtree."""
    recorded: dict[int, int] = defaultdict(int)
    for part in parts:
        for month, number in part.recorded.items():
            recorded[month] += number
    return Account(
        units=[unit for part in parts for unit in part.units],
        period=period,
        asks=[ask for part in parts for ask in part.asks],
        shared=[each for part in parts for each in part.shared],
        fed=[each for part in parts for each in part.fed],
        repeats=[each for part in parts for each in part.repeats],
        recorded=dict(recorded),
    )


def _by_month(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for month, number in pairs:
        found[month] += number
    return found


def _recorded(keys: list[int], period: Period) -> dict[tuple[int, int], int]:
    """Posted vouchers by unit and month of the event."""
    rows = Voucher.objects.filter(state=Voucher.State.POSTED, unit_id__in=keys)
    rows = rows.filter(event_date__gte=period.start, event_date__lt=period.stop).order_by()
    days = rows.values_list("unit_id", "event_date").annotate(
        n=Count("id")
    )  # databases are slow at taking months
    found: dict[tuple[int, int], int] = defaultdict(int)
    for unit, day, number in days:
        found[unit, month_of(day)] += number
    return found
