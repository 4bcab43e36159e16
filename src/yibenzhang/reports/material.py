"""Material at hand (手边材料): the records that belong to a section, best first."""

from collections.abc import Iterable

from django.db.models import Max, Q, QuerySet

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.report_structure import ReportSection
from yibenzhang.kernel.periods import Period
from yibenzhang.reports.block_wording import line_for
from yibenzhang.reports.photographs import TYPES
from yibenzhang.vouchers.models import Attachment, Voucher

MOST, MOST_PICTURES = 8, 6
HONOURS = "荣誉"


def material_for(section: ReportSection, period: Period, vouchers: QuerySet[Voucher]) -> list[Voucher]:
    """Posted vouchers of the section's kinds, and of its programmes, in the period: honours, then the largest, then the first.

    `vouchers` is what the reader may see of the report's unit.
    """
    belongs = Q()
    if section.kinds:
        belongs &= Q(kind__in=section.kinds)
    if section.programmes:
        belongs &= Q(programmes__programme__in=section.programmes)
    if not belongs:
        return []
    rows = vouchers.filter(
        belongs, state=Voucher.State.POSTED, event_date__gte=period.start, event_date__lt=period.stop
    )
    honours = list(_best(rows.filter(kind__in=_honours(section.kinds))))
    others = _best(rows.exclude(pk__in=[each.pk for each in honours]))
    return [*honours, *others][:MOST]


def with_photographs(vouchers: list[Voucher]) -> list[tuple[Voucher, list[tuple[Attachment, str]]]]:
    """Each record with the pictures of its evidence and what puts each into the text; records without stay as they are."""
    rows = Attachment.objects.filter(content_type__in=TYPES, voucher__in=vouchers).order_by("id")
    pictures: dict[int, list[tuple[Attachment, str]]] = {}
    known = {voucher.pk: voucher for voucher in vouchers}
    for row in rows:
        row.voucher = known[row.voucher_id]
        beside = pictures.setdefault(row.voucher_id, [])
        beside.append((row, line_for(row, len(beside) + 1)))
    return [(voucher, pictures.get(voucher.pk, [])[:MOST_PICTURES]) for voucher in vouchers]


def _best(rows: QuerySet[Voucher]) -> Iterable[Voucher]:
    sized = rows.annotate(size=Max("postings__quantity")).select_related("unit").defer("values", "search_key")
    return sized.order_by("-size", "event_date", "pk")[:MOST]


def _honours(kinds: list[str]) -> list[str]:
    catalogue = current_catalogue()
    return [code for code in kinds if catalogue.kind(code).group == HONOURS]
