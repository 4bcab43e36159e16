"""A list: its items as they stand, what may be done with it, and its place in the ledger."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.indicators.known import known_figures
from yibenzhang.organisation.queries import packs_of, today_for
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import acts_for, items_of
from yibenzhang.responsibility.rollup import counted
from yibenzhang.responsibility.services import draft_units
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.queries import visible_to
from yibenzhang.vouchers.services import allowed_kinds
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.responsibility.access import may, readable_list
from yibenzhang.web.responsibility.following import with_follow_ups
from yibenzhang.web.responsibility.forms import LinesForm
from yibenzhang.web.responsibility.looks import counts_with_looks, row_of

LEDGER_KIND = "responsibility_list"


@needs()
@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft with the tools to write it, or an issued list with its progress."""
    actor = actor_of(request)
    shown = readable_list(actor, pk)
    return render(request, "responsibility/detail.html", list_context(actor, shown))


def list_context(actor: Actor, shown: ResponsibilityList) -> dict[str, Any]:
    """What the page of a list shows."""
    items = items_of([shown])
    day = today_for(shown.unit or shown.issued_by)
    found = {} if shown.is_draft else assess(items, as_of=day)
    rows = with_follow_ups(actor, [row_of(item, found.get(item.pk), day) for item in items], day)
    context: dict[str, Any] = {
        "shown": shown,
        "rows": rows,
        "followed": any(row.follow for row in rows),
        "counts": counts_with_looks(counted(found.values())),
        "day": day,
        "may": may(actor, shown),
        "ledger": _in_ledger(actor, shown),
        "may_post": _may_post(actor, shown),
        "half_year": _half_to_report(shown.year, day),
        "reviews": [item for item in items if hasattr(item, "review")],
    }
    if shown.is_draft:
        context |= {"units": draft_units(shown), "form": LinesForm(), "known": _known(shown, items)}
    return context


def _half_to_report(year: int, day: date) -> str:
    """The half year that is reported on at this time: the first until September, from then on the second."""
    return f"{year}H{1 if day < date(year, 10, 1) else 2}"


def _in_ledger(actor: Actor, shown: ResponsibilityList) -> Voucher | None:
    """The voucher 印发责任清单 of this name, as far as the reader may see it. Issuing a list posts nothing by itself."""
    rows = visible_to(actor).filter(kind=LEDGER_KIND, unit=shown.issued_by, title=shown.title)
    return (
        rows.filter(event_date__year=shown.year).exclude(state=Voucher.State.REVERSED).order_by("id").first()
    )


def _may_post(actor: Actor, shown: ResponsibilityList) -> bool:
    kinds = {kind.code for kind in allowed_kinds(shown.issued_by)}
    return LEDGER_KIND in kinds and acts_for(actor, shown.issued_by, Role.PREPARER)


def _known(shown: ResponsibilityList, items: list[ResponsibilityItem]) -> list[tuple[int, Any]]:
    """(number, indicator) where an item asks for a figure that the ledger has already (台账已有，不用再报)."""
    packs = packs_of(shown.issued_by)
    return [
        (item.number, indicator)
        for item in items
        for indicator in known_figures(item.current.text, packs=packs)
    ]
