"""The ledger (台账): pages of postings and their totals."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.web.filters import bar
from yibenzhang.web.ledger.asked import asked
from yibenzhang.web.ledger.lines import lines_of, totals_of, with_names
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.requests import needs


@needs()
def ledger_list(request: HttpRequest) -> HttpResponse:
    """Postings newest first, within the filter; totals by account."""
    filter_ = asked(request)
    rows = filter_.rows()
    page = page_of(with_names(filter_.newest_rows()), page_number(request))
    catalogue = current_catalogue()
    wants_totals = bool(request.GET.get("totals"))
    context = {
        "asked": filter_,
        "reading": filter_.reading,
        "bar": bar(filter_.reading, scope=True),
        "kinds": [(kind.code, kind.name) for kind in catalogue.kinds.values()],
        "accounts": [(account.code, account.name) for account in catalogue.accounts.values()],
        "page": page,
        "lines": lines_of(page.rows),
        # Summing the lines of hundreds of units reads them all; for those the reader asks.
        "totals": totals_of(rows) if page.rows and (wants_totals or not filter_.is_wide) else [],
        "is_filtered": any([filter_.kind, filter_.account, filter_.person, filter_.matter]),
    }
    return render(request, "ledger/list.html", context)
