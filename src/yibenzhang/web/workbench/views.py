"""Workbench: what waits, what was posted, one sentence on top. Three readings, by what the reader may do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.models import Role
from yibenzhang.web.followups.workbench import follow_ups_reading
from yibenzhang.web.notices.workbench import notices_reading
from yibenzhang.web.plans.workbench import plans_reading
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.requirements.workbench import duties_reading
from yibenzhang.web.workbench.committee import committee_reading
from yibenzhang.web.workbench.leader import leader_reading
from yibenzhang.web.workbench.secretary import secretary_reading


@needs()
def workbench(request: HttpRequest) -> HttpResponse:
    """The reader's start page: reviewers first, then recorders; who only reads gets the overview."""
    actor = actor_of(request)
    beside = duties_reading(actor) | follow_ups_reading(actor) | notices_reading(actor)
    beside |= plans_reading(actor)
    if actor.has(Role.APPROVER):
        return render(request, "workbench/committee.html", committee_reading(actor) | beside)
    if actor.has(Role.PREPARER):
        return render(request, "workbench/secretary.html", secretary_reading(actor) | beside)
    return render(request, "workbench/leader.html", leader_reading(actor) | beside)
