"""What has moved since a report was issued: figure by figure, the vouchers that moved it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.figures import figure
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import trace
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.organisation.models import LineageMember
from yibenzhang.reports.display import written
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.marks import value_of
from yibenzhang.reports.models import IssuedFigure, IssuedReport
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
    """A figure that is no longer what was issued; `lines` are the vouchers that moved it."""

    row: IssuedFigure
    before: Fraction | None
    after: Fraction | None
    now: str
    lines: tuple[Line, ...]

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
    """Every figure whose present value differs from the issued one; equal figures are left out."""
    report = issued.report
    evaluator = Evaluator(report.unit, report.span, issued.day)
    found = []
    for row in issued.figures.exclude(indicator="") if rows is None else rows:
        (token,) = split(row.token)
        if not isinstance(token, FigureToken):
            continue
        answer = evaluator.answer(replace(token, as_of=0))
        before = value_of(row.value)
        if answer.value == before:
            continue
        now = (
            written(token, answer.indicator, answer.value)
            if answer.indicator and answer.value is not None
            else "未记"
        )
        lines = _moved(row, answer.question) if answer.question else ()
        found.append(Change(row, before, answer.value, now, tuple(lines)))
    return found


def _moved(row: IssuedFigure, question: Question) -> list[Line]:
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
    """How many entries after the issue touch accounts of its figures in its unit: a quick sign that numbers may move."""
    indicators = current_catalogue().indicators
    codes = issued.figures.exclude(indicator="").values_list("indicator", flat=True).distinct()
    accounts = {each for code in codes if code in indicators for each in indicators[code].all_accounts()}
    lines = LineageMember.objects.filter(ancestor=issued.report.unit).values("lineage_id")
    later = Posting.objects.filter(entry_id__gt=issued.position, account__in=accounts, lineage_id__in=lines)
    return later.values("entry_id").distinct().count()


def issued_using(voucher: Voucher) -> list[IssuedFigure]:
    """Figures of issued reports that this voucher stood behind, computed from the ledger as it was then."""
    postings = Posting.objects.filter(voucher=voucher, sign=1)
    entry = voucher.entries.filter(kind=Entry.POSTING).first()
    if entry is None:
        return []
    accounts = set(postings.values_list("account", flat=True))
    codes = [
        each.code for each in current_catalogue().indicators.values() if accounts & set(each.all_accounts())
    ]
    rows = IssuedFigure.objects.filter(indicator__in=codes, position__gte=entry.number)
    rows = rows.select_related("issued__report__unit").order_by("issued_id", "number")
    return [row for row in rows if _rests_on(row, entry)]


def _rests_on(row: IssuedFigure, entry: Entry) -> bool:
    """True when the figure as issued would have been another without this entry."""
    (token,) = split(row.token)
    report = row.issued.report
    if not isinstance(token, FigureToken):
        return False
    answer = Evaluator(report.unit, report.span, row.issued.day, row.position).resolved(token)
    if answer.indicator is None or answer.question is None:
        return False
    asked = replace(answer.question, position=row.position)
    with_it, without = (
        figure(answer.indicator, asked),
        figure(answer.indicator, replace(asked, without=entry.number)),
    )
    return (with_it.state, with_it.value) != (without.state, without.value)
