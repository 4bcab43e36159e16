"""Material at hand (手边材料): the records that belong to a section, best first."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Max, Q, QuerySet

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.report_structure import ReportSection
from yibenzhang.kernel.periods import Period
from yibenzhang.reports.block_wording import line_for
from yibenzhang.reports.photographs import TYPES, caption_for
from yibenzhang.vouchers.models import Attachment, Voucher

MOST, MOST_PICTURES = 8, 12
HONOURS = "荣誉"


def material_for(section: ReportSection, period: Period, vouchers: QuerySet[Voucher]) -> list[Voucher]:
    """Posted vouchers of the section's kinds, and of its programmes, in the period: honours, then the largest, then the first.

    `vouchers` is what the reader may see of the report's unit.
    """
    rows = _belonging(section, period, vouchers)
    honours = list(_best(rows.filter(kind__in=_honours(section.kinds))))
    others = _best(rows.exclude(pk__in=[each.pk for each in honours]))
    return [*honours, *others][:MOST]


def pictures_for(
    section: ReportSection, period: Period, vouchers: QuerySet[Voucher]
) -> list[tuple[Attachment, str, str]]:
    """Photographs among the evidence of the section's records, newest first: each with what puts it into the text, and the
    words it would have under it."""
    rows = Attachment.objects.filter(
        content_type__in=TYPES, voucher__in=_belonging(section, period, vouchers)
    )
    newest = rows.select_related("voucher__unit").order_by("-voucher__event_date", "voucher", "id")
    found: list[tuple[Attachment, str, str]] = []
    for _, beside in groupby(newest[: 2 * MOST_PICTURES], key=lambda row: row.voucher_id):
        for rank, row in enumerate(beside, start=1):
            found.append((row, line_for(row, rank), caption_for(row.voucher)))
    return found[:MOST_PICTURES]


def _belonging(section: ReportSection, period: Period, vouchers: QuerySet[Voucher]) -> QuerySet[Voucher]:
    belongs = Q()
    if section.kinds:
        belongs &= Q(kind__in=section.kinds)
    if section.programmes:
        belongs &= Q(programmes__programme__in=section.programmes)
    if not belongs:
        return vouchers.none()
    return vouchers.filter(
        belongs, state=Voucher.State.POSTED, event_date__gte=period.start, event_date__lt=period.stop
    )


def _best(rows: QuerySet[Voucher]) -> Iterable[Voucher]:
    sized = rows.annotate(size=Max("postings__quantity")).select_related("unit").defer("values", "search_key")
    return sized.order_by("-size", "event_date", "pk")[:MOST]


def _honours(kinds: list[str]) -> list[str]:
    catalogue = current_catalogue()
    return [code for code in kinds if catalogue.kind(code).group == HONOURS]
