"""What has moved since a report was issued: figure by figure, the vouchers that moved it; and whose records were reversed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.reversals import Taken, reversed_under
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import rests_on, trace
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.organisation.models import LineageMember
from yibenzhang.reports.display import written
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.marks import value_of
from yibenzhang.reports.models import IssuedBlock, IssuedFigure, IssuedReport
from yibenzhang.reports.queries import catalogue_as_of
from yibenzhang.reports.tokens import FigureToken, split
from yibenzhang.vouchers.models import Voucher

NEW, REVERSED, ENDED = "新入账", "已冲销", "不再计入"


@dataclass(frozen=True)
class Line:
    """A voucher that came in or went out."""

    voucher: Voucher
    word: str


@dataclass(frozen=True)
class Change:
    """A figure that is no longer what was issued, or whose records were reversed and replaced; `lines` says by what."""

    row: IssuedFigure
    before: Fraction | None
    after: Fraction | None
    now: str
    lines: tuple[Line, ...]

    @property
    def is_moved(self) -> bool:
        """True when the value itself is another."""
        return self.before != self.after

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        return {
            "indicator": self.row.indicator,
            "name": self.row.name,
            "issued": self.row.shown,
            "now": self.now,
            "as_of": self.row.position,
            "vouchers": [{"number": line.voucher.number, "change": line.word} for line in self.lines],
        }


def changes_since(issued: IssuedReport, rows: Iterable[IssuedFigure] | None = None) -> list[Change]:
    """Every figure whose present value differs from the issued one, or that used a voucher reversed since."""
    report = issued.report
    evaluator = Evaluator(report.unit, report.span, issued.day)
    touched = {row.pk for row in reversed_since([issued]).get(issued.pk, [])}
    found = []
    for row in issued.figures.exclude(indicator="") if rows is None else rows:
        (token,) = split(row.token)
        if not isinstance(token, FigureToken):
            continue
        answer = evaluator.answer(replace(token, as_of=0))
        before = value_of(row.value)
        if answer.value == before and row.pk not in touched:
            continue
        if answer.indicator and answer.value is not None:
            now = written(token, answer.indicator, answer.value)
        else:
            now = "未记" if answer.question else answer.message.rstrip("。")
        lines = moved_lines(row, answer.question) if answer.question else ()
        found.append(Change(row, before, answer.value, now, tuple(lines)))
    return found


def moved_lines(row: IssuedFigure | IssuedBlock, question: Question) -> list[Line]:
    """The vouchers that came into a figure or a chart since it was issued, or went out of it."""
    indicator = current_catalogue().indicator(row.indicator)
    then = {line.posting: line.voucher for line in trace(indicator, replace(question, position=row.position))}
    now = {line.posting: line.voucher for line in trace(indicator, replace(question, position=0))}
    came = {voucher for posting, voucher in now.items() if posting not in then}
    went = {voucher for posting, voucher in then.items() if posting not in now}
    gone = set(
        Entry.objects.filter(kind=Entry.REVERSAL, voucher__in=went).values_list("voucher_id", flat=True)
    )
    vouchers = Voucher.objects.filter(pk__in=came | went).order_by("event_date", "pk")
    return [
        Line(each, NEW if each.pk in came else REVERSED if each.pk in gone else ENDED) for each in vouchers
    ]


def entries_since(issued: IssuedReport) -> int:
    """How many entries after the issue touch accounts of its figures and charts in its unit: a quick sign that numbers may
    move."""
    indicators = current_catalogue().indicators
    shown = (issued.figures, issued.blocks)
    codes = {
        code for rows in shown for code in rows.exclude(indicator="").values_list("indicator", flat=True)
    }
    accounts = {each for code in codes if code in indicators for each in indicators[code].all_accounts()}
    lines = LineageMember.objects.filter(ancestor=issued.report.unit).values("lineage_id")
    later = Posting.objects.filter(entry_id__gt=issued.position, account__in=accounts, lineage_id__in=lines)
    return later.values("entry_id").distinct().count()


def issued_using(voucher: Voucher) -> list[IssuedFigure]:
    """Figures of issued reports that this voucher stood behind, computed from the ledger as it was then."""
    entry = voucher.entries.filter(kind=Entry.POSTING).first()
    if entry is None:
        return []
    postings = Posting.objects.filter(entry=entry)
    accounts = set(postings.values_list("account", flat=True))
    above = LineageMember.objects.filter(lineage__in=postings.values("lineage_id")).values("ancestor_id")
    rows = IssuedFigure.objects.filter(issued__report__unit__in=above, position__gte=entry.number)
    rows = rows.exclude(indicator="").select_related("issued__report__unit")
    taken = [(row, taken_of(row)) for row in rows.order_by("issued_id", "number")]
    return [
        row
        for row, each in taken
        if each
        and accounts.intersection(each.indicator.all_accounts())
        and rests_on(each.indicator, each.question, entry.number)
    ]


def taken_of(row: IssuedFigure) -> Taken | None:
    """The figure as it was asked at issue, under the catalogue of then; None for one that a person vouched for."""
    (token,) = split(row.token)
    report = row.issued.report
    if not isinstance(token, FigureToken):
        return None
    catalogue = catalogue_as_of(row.issued)
    answer = Evaluator(report.unit, report.span, row.issued.day, row.position, catalogue).resolved(token)
    if answer.indicator is None or answer.question is None:
        return None
    return Taken(row.pk, answer.indicator, replace(answer.question, position=row.position))


def reversed_since(versions: Iterable[IssuedReport]) -> dict[int, list[IssuedFigure]]:
    """For each issued version, by key, its figures that rested on a voucher reversed since; a few queries for all."""
    rows = list(
        IssuedFigure.objects.filter(issued__in=list(versions))
        .exclude(indicator="")
        .select_related("issued__report__unit")
        .order_by("issued_id", "number")
    )
    hit = reversed_under(each for row in rows if (each := taken_of(row)))
    found: dict[int, list[IssuedFigure]] = {}
    for row in rows:
        if row.pk in hit:
            found.setdefault(row.issued_id, []).append(row)
    return found
