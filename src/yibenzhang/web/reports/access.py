"""Which reports a reader may open, and which of them to write in or issue."""

from django.http import Http404, HttpRequest

from yibenzhang.access.scope import get_in_scope
from yibenzhang.reports.models import Report
from yibenzhang.reports.permissions import may_issue, may_write
from yibenzhang.web.requests import actor_of


def readable(request: HttpRequest, pk: int) -> Report:
    """The report, when its unit is in scope; DoesNotExist (404) exactly as for one that is not there."""
    rows = Report.objects.select_related("unit", "saved_by__person", "follows")
    return get_in_scope(rows, actor_of(request), by="unit", pk=pk)


def writable(request: HttpRequest, pk: int) -> Report:
    """The report, when the reader may write it; 404 otherwise."""
    report = readable(request, pk)
    if not may_write(actor_of(request), report.unit):
        raise Http404
    return report


def issuable(request: HttpRequest, pk: int) -> Report:
    """The report, when the reader may issue it; 404 otherwise."""
    report = readable(request, pk)
    if not may_issue(actor_of(request), report.unit):
        raise Http404
    return report
