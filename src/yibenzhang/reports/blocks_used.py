"""Which charts and photographs of issued reports rest on a voucher, and which of them on one reversed since."""

from collections.abc import Iterator
from dataclasses import replace

from yibenzhang.indicators.reversals import Taken, reversed_under
from yibenzhang.indicators.trace import rests_on
from yibenzhang.ledger.models import Entry, Posting
from yibenzhang.organisation.models import LineageMember
from yibenzhang.reports.evaluation import Evaluator
from yibenzhang.reports.models import IssuedBlock, IssuedReport
from yibenzhang.reports.moved_charts import whole_question
from yibenzhang.reports.queries import catalogue_as_of
from yibenzhang.reports.tokens import ChartToken, split
from yibenzhang.vouchers.models import Voucher


def blocks_using(voucher: Voucher) -> list[IssuedBlock]:
    """Charts that this voucher stood behind, and photographs from its evidence, in whatever issued report."""
    entry = voucher.entries.filter(kind=Entry.POSTING).first()
    if entry is None:
        return []
    lines = Posting.objects.filter(entry=entry).values("lineage_id")
    above = LineageMember.objects.filter(lineage__in=lines).values("ancestor_id")
    rows = IssuedBlock.objects.filter(issued__report__unit__in=above, position__gte=entry.number)
    rows = rows.defer("image").select_related("issued__report__unit").order_by("issued_id", "number")
    return [row for row in rows if _uses(row, voucher, entry.number)]


def _uses(row: IssuedBlock, voucher: Voucher, entry: int) -> bool:
    if not row.indicator:
        return bool(row.content["voucher"] == voucher.number)
    return any(rests_on(taken.indicator, taken.question, entry) for taken in _taken(row))


def blocks_reversed(issued: IssuedReport) -> list[IssuedBlock]:
    """The blocks of an issued version that rested on a voucher reversed since; a few queries for all of them."""
    rows = list(issued.blocks.defer("image").order_by("number"))
    keys = [row.content["voucher"].partition("-")[2] for row in rows if not row.indicator]
    gone = Voucher.objects.filter(pk__in=keys, state=Voucher.State.REVERSED)
    numbers = {voucher.number for voucher in gone}
    hit = reversed_under(taken for row in rows if row.indicator for taken in _taken(row))
    return [row for row in rows if row.pk in hit or row.content.get("voucher") in numbers]


def _taken(row: IssuedBlock) -> Iterator[Taken]:
    """What a chart asked as a whole, where the ledger stood at issue."""
    (token,) = split(row.token)
    report = row.issued.report
    evaluator = Evaluator(report.unit, report.span, row.issued.day, row.position, catalogue_as_of(row.issued))
    if not isinstance(token, ChartToken):
        return
    asked = evaluator.resolved(token.figure)
    if asked.indicator and asked.question:
        question = replace(whole_question(asked.question, row.content), position=row.position)
        yield Taken(row.pk, asked.indicator, question)
