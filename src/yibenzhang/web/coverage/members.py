"""Groups of members by sorts of education: how many were reached, and who was not. No rates, no order by them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.models import Role
from yibenzhang.access.scope import units_for
from yibenzhang.coverage.groups import GROUPS
from yibenzhang.coverage.members import ANY, EVERYBODY, coverage, unreached
from yibenzhang.organisation.queries import packs_of, units_below
from yibenzhang.web.filters import bar, read
from yibenzhang.web.requests import needs

NAMED_FOR = (Role.PREPARER, Role.APPROVER, Role.ADMINISTRATOR)


@needs()
def members(request: HttpRequest) -> HttpResponse:
    """The table for a unit and everything below it, with those not reached by the sort and group chosen.

    Names are shown to those who record, review or administer there; whoever only reads sees numbers.
    """
    reading = read(request)
    units = units_for(reading.actor).filter(pk__in=units_below([reading.unit.pk]).values("pk"))
    day = min(reading.today, reading.period.last_day)
    found = coverage(units, reading.period, day, packs_of(reading.unit), programme=reading.programme)
    reach = found.reach(request.GET.get("sort") or ANY, request.GET.get("group") or EVERYBODY)
    if reach is None:
        raise Http404
    named = set(units_for(reading.actor, *NAMED_FOR).order_by().values_list("pk", flat=True))
    context = {
        "reading": reading,
        "bar": bar(reading),
        "found": found,
        "groups": GROUPS,
        "chosen": reach,
        "unreached": unreached(reach, named),
    }
    return render(request, "coverage/members.html", context)
