"""What has changed since an article was checked: verdicts claim by claim, and the entries in between that did it."""

from dataclasses import dataclass, replace

from django.db.models import OuterRef, Subquery

from yibenzhang.catalogue.schema import Indicator
from yibenzhang.checking.models import Check
from yibenzhang.checking.results import Line, lines_of, reading_of
from yibenzhang.indicators.reversals import Taken, looks_back, reversed_under
from yibenzhang.indicators.selection import Question, select
from yibenzhang.indicators.trace import entries_in, rests_on
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.organisation.models import LineageMember
from yibenzhang.vouchers.models import Voucher

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
            all_history=looks_back(indicator),
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


@dataclass(frozen=True)
class Touched:
    """A figure of a checked article that rested on a voucher reversed since."""

    line: Line
    entry: int
    voucher: int


def reversed_since(checks: list[Check]) -> dict[int, list[Touched]]:
    """For each check, its figures that used vouchers which were reversed later. A few queries, however many checks."""
    lines = {
        (check.pk, line.number): line
        for check in checks
        for line in lines_of(reading_of(check.article.reading), check.results)
    }
    by_key = {check.pk: check for check in checks}
    taken = [
        Taken(key, line.indicator, replace(_question(by_key[key[0]], line), position=by_key[key[0]].position))
        for key, line in lines.items()
        if line.indicator is not None
    ]
    found: dict[int, list[Touched]] = {check.pk: [] for check in checks}
    hit = reversed_under(taken)
    for key, line in lines.items():
        if reversal := hit.get(key):
            found[key[0]].append(Touched(line, reversal.entry, reversal.voucher))
    return found


def articles_using(voucher: Voucher) -> list[tuple[Check, list[Line]]]:
    """Articles whose newest check rested on this voucher, each with the figures that did; newest check first."""
    entry = voucher.entries.filter(kind=Entry.POSTING).first()
    if entry is None:
        return []
    lineages = Posting.objects.filter(entry=entry).values("lineage_id")
    superiors = LineageMember.objects.filter(lineage__in=lineages).values("ancestor_id")
    newest = Check.objects.filter(article=OuterRef("article")).order_by("-id").values("pk")[:1]
    checks = Check.objects.filter(
        pk=Subquery(newest), position__gte=entry.number, article__unit__in=superiors
    ).select_related("article__unit")
    accounts = set(Posting.objects.filter(entry=entry).values_list("account", flat=True))
    found = []
    for check in checks.defer("article__original"):
        lines = [
            line
            for line in lines_of(reading_of(check.article.reading), check.results)
            if line.indicator is not None
            and accounts.intersection(line.indicator.all_accounts())
            and _rests_on(check, line, line.indicator, entry)
        ]
        if lines:
            found.append((check, lines))
    return found


def _rests_on(check: Check, line: Line, indicator: Indicator, entry: Entry) -> bool:
    return rests_on(indicator, replace(_question(check, line), position=check.position), entry.number)
