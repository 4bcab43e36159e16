"""The list of what is due for the reader's own units, the nearest deadline first."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.scope import Actor
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units, today_for
from yibenzhang.requirements import judging
from yibenzhang.requirements.due import due
from yibenzhang.requirements.duties import Duty
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.requirements.asked import look
from yibenzhang.web.requirements.matrix import window_label

HEADS = {judging.OVERDUE: "已过期限", judging.OPEN: "期内要办", judging.AWAITING: "已提交，等审核"}


@needs()
def due_list(request: HttpRequest) -> HttpResponse:
    """What is due for the units the reader works for."""
    actor = actor_of(request)
    today = today_for(actor.home_unit())
    found = sorted(due(my_units(actor), today), key=lambda duty: list(HEADS).index(duty.state))
    parts = [
        (HEADS[state], [row_of(duty) for duty in rows])
        for state, rows in groupby(found, key=lambda duty: duty.state)
    ]
    return render(request, "requirements/due.html", {"parts": parts, "today": today, "count": len(found)})


def my_units(actor: Actor) -> list[Unit]:
    """Units granted to the reader, with the Party bodies that an administrative one holds itself."""
    keys = [key for unit in Unit.objects.filter(pk__in=actor.unit_ids()) for key in own_units(unit)]
    return list(Unit.objects.filter(pk__in=keys).order_by("position", "id"))


def row_of(duty: Duty) -> dict[str, Any]:
    """A duty for a line of a list: its mark, the window in words, the days left (negative when past)."""
    return {
        "duty": duty,
        "look": look(duty),
        "label": window_label(duty.window, duty.requirement.cadence),
        "left": (duty.window.deadline - duty.as_of).days,
    }
