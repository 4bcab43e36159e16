"""Inspection rounds (全覆盖式调研指导): which units must be reached, which were and when, and what was found there.

A fixed number of queries, however many rounds and units.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import LineageMember, Placement, Unit
from yibenzhang.vouchers.models import Matter, Voucher, VoucherMatter

ROUND, FINDING = "inspection_round", "inspection_finding"
VISIT = "inspection_visit"


@dataclass(frozen=True)
class Visited:
    """A unit and the days on which a round came there; none yet when empty."""

    unit: Unit
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Something to be put right: by whom, until when, and how it stands. `owner` is None when nobody was named."""

    matter: Matter
    owner: Unit | None
    due: date | None
    found_on: date

    @property
    def is_closed(self) -> bool:
        """True once it was put right."""
        return self.matter.closed_on is not None

    def is_overdue(self, day: date) -> bool:
        """True when the day set has passed and nothing says that it was put right."""
        return not self.is_closed and self.due is not None and self.due < day

    def days_over(self, day: date) -> int:
        """Days since the day set."""
        return (day - self.due).days if self.due else 0


@dataclass(frozen=True)
class Round:
    """One round. `asked` says whether it is on record which units it must reach; without that nothing is judged."""

    matter: Matter
    asked: bool
    reached: list[Visited]
    missing: list[Unit]
    findings: list[Finding]

    @property
    def expected(self) -> int:
        """How many units the round must reach."""
        return len(self.reached) + len(self.missing)

    @property
    def covers_all(self) -> bool:
        """全覆盖: every unit it must reach was visited."""
        return self.asked and bool(self.reached) and not self.missing


def rounds(matters: Iterable[Matter], today: date) -> list[Round]:
    """These rounds as of now, in the order given."""
    mine = list(matters)
    keys = [matter.pk for matter in mine]
    opened = _posted(keys, ROUND)
    visits = _posted(keys, VISIT)
    types = {key: _types(vouchers) for key, vouchers in opened.items()}
    below = _below(mine, {code for wanted in types.values() for code in wanted})
    places = _units(str(voucher.values.get("unit_visited") or "") for v in visits.values() for voucher in v)
    found = _findings(keys)
    answers = []
    for matter in mine:
        days: dict[Unit, list[date]] = defaultdict(list)
        for voucher in sorted(visits.get(matter.pk, []), key=lambda voucher: voucher.event_date):
            unit = places.get(str(voucher.values.get("unit_visited") or ""))
            if unit is not None:
                days[unit].append(voucher.event_date)
        wanted = types.get(matter.pk, set())
        last = matter.closed_on or today
        units = [u for u in below.get(matter.unit_id, []) if u.unit_type in wanted and u.exists_on(last)]
        reached = [Visited(unit, tuple(days.pop(unit))) for unit in units if unit in days]
        # A unit that was visited and has gone since, or stands outside what was asked, was reached all the same.
        reached += [Visited(unit, tuple(on)) for unit, on in days.items()]
        came = {visited.unit for visited in reached}
        answers.append(
            Round(matter, bool(wanted), reached, [u for u in units if u not in came], found[matter.pk])
        )
    return answers


def findings_for(codes: list[str]) -> list[Finding]:
    """What was found at the units of these codes and laid upon them, whoever found it; the newest first."""
    rows = Voucher.objects.filter(
        kind=FINDING, state=Voucher.State.POSTED, values__unit_responsible__in=codes
    )
    items = VoucherMatter.objects.filter(voucher__in=rows, field="finding")
    found = [finding for _, finding in _read(items)]
    return sorted(found, key=lambda finding: (finding.found_on, finding.matter.pk), reverse=True)


def _posted(rounds_: list[int], kind: str) -> dict[int, list[Voucher]]:
    rows = VoucherMatter.objects.filter(
        matter_id__in=rounds_, field="round", voucher__kind=kind, voucher__state=Voucher.State.POSTED
    )
    found: dict[int, list[Voucher]] = defaultdict(list)
    for row in rows.select_related("voucher").order_by("voucher_id"):
        found[row.matter_id].append(row.voucher)
    return found


def _types(vouchers: list[Voucher]) -> set[str]:
    return {code for voucher in vouchers for code in voucher.values.get("covers") or []}


def _below(matters: list[Matter], types: set[str]) -> dict[int, list[Unit]]:
    """By the unit that opened a round: the units of these types below it, or below the agency whose body it is."""
    bodies = {code for code, kind in current_catalogue().unit_types.items() if kind.party_body}
    roots = {matter.unit_id: matter.unit_id for matter in matters}
    held = Placement.objects.filter(unit_id__in=roots, unit__unit_type__in=bodies, valid_to=None)
    roots |= dict(
        held.exclude(parent=None).exclude(parent__unit_type__in=bodies).values_list("unit_id", "parent_id")
    )
    rows = LineageMember.objects.filter(
        ancestor_id__in=set(roots.values()), lineage__unit__unit_type__in=types
    )
    under: dict[int, set[int]] = defaultdict(set)
    for root, unit in rows.values_list("ancestor_id", "lineage__unit_id"):
        under[root].add(unit)
    keys = {key for units in under.values() for key in units}
    units = list(Unit.objects.filter(pk__in=keys).order_by("position", "id"))
    return {own: [unit for unit in units if unit.pk in under[root]] for own, root in roots.items()}


def _findings(rounds_: list[int]) -> dict[int, list[Finding]]:
    of_round = VoucherMatter.objects.filter(
        matter_id__in=rounds_, field="round", voucher__kind=FINDING, voucher__state=Voucher.State.POSTED
    )
    round_of = dict(of_round.values_list("voucher_id", "matter_id"))
    items = VoucherMatter.objects.filter(voucher_id__in=round_of, field="finding").order_by("voucher_id")
    found: dict[int, list[Finding]] = defaultdict(list)
    for voucher, finding in _read(items):
        found[round_of[voucher]].append(finding)
    return found


def _read(items: QuerySet[VoucherMatter, Any]) -> list[tuple[int, Finding]]:
    """Each finding with the voucher that stated it."""
    rows = list(items.select_related("voucher", "matter"))
    owners = _units(str(row.voucher.values.get("unit_responsible") or "") for row in rows)
    return [
        (
            row.voucher_id,
            Finding(
                row.matter,
                owners.get(str(row.voucher.values.get("unit_responsible") or "")),
                _day(row.voucher.values.get("due_date")),
                row.voucher.event_date,
            ),
        )
        for row in rows
    ]


def _units(codes: Iterable[str]) -> dict[str, Unit]:
    return {unit.code: unit for unit in Unit.objects.filter(code__in={code for code in codes if code})}


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None
