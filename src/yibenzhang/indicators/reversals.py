"""Which figures, as somebody took them once, rested on a voucher that was reversed since.

For texts that quote the ledger (reports, checked articles): five queries for all their figures together.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.selection import Question
from yibenzhang.ledger.models import Posting
from yibenzhang.organisation.models import LineageMember
from yibenzhang.organisation.queries import own_units
from yibenzhang.vouchers.models import VoucherProgramme


@dataclass(frozen=True)
class Taken:
    """A figure as it was taken: `question.position` is where the ledger stood then. `key` names it to the caller."""

    key: Hashable
    indicator: Indicator
    question: Question


@dataclass(frozen=True)
class Reversal:
    """The first reversal after a figure was taken that took one of its records away."""

    entry: int
    voucher: int


@dataclass(frozen=True)
class _Line:
    entry: int
    posted_as: int
    voucher: int
    account: str
    lineage: int
    unit: int
    day: date


def reversed_under(figures: Iterable[Taken]) -> dict[Hashable, Reversal]:
    """For each figure that used a voucher reversed since: the reversal. Figures still whole are left out."""
    taken = list(figures)
    if not taken:
        return {}
    lines = _red_lines(
        min(each.question.position for each in taken),
        {account for each in taken for account in each.indicator.all_accounts()},
    )
    if not lines:
        return {}
    above = _lineages_under({each.question.unit.pk for each in taken}, {line.lineage for line in lines})
    programmes = set(
        VoucherProgramme.objects.filter(voucher__in={line.voucher for line in lines}).values_list(
            "voucher_id", "programme"
        )
    )
    own = {
        each.question.unit.pk: set(own_units(each.question.unit))
        for each in taken
        if each.question.scope == "own"
    }
    by_account: dict[str, list[_Line]] = {}
    for line in lines:
        by_account.setdefault(line.account, []).append(line)
    found: dict[Hashable, Reversal] = {}
    for each in taken:
        hits = [
            line
            for account in each.indicator.all_accounts()
            for line in by_account.get(account, ())
            if _counted(each, line)
            and _in_scope(each.question, line, above, own)
            and _in_programme(each, line, programmes)
        ]
        if hits:
            first = min(hits, key=lambda line: line.entry)
            found[each.key] = Reversal(first.entry, first.voucher)
    return found


def looks_back(indicator: Indicator) -> bool:
    """True for stocks and streaks: they count everything up to the end of the period."""
    return indicator.timing == "stock" or indicator.aggregation == "streak"


def _red_lines(since: int, accounts: set[str]) -> list[_Line]:
    rows = Posting.objects.filter(sign=-1, entry__number__gt=since, account__in=accounts)
    fields = (
        "entry_id", "entry__reverses", "voucher_id", "account", "lineage_id", "unit_id", "event_date",
    )  # fmt: skip
    return [
        _Line(entry, reverses or 0, voucher, account, lineage, unit, day)
        for entry, reverses, voucher, account, lineage, unit, day in rows.order_by(
            "entry_id", "line"
        ).values_list(*fields)
    ]


def _lineages_under(units: set[int], lineages: set[int]) -> set[tuple[int, int]]:
    rows = LineageMember.objects.filter(ancestor_id__in=units, lineage_id__in=lineages)
    return set(rows.values_list("ancestor_id", "lineage_id"))


def _counted(each: Taken, line: _Line) -> bool:
    """The line was live when the figure was taken, and lies in its time."""
    if not line.posted_as <= each.question.position < line.entry:
        return False
    period = each.question.period
    return line.day < period.stop if looks_back(each.indicator) else period.contains(line.day)


def _in_scope(question: Question, line: _Line, above: set[tuple[int, int]], own: dict[int, set[int]]) -> bool:
    if question.scope == "subtree":
        return (question.unit.pk, line.lineage) in above
    return line.unit in own.get(question.unit.pk, {question.unit.pk})


def _in_programme(each: Taken, line: _Line, programmes: set[tuple[int, str]]) -> bool:
    """Closings need not repeat the programme they were opened under, nor is the denominator of a rate limited to it."""
    programme = each.question.programme
    wide = looks_back(each.indicator) or each.indicator.aggregation == "ratio"
    return not programme or wide or (line.voucher, programme) in programmes
