"""Material at hand (手边材料): the records that belong to a section, best first."""

from collections.abc import Iterable

from django.db.models import Max, Q, QuerySet

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.report_structure import ReportSection
from yibenzhang.kernel.periods import Period
from yibenzhang.vouchers.models import Voucher

MOST = 8
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


def _best(rows: QuerySet[Voucher]) -> Iterable[Voucher]:
    sized = rows.annotate(size=Max("postings__quantity")).select_related("unit").defer("values", "search_key")
    return sized.order_by("-size", "event_date", "pk")[:MOST]


def _honours(kinds: list[str]) -> list[str]:
    catalogue = current_catalogue()
    return [code for code in kinds if catalogue.kind(code).group == HONOURS]
