"""Photographs for report pages: those placed in a report, and small ones to choose from while writing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from yibenzhang.access.scope import restrict
from yibenzhang.reports.frozen import block_as_issued
from yibenzhang.reports.models import Report
from yibenzhang.reports.photographs import SMALL_SIDE, Photograph, photograph, photographs_of, small_jpeg
from yibenzhang.reports.queries import newest_version
from yibenzhang.reports.tokens import ChartToken, PictureToken, split
from yibenzhang.vouchers.models import Voucher
from yibenzhang.web.reports.access import readable, writable
from yibenzhang.web.requests import actor_of, needs


@needs()
@require_GET
def placed(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The photograph that is the block of this number: the copy kept at issue, or of a draft the evidence itself."""
    report = readable(request, pk)
    found = _issued(report, number) if not report.is_open else _drafted(report, number)
    if found is None:
        raise Http404
    return _jpeg(found.read())


@needs("preparer")
@require_GET
def offered(request: HttpRequest, pk: int, key: int) -> HttpResponse:
    """A small one of a picture the writer may place: of a posted voucher of the unit, in the writer's scope."""
    report = writable(request, pk)
    rows = photographs_of(report.unit).filter(voucher__state=Voucher.State.POSTED)
    row = restrict(rows, actor_of(request), by="voucher__lineage").get(pk=key)
    return _jpeg(small_jpeg(row, SMALL_SIDE))


def _issued(report: Report, number: int) -> Photograph | None:
    version = newest_version(report)
    row = version.blocks.filter(number=number).first() if version else None
    if row is None:
        return None
    (token,) = split(row.token)
    return block_as_issued(token, row).photograph if isinstance(token, PictureToken) else None


def _drafted(report: Report, number: int) -> Photograph | None:
    blocks = [piece for piece in split(report.text) if isinstance(piece, ChartToken | PictureToken)]
    token = blocks[number - 1] if 0 < number <= len(blocks) else None
    return photograph(token, report.unit) if isinstance(token, PictureToken) else None


def _jpeg(data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=300"
    return answer
