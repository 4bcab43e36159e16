"""The month as a calendar of deadlines for the reader's own units; the same as an .ics file."""

from calendar import Calendar
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.kernel.periods import Period, month_of, month_period, parse_period
from yibenzhang.organisation.queries import today_for
from yibenzhang.requirements import judging
from yibenzhang.requirements.duties import Duty, duties
from yibenzhang.requirements.ics import calendar_text
from yibenzhang.requirements.windows import add_months
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.requirements.asked import look
from yibenzhang.web.requirements.due import my_units

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
    for duty in _with_deadline_in(request, month_period(month_of(first))):
        by_day.setdefault(duty.window.deadline, []).append((duty, look(duty)))
    weeks = [
        [(day, day.month == first.month, by_day.get(day, [])) for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    context = {
        "weeks": weeks,
        "shown": month_period(month_of(first)),
        "today": today,
        "before": month_period(month_of(add_months(first, -1))).code,
        "after": month_period(month_of(add_months(first, 1))).code,
        "listed": sorted(by_day.items()),
    }
    return render(request, "requirements/calendar.html", context)


@needs()
def feed(request: HttpRequest) -> HttpResponse:
    """Deadlines from last month to three months on, for a calendar program."""
    actor = actor_of(request)
    today = today_for(actor.home_unit())
    start, stop = add_months(today.replace(day=1), -1), add_months(today.replace(day=1), AHEAD)
    found = _with_deadline_in(request, Period(f"{start}..{stop}", start, stop))
    answer = HttpResponse(
        calendar_text(found, request.get_host()), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="duties.ics"'
    return answer


def _with_deadline_in(request: HttpRequest, period: Period) -> list[Duty]:
    """Duties of the reader's own units that can still be done or were not, with a deadline in the period."""
    wide = Period(period.code, add_months(period.start, -3), period.stop)
    skipped = {judging.NOT_APPLICABLE, judging.MET, judging.MET_LATE}
    return [
        duty
        for duty in duties(my_units(actor_of(request)), wide)
        if period.contains(duty.window.deadline) and duty.state not in skipped and not duty.immediate
    ]
