"""The relief account of a unit, and of the units below it in organisational order: sums, sources, months."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units
from yibenzhang.relief.account import Account, Fed, accounts, together
from yibenzhang.relief.asks import DUTY, FOLLOW_UP, ITEM, NOTICE, SOURCES, TASK
from yibenzhang.relief.queries import box_of, may_handle, minutes_of
from yibenzhang.relief.repeats import Repeat
from yibenzhang.relief.services import set_minutes
from yibenzhang.reports.fed import fed_by
from yibenzhang.reports.models import Report
from yibenzhang.superior_forms.fed import fed_by_forms
from yibenzhang.superior_forms.models import SuperiorForm
from yibenzhang.vouchers.models import Voucher
from yibenzhang.web.filters import period_choices, read, unit_choices
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.requirements.asked import ordered

MOST = 40
PAGES = {
    NOTICE: "notices:detail",
    TASK: "plans:detail",
    ITEM: "responsibility:detail",
    FOLLOW_UP: "followups:detail",
}
TAKERS = {"report": "reports:detail", "form": "superior_forms:detail"}


@dataclass(frozen=True)
class Asked:
    """What one source asked, once for all units: how many units, how many entries altogether."""

    source: str
    name: str
    url: str
    units: int
    entries: int


@needs()
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """The account of the unit asked for: its own and everything below it within the reader's scope."""
    reading = read(request)
    units = ordered(reading)
    period = reading.period
    parts = accounts(units, period, [*fed_by(units, period), *fed_by_forms(units, period)])
    total = together(parts, period)
    book = reading.book
    context: dict[str, Any] = {
        "reading": reading,
        "units": unit_choices(reading.actor, reading.today),
        "periods": period_choices(reading.period, reading.today),
        "total": total,
        "rows": _rows(parts, reading.unit),
        "sources": list(SOURCES.values()),
        "asked": _asked(total),
        "months": total.months(),
        "minutes": minutes_of(book),
        "may_assume": bool(book and _may_assume(reading.actor, book.unit)),
        **_named(total, reading.actor, units),
    }
    return render(request, "relief/account.html", context)


def _rows(parts: list[Account], unit: Unit) -> list[Account]:
    """The units that were asked or recorded anything; none when the account is of a single unit."""
    own = set(own_units(unit))
    below = [part for part in parts if part.units[0].pk not in own]
    return [part for part in parts if part.asks or part.vouchers] if below else []


def _asked(total: Account) -> list[tuple[str, list[Asked]]]:
    """What was asked, by source, in the order of the account."""
    grouped: dict[str, dict[tuple[str, str], list[tuple[int, int]]]] = {source: {} for source in SOURCES}
    for ask in total.asks:
        grouped[ask.source].setdefault((ask.ref, ask.name), []).append((ask.unit, ask.entries))
    return [
        (
            SOURCES[source],
            [
                Asked(source, name, _page_of(source, ref), len({u for u, _ in rows}), sum(n for _, n in rows))
                for (ref, name), rows in found.items()
            ],
        )
        for source, found in grouped.items()
        if found
    ]


def _named(total: Account, actor: Actor, units: list[Unit]) -> dict[str, Any]:
    """Vouchers, reports and units behind the numbers, those the reader may open."""
    names = {unit.pk: unit for unit in units}
    shared = total.shared[:MOST]
    keys = {each.voucher for each in shared}
    vouchers = restrict(Voucher.objects.filter(pk__in=keys).select_related("unit"), actor).in_bulk()
    return {
        "shared": [(vouchers[each.voucher], each) for each in shared if each.voucher in vouchers],
        "shared_more": max(len(total.shared) - MOST, 0),
        "fed": _taken(total.fed, actor),
        "repeats": _together(total.repeats, names)[:MOST],
    }


def _taken(fed: list[Fed], actor: Actor) -> list[tuple[str, int, str]]:
    """Title, figures and address of each report and form that took figures; no address for what may not be opened."""
    counted: dict[tuple[str, int, str], int] = {}
    for each in fed:
        key = (each.source, each.ref, each.title)
        counted[key] = counted.get(key, 0) + each.figures
    open_to = {
        source: set(restrict(rows, actor, by="unit").values_list("pk", flat=True))
        for source, rows in (("report", Report.objects.all()), ("form", SuperiorForm.objects.all()))
    }
    return [
        (title, figures, reverse(TAKERS[source], args=[ref]) if ref in open_to[source] else "")
        for (source, ref, title), figures in counted.items()
    ]


def _together(repeats: list[Repeat], units: dict[int, Unit]) -> list[tuple[Repeat, list[Unit]]]:
    """What was asked of several units in the same words once, with the units."""
    found: dict[tuple[str, str, str], tuple[Repeat, list[Unit]]] = {}
    for repeat in repeats:
        found.setdefault((repeat.name, repeat.where, repeat.why), (repeat, []))[1].append(units[repeat.unit])
    return list(found.values())


def _page_of(source: str, ref: str) -> str:
    """Where an ask can be read."""
    if source == DUTY:
        return f"{reverse('requirements:matrix')}?rule={ref}"
    return reverse(PAGES[source], args=[int(ref)])


def _may_assume(actor: Actor, unit: Unit) -> bool:
    return unit.pk in actor.unit_ids(Role.ADMINISTRATOR)


@needs("administrator")
@require_POST
def assume(request: HttpRequest) -> HttpResponse:
    """Set or clear the minutes an entry is taken to cost; an assumption, and shown as one."""
    actor = actor_of(request)
    book = box_of(actor)
    if book is None or not may_handle(actor, book) or not _may_assume(actor, book.unit):
        raise Http404
    text = request.POST.get("minutes", "").strip()
    if text and not (text.isdecimal() and len(text) < 5):
        raise BookError("每笔分钟请写一个整数，不显示就留空。", field="minutes")
    set_minutes(book, minutes=int(text) if text else None, actor=actor.user)
    return redirect("relief:account")
