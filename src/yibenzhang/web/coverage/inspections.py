"""Inspection rounds: which units were reached and when, what was found, and what is still to be put right."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yibenzhang.access.scope import restrict
from yibenzhang.coverage.inspections import ROUND, Finding, findings_for, rounds
from yibenzhang.followups.permissions import openable_units
from yibenzhang.organisation.queries import units_below
from yibenzhang.vouchers.models import Matter
from yibenzhang.web.filters import Reading, bar, read
from yibenzhang.web.requests import needs
from yibenzhang.web.requirements.due import my_units


@dataclass(frozen=True)
class Line:
    """A finding as a row: how long it is overdue, and where it may be followed up."""

    finding: Finding
    days_over: int
    follow_up: str
    may_open: bool


@needs()
def inspections(request: HttpRequest) -> HttpResponse:
    """Rounds in scope that ran in the period, the newest first, and what was laid upon the reader's own units."""
    reading = read(request)
    found = rounds(_matters(reading), reading.today)
    shown = {finding.matter.pk for each in found for finding in each.findings}
    mine = findings_for([unit.code for unit in my_units(reading.actor)])
    mine = [finding for finding in mine if finding.matter.pk not in shown]
    keys = [*shown, *(finding.matter.pk for finding in mine)]
    known = set(restrict(Matter.objects.filter(pk__in=keys), reading.actor).values_list("pk", flat=True))
    open_to = set(openable_units(reading.actor, reading.today).values_list("pk", flat=True))
    context = {
        "reading": reading,
        "bar": bar(reading),
        "rounds": [(each, _lines(each.findings, reading.today, known, open_to)) for each in found],
        "mine": _lines(mine, reading.today, known, open_to),
    }
    return render(request, "coverage/inspections.html", context)


def _matters(reading: Reading) -> list[Matter]:
    period = reading.period
    below = units_below([reading.unit.pk])
    rows = restrict(Matter.objects.filter(kind=ROUND, opened_on__lt=period.stop), reading.actor)
    running = Q(closed_on=None) | Q(closed_on__gte=period.start)
    return list(
        rows.filter(running, unit__in=below.values("pk")).select_related("unit").order_by("-opened_on", "-pk")
    )


def _lines(findings: list[Finding], today: date, known: set[int], open_to: set[int]) -> list[Line]:
    """Rows; only matters `known` to the reader lead to their page, only units `open_to` the reader to a follow-up."""
    return [
        Line(
            finding,
            finding.days_over(today) if finding.is_overdue(today) else 0,
            _follow_up(finding, open_to) if finding.is_overdue(today) and finding.matter.pk in known else "",
            finding.matter.pk in known,
        )
        for finding in findings
    ]


def _follow_up(finding: Finding, open_to: set[int]) -> str:
    """Where a person opens a 督办 for the finding; empty where nobody was named or the reader may not."""
    if finding.owner is None or finding.owner.pk not in open_to:
        return ""
    asked = {
        "kind": "rectification",
        "ref": finding.matter.pk,
        "unit": finding.owner.code,
        "title": finding.matter.title,
        "due": finding.due,
    }
    return f"{reverse('followups:new')}?{urlencode(asked)}"
