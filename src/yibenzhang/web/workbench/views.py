"""Workbench: what waits, what was posted, one sentence on top. Three readings, by what the reader may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.models import Role
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.requirements.workbench import duties_reading
from yibenzhang.web.workbench.committee import committee_reading
from yibenzhang.web.workbench.leader import leader_reading
from yibenzhang.web.workbench.secretary import secretary_reading


@needs()
def workbench(request: HttpRequest) -> HttpResponse:
    """The reader's start page: reviewers first, then recorders; who only reads gets the overview."""
    actor = actor_of(request)
    if actor.has(Role.APPROVER):
        return render(request, "workbench/committee.html", committee_reading(actor) | duties_reading(actor))
    if actor.has(Role.PREPARER):
        return render(request, "workbench/secretary.html", secretary_reading(actor) | duties_reading(actor))
    return render(request, "workbench/leader.html", leader_reading(actor) | duties_reading(actor))
