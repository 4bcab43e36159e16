"""Vouchers in reach: one's own or those of one's units, narrowed by state, kind, unit, period and words."""

import re
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yibenzhang.access.scope import Actor, get_in_scope
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import LineageMember, Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.queries import visible_to
from yibenzhang.web.filters import period_choices, unit_choices
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.requests import actor_of, needs

NUMBER = re.compile(r"(\d{4})-(\d{1,12})")


@needs()
def voucher_list(request: HttpRequest) -> HttpResponse:
    """The list with its filters, newest event first."""
    actor, asked = actor_of(request), request.GET
    today = today_for(actor.home_unit())
    rows = _narrowed(visible_to(actor), actor, asked)
    rows = rows.select_related("unit", "preparer__person").order_by("-event_date", "-id")
    period = parse_period(asked.get("period") or f"{today.year:04d}")
    kinds = current_catalogue().kinds
    context: dict[str, Any] = {
        "page": page_of(rows, page_number(request)),
        "asked": {name: asked.get(name, "") for name in ("whose", "state", "kind", "unit", "period", "q")},
        "states": Voucher.State.choices,
        "kinds": [(code, kind.name) for code, kind in kinds.items()],
        "units": unit_choices(actor, today),
        "periods": period_choices(period, today),
        "is_filtered": any(asked.get(name) for name in ("state", "kind", "unit", "period", "q")),
    }
    return render(request, "vouchers/list.html", context)


def _narrowed(rows: QuerySet[Voucher], actor: Actor, asked: Any) -> QuerySet[Voucher]:
    if asked.get("whose") == "mine":
        rows = rows.filter(Q(preparer=actor.user) | Q(on_behalf_of=actor.user))
    if asked.get("state"):
        if asked["state"] not in Voucher.State.values:
            raise BookError("没有这种状态，请从列表中选。", field="state")
        rows = rows.filter(state=asked["state"])
    if asked.get("kind"):
        rows = rows.filter(kind=current_catalogue().kind(asked["kind"]).code)
    if asked.get("unit"):
        unit = get_in_scope(Unit.objects.all(), actor, by="self", code=asked["unit"])
        rows = rows.filter(lineage_id__in=LineageMember.objects.filter(ancestor=unit).values("lineage_id"))
    if asked.get("period"):
        period = parse_period(asked["period"])
        rows = rows.filter(event_date__gte=period.start, event_date__lt=period.stop)
    return _worded(rows, asked.get("q", "").strip()[:60])


def _worded(rows: QuerySet[Voucher], text: str) -> QuerySet[Voucher]:
    """Words of the title, pinyin or initials, the unit's name, or a voucher number."""
    number = NUMBER.fullmatch(text)
    if number:
        return rows.filter(pk=int(number[2]), recorded_on__year=int(number[1]))
    for word in text.lower().split():
        units = Unit.objects.filter(search_key__contains=word).values("pk")
        rows = rows.filter(Q(search_key__contains=word) | Q(unit__in=units))
    return rows
