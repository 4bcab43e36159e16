"""The month as a calendar of deadlines for the reader's own units; the same as an .ics file, and by an address with a key.

The address works without signing in, for calendar programs: it is read-only, shows what its owner may see at that moment,
and stops working when its owner ends it or the account is closed.
"""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yibenzhang.access.scope import Actor, actor_for
from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.kernel.periods import Period, month_of, month_period, parse_period
from yibenzhang.organisation.queries import today_for
from yibenzhang.requirements import judging
from yibenzhang.requirements.calendar_keys import end_calendar_key, make_calendar_key, owner_of
from yibenzhang.requirements.duties import Duty, duties
from yibenzhang.requirements.ics import calendar_text
from yibenzhang.requirements.models import CalendarKey
from yibenzhang.requirements.windows import add_months
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.requirements.asked import look
from yibenzhang.web.requirements.due import my_units
from yibenzhang.web.requirements.squares import special_days, weeks_of

AHEAD = 3  # months the feed looks forward, and one back


@needs()
def month(request: HttpRequest) -> HttpResponse:
    """Deadlines of a month, week by week from Monday; printable."""
    actor = actor_of(request)
    today = today_for(actor.home_unit())
    asked = request.GET.get("month", "")
    shown = parse_period(asked) if asked else month_period(month_of(today))
    first = date(shown.start.year, shown.start.month, 1)
    by_day: dict[date, list[tuple[Duty, str]]] = {}
    for duty in _with_deadline_in(actor, month_period(month_of(first))):
        by_day.setdefault(duty.window.deadline, []).append((duty, look(duty)))
    workdays = current_workdays()
    context = {
        "weeks": weeks_of(first, by_day, workdays),
        "shown": month_period(month_of(first)),
        "today": today,
        "before": month_period(month_of(add_months(first, -1))).code,
        "after": month_period(month_of(add_months(first, 1))).code,
        "listed": [(day, workdays.what(day), found) for day, found in sorted(by_day.items())],
        "special": special_days(first, workdays),
        "missing": workdays.missing([first]),
    }
    return render(request, "requirements/calendar.html", context)


@needs()
def feed(request: HttpRequest) -> HttpResponse:
    """Deadlines from last month to three months on, as a file to take away."""
    return _calendar_file(request, actor_of(request))


@login_not_required
@require_safe
def private_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The same for a calendar program that knows the key; 404 for any other key, as for anything that is not there."""
    owner = owner_of(key)
    actor = actor_for(owner) if owner else None
    if actor is None or not actor.grants:
        raise Http404
    answer = _calendar_file(request, actor)
    answer["Cache-Control"] = "private, no-store"
    return answer


@never_cache
@needs()
def subscribe(request: HttpRequest) -> HttpResponse:
    """Make, renew or end the reader's own calendar address. It is shown once: only its digest is kept."""
    actor, address = actor_of(request), ""
    if request.method == "POST" and request.POST.get("act") == "end":
        end_calendar_key(actor=actor.user)
        return redirect("requirements:subscribe")
    if request.method == "POST":
        key = make_calendar_key(actor=actor.user)
        address = request.build_absolute_uri(reverse("requirements:private_feed", args=[key]))
    made = CalendarKey.objects.filter(user=actor.user).first()
    return render(request, "requirements/subscribe.html", {"made": made, "address": address})


def _calendar_file(request: HttpRequest, actor: Actor) -> HttpResponse:
    today = today_for(actor.home_unit())
    start, stop = add_months(today.replace(day=1), -1), add_months(today.replace(day=1), AHEAD)
    found = _with_deadline_in(actor, Period(f"{start}..{stop}", start, stop))
    answer = HttpResponse(
        calendar_text(found, request.get_host()), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="duties.ics"'
    return answer


def _with_deadline_in(actor: Actor, period: Period) -> list[Duty]:
    """Duties of the reader's own units that can still be done or were not, with a deadline in the period."""
    wide = Period(period.code, add_months(period.start, -3), period.stop)
    skipped = {judging.NOT_APPLICABLE, judging.MET, judging.MET_LATE}
    return [
        duty
        for duty in duties(my_units(actor), wide)
        if period.contains(duty.window.deadline) and duty.state not in skipped and not duty.immediate
    ]
