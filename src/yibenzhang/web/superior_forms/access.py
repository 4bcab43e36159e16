"""Which forms a reader may open, fill or issue; anything else does not exist for them."""

from django.http import Http404, HttpRequest

from yibenzhang.superior_forms.models import SuperiorForm
from yibenzhang.superior_forms.permissions import forms_for, may_fill, may_issue
from yibenzhang.web.requests import actor_of


def readable(request: HttpRequest, pk: int) -> SuperiorForm:
    """The form, when it is in scope; DoesNotExist (404) exactly as for one that is not there."""
    rows = forms_for(actor_of(request)).select_related("unit", "series", "created_by__person")
    return rows.get(pk=pk)


def fillable(request: HttpRequest, pk: int) -> SuperiorForm:
    """The form, when the reader may fill it; 404 otherwise."""
    form = readable(request, pk)
    if not may_fill(actor_of(request), form.unit):
        raise Http404
    return form


def issuable(request: HttpRequest, pk: int) -> SuperiorForm:
    """The form, when the reader may issue it; 404 otherwise."""
    form = readable(request, pk)
    if not may_issue(actor_of(request), form.unit):
        raise Http404
    return form
