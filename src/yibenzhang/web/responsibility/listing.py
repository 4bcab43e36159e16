"""The lists of a year: the reader's own, those given to others, all within scope."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yibenzhang.access.scope import Actor
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import own_units, today_for
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import COMPOSERS, items_of, visible_lists
from yibenzhang.responsibility.rollup import counted
from yibenzhang.web.pages import page_number, page_of
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.responsibility.looks import counts_with_looks

BOXES = (("mine", "我的"), ("given", "下达的"), ("all", "全部"))
SIZE = 20


@needs()
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """Lists of a year with the states of their items counted."""
    actor = actor_of(request)
    year, box = year_asked(request, actor), request.GET.get("box", "mine")
    if box not in dict(BOXES):
        raise BookError("请从“我的、下达的、全部”里选。", field="box")
    rows = visible_lists(actor).filter(year=year)
    own = own_keys(actor)
    boxes = {
        "mine": rows.filter(unit__in=own),
        "given": rows.filter(issued_by__in=own),
        "all": rows,
    }
    page = page_of(boxes[box], page_number(request), size=SIZE)
    context = {
        "page": page,
        "rows": _rows(list(page.rows)),
        "box": box,
        "boxes": [(code, name, boxes[code].count()) for code, name in BOXES],
        "year": year,
        "years": years_of(actor, year),
        "may_compose": actor.has(*COMPOSERS),
    }
    return render(request, "responsibility/list.html", context)


def _rows(
    shown: list[ResponsibilityList],
) -> list[tuple[ResponsibilityList, list[tuple[str, str, int]], int]]:
    items: dict[int, list[ResponsibilityItem]] = {each.pk: [] for each in shown}
    for item in items_of(shown):
        items[item.list_id].append(item)
    found = assess(item for own in items.values() for item in own if not item.list.is_draft)
    return [
        (
            each,
            counts_with_looks(counted(found[item.pk] for item in items[each.pk] if item.pk in found)),
            len(items[each.pk]),
        )
        for each in shown
    ]


def year_asked(request: HttpRequest, actor: Actor) -> int:
    """The year in the query string; by default the year of the reader's book."""
    text = request.GET.get("year", "")
    if not text:
        return today_for(actor.home_unit()).year
    if not (text.isdecimal() and len(text) == 4 and 1900 <= int(text) <= 2200):
        raise BookError(f"看不懂年度“{text[:10]}”，请写四位数字，例如 2024。", field="year")
    return int(text)


def years_of(actor: Actor, year: int) -> list[int]:
    """Years that have lists, with the one shown and the reader's own."""
    known = visible_lists(actor).order_by().values_list("year", flat=True).distinct()
    return sorted({*known, year, today_for(actor.home_unit()).year}, reverse=True)


def own_keys(actor: Actor) -> list[int]:
    """Units granted to the reader, with the Party bodies that an administrative one holds itself."""
    return [key for unit in Unit.objects.filter(pk__in=actor.unit_ids()) for key in own_units(unit)]
