"""What has changed since an article was checked: verdicts claim by claim, and the entries in between that did it."""

from dataclasses import dataclass, replace
from typing import Any

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.checking.models import Check
from yibenzhang.checking.results import Line, lines_of, reading_of
from yibenzhang.indicators.selection import Question, select
from yibenzhang.indicators.trace import entries_in
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.organisation.models import LineageMember

MOST_ENTRIES = 50


@dataclass(frozen=True)
class Change:
    """A claim whose verdict or ledger value differs between two checks. `entries` bear on it, oldest first."""

    before: Line
    after: Line
    entries: list[Entry]


def changes_between(earlier: Check, later: Check) -> list[Change]:
    """Claims that read differently now, in text order."""
    reading = reading_of(later.article.reading)
    found = []
    for before, after in zip(
        lines_of(reading, earlier.results), lines_of(reading, later.results), strict=False
    ):
        if any(before.result[key] != after.result[key] for key in ("verdict", "indicator", "ledger_value")):
            found.append(Change(before, after, _entries_between(earlier, later, after)))
    return found


def _entries_between(earlier: Check, later: Check, line: Line) -> list[Entry]:
    """Postings and reversals after the earlier check that touch what the figure counts."""
    indicator = line.indicator
    if indicator is None:
        return []
    question = replace(_question(earlier, line), position=later.position)
    keys: set[int] = set()
    for reversals in (False, True):
        selection = select(
            indicator.all_accounts(),
            question,
            all_history=_looks_back(indicator),
            programme=question.programme,
            reversals=reversals,
        )
        keys.update(entries_in(selection.and_("p.entry_id > %s", earlier.position)))
    rows = Entry.objects.filter(number__in=keys).select_related("voucher__unit").order_by("number")
    return list(rows[:MOST_ENTRIES])


def _question(check: Check, line: Line) -> Question:
    result, article = line.result, check.article
    period = parse_period(result["period"]) if result["period"] else article.period
    return Question(article.unit, period, result["programme"] or "", result["scope"] or "subtree")


def _looks_back(indicator: Indicator) -> bool:
    return indicator.timing == "stock" or indicator.aggregation == "streak"


@dataclass(frozen=True)
class Touched:
    """A figure of a checked article that rested on a voucher reversed since."""

    line: Line
    entry: int
    voucher: int


def reversed_since(checks: list[Check]) -> dict[int, list[Touched]]:
    """For each check, its figures that used vouchers which were reversed later. Three queries, however many checks."""
    found: dict[int, list[Touched]] = {check.pk: [] for check in checks}
    if not checks:
        return found
    rows = list(
        Posting.objects.filter(sign=-1, entry__number__gt=min(check.position for check in checks))
        .values_list("entry_id", "entry__reverses", "voucher_id", "account", "lineage_id", "event_date")
        .order_by("entry_id", "line")
    )
    units = {check.article.unit_id for check in checks}
    lines: dict[int, set[int]] = {unit: set() for unit in units}
    lineages = {row[4] for row in rows}
    members = LineageMember.objects.filter(ancestor_id__in=units, lineage_id__in=lineages)
    for unit, lineage in members.values_list("ancestor_id", "lineage_id"):
        lines[unit].add(lineage)
    for check in checks:
        near = [
            row
            for row in rows
            if row[0] > check.position >= (row[1] or 0) and row[4] in lines[check.article.unit_id]
        ]
        if near:
            found[check.pk] = _touched(check, near)
    return found


def _touched(check: Check, rows: list[tuple[Any, ...]]) -> list[Touched]:
    found = []
    for line in lines_of(reading_of(check.article.reading), check.results):
        indicator = current_catalogue().indicators.get(line.result["indicator"] or "")
        if indicator is None:
            continue
        accounts, period = set(indicator.all_accounts()), _question(check, line).period
        for entry, _, voucher, account, _, day in rows:
            within = day < period.stop if _looks_back(indicator) else period.contains(day)
            if account in accounts and within:
                found.append(Touched(line, entry, voucher))
                break
    return found
