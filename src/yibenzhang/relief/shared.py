"""Events that served several duties at once (一事多用): recorded once, they saved the entries of the others.

Counted with care: of each duty only as many events as it needs, the earliest first, and only duties measured by
an indicator that counts events or by an agenda. What is saved is therefore a lower bound.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import AgendaMeasure
from yibenzhang.kernel.periods import month_of
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.relief.asks import counts_events
from yibenzhang.requirements.duties import Duty
from yibenzhang.requirements.meetings import Meeting, has_item
from yibenzhang.vouchers.models import Voucher

FEW = 500
Events = dict[int, list[tuple[date, int, str]]]
Meetings = dict[tuple[int, str], list[Meeting]]


@dataclass(frozen=True)
class Shared:
    """A voucher that served more than one duty; `rules` are their codes and names."""

    unit: int
    voucher: int
    month: int
    rules: tuple[tuple[str, str], ...]

    @property
    def saved(self) -> int:
        """Entries that did not have to be made."""
        return len(self.rules) - 1


def shared_events(duties: Sequence[Duty]) -> list[Shared]:
    """Vouchers that served several of these duties, by unit and day."""
    events = _events([duty for duty in duties if counts_events(duty)])
    held = _meetings([duty for duty in duties if _agenda(duty)])
    served: dict[tuple[int, int], dict[str, str]] = defaultdict(dict)
    days: dict[int, date] = {}
    for duty in duties:
        for day, voucher in _used_by(duty, events, held):
            served[duty.unit.pk, voucher][duty.requirement.code] = duty.requirement.name
            days[voucher] = day
    found = [
        Shared(unit, voucher, month_of(days[voucher]), tuple(rules.items()))
        for (unit, voucher), rules in served.items()
        if len(rules) > 1
    ]
    return sorted(found, key=lambda each: (each.unit, each.month, each.voucher))


def _used_by(duty: Duty, events: Events, held: Meetings) -> list[tuple[date, int]]:
    """The earliest events in the duty's window that count for it, as many as it needs."""
    agenda = _agenda(duty)
    if agenda:
        found = [
            (meeting.day, meeting.voucher)
            for kind in agenda.kinds
            for meeting in held.get((duty.unit.pk, kind), ())
            if has_item(meeting, agenda)
        ]
    elif counts_events(duty):
        accounts = _accounts(duty)
        mine = events.get(duty.unit.pk, ())
        found = [(day, voucher) for day, voucher, account in mine if account in accounts]
    else:
        return []
    window = duty.window
    fitting = dict.fromkeys(pair for pair in sorted(found) if window.start <= pair[0] < window.stop)
    return list(fitting)[: duty.needed]


def _agenda(duty: Duty) -> AgendaMeasure | None:
    return duty.requirement.measure.agenda if duty.requirement.measure else None


def _meetings(duties: Sequence[Duty]) -> Meetings:
    """Posted meetings whose agenda the duties look at, by unit and kind."""
    kinds = {kind for duty in duties if (agenda := _agenda(duty)) for kind in agenda.kinds}
    if not kinds:
        return {}
    rows = Voucher.objects.filter(
        state=Voucher.State.POSTED, kind__in=kinds, unit_id__in={duty.unit.pk for duty in duties},
        event_date__gte=min(duty.window.start for duty in duties), event_date__lt=max(duty.window.stop for duty in duties),
    )  # fmt: skip
    found: Meetings = defaultdict(list)
    fields = ("kind", "pk", "unit_id", "event_date", "recorded_on", "title", "values")
    for kind, *meeting in rows.values_list(*fields):
        found[meeting[1], kind].append(Meeting(*meeting))
    return found


def _accounts(duty: Duty) -> set[str]:
    measure = duty.requirement.measure
    code = measure.indicator if measure else None
    return set(current_catalogue().indicator(code).all_accounts()) if code else set()


def _events(duties: Sequence[Duty]) -> Events:
    """Live events of the units on the accounts the duties look at, by unit, the earliest first."""
    if not duties:
        return {}
    units = {duty.unit.pk for duty in duties}
    accounts = {account for duty in duties for account in _accounts(duty)}
    start = min(duty.window.start for duty in duties)
    stop = max(duty.window.stop for duty in duties)
    rows = Posting.objects.filter(sign=1, account__in=accounts, event_date__gte=start, event_date__lt=stop)
    rows = rows.filter(
        month__gte=month_of(start), month__lte=month_of(stop)
    )  # the index has months, not days
    rows = rows.exclude(entry_id__in=Entry.objects.exclude(reverses=None).values("reverses"))
    if len(units) <= FEW:
        rows = rows.filter(unit_id__in=units)
    found: Events = defaultdict(list)
    fields = rows.order_by("event_date", "voucher_id").values_list(
        "unit_id", "event_date", "voucher_id", "account"
    )
    for unit, day, voucher, account in fields.distinct():
        if unit in units:
            found[unit].append((day, voucher, account))
    return found
