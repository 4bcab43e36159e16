"""The list of follow-ups: to be settled here, opened by us, and all in scope."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.scope import Actor
from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.followups.models import OPEN_STATES, FollowUp
from yibenzhang.followups.permissions import SUPERIORS
from yibenzhang.followups.queries import Step, addressed_to, opened_by, visible_to
from yibenzhang.organisation.queries import today_for, todays
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.requests import actor_of, needs

BOXES = {"mine": "要我办的", "opened": "我发起的", "all": "全部"}
SOURCES = {"mine": addressed_to, "opened": opened_by, "all": visible_to}
LOOKS = {"open": "todo", "answered": "wait", "closed": "ok", "withdrawn": "na"}


@dataclass(frozen=True)
class Row:
    """A follow-up in a list: its mark, the days left (negative when past), how often it was brought up and when last."""

    follow_up: FollowUp
    look: str
    left: int
    reminded: int
    last: date | None


@needs()
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Open ones by deadline, closed ones newest first."""
    actor = actor_of(request)
    today = today_for(actor.home_unit())
    counts = {box: SOURCES[box](actor).filter(state__in=OPEN_STATES).count() for box in _boxes(actor)}
    box = request.GET.get("box", "")
    if box not in counts:
        box = next((each for each in counts if counts[each]), next(iter(counts)))
    closed = request.GET.get("state") == "closed"
    rows = SOURCES[box](actor)
    rows = rows.exclude(state__in=OPEN_STATES) if closed else rows.filter(state__in=OPEN_STATES)
    page = page_of(rows.order_by("-opened_on", "-id") if closed else rows, page_number(request))
    context = {
        "boxes": [(code, BOXES[code], count) for code, count in counts.items()],
        "box": box,
        "closed": closed,
        "page": page,
        "rows": rows_of(page.rows),
        "may_open": actor.has(*SUPERIORS),
        "missing": current_workdays().missing([today, *(each.deadline for each in page.rows)]),
    }
    return render(request, "followups/list.html", context)


def _boxes(actor: Actor) -> list[str]:
    """The boxes of use to this reader."""
    found = ["mine"] if actor.has("preparer") or actor.user.person_id else []
    return [*found, *(["opened"] if actor.has(*SUPERIORS) else []), "all"]


def rows_of(follow_ups: Iterable[FollowUp]) -> list[Row]:
    """Lines of a list; `events` must have been prefetched."""
    found = list(follow_ups)
    days = todays(each.unit_id for each in found)
    return [row_of(each, days[each.unit_id]) for each in found]


def row_of(follow_up: FollowUp, today: date) -> Row:
    """One follow-up as it stands on the day."""
    days = [event.day for event in follow_up.events.all() if event.step == Step.REMINDED]
    left = (follow_up.deadline - today).days
    look = LOOKS[follow_up.state]
    if follow_up.state == FollowUp.State.OPEN and left < 0:
        look = "hint" if follow_up.is_advice else "bad"
    return Row(follow_up, look, left, len(days), days[-1] if days else None)
