"""Workbench: what waits, what was posted, one sentence on top."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.web.requests import needs


@needs()
def workbench(request: HttpRequest) -> HttpResponse:
    """The reader's start page."""
    return render(request, "workbench/workbench.html")
