"""Issued reports that rest on a voucher, for the pages of that voucher."""

from yibenzhang.access.scope import Actor, restrict
from yibenzhang.reports.blocks_used import blocks_using
from yibenzhang.reports.changes import issued_using
from yibenzhang.reports.models import IssuedBlock, IssuedFigure, Report
from yibenzhang.vouchers.models import Voucher


def cited_in(actor: Actor, voucher: Voucher) -> list[tuple[IssuedFigure | IssuedBlock, bool]]:
    """Figures and charts of issued reports that would have been others without this voucher, and photographs from it, each
    with whether it may be opened."""
    rows: list[IssuedFigure | IssuedBlock] = [*issued_using(voucher), *blocks_using(voucher)]
    keys = {row.issued.report_id for row in rows}
    visible = set(restrict(Report.objects.filter(pk__in=keys), actor, by="unit").values_list("pk", flat=True))
    return [(row, row.issued.report_id in visible) for row in rows]
