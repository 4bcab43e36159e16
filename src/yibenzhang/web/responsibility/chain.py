"""Four tiers on one page (四级联动): what went down, what came back."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yibenzhang.organisation.queries import units_below
from yibenzhang.responsibility.cascade import Node, cascade
from yibenzhang.responsibility.queries import visible_items, visible_lists
from yibenzhang.responsibility.rollup import Rollup
from yibenzhang.web.filters import bar, read
from yibenzhang.web.requests import actor_of, needs
from yibenzhang.web.responsibility.listing import year_asked, years_of
from yibenzhang.web.responsibility.looks import Row, counts_with_looks, look_of

MOST_SHOWN = 40


@dataclass(frozen=True)
class Branch:
    """An item in the view with its mark, and what was split from it."""

    row: Row
    rollup: Rollup | None
    lowest: Rollup | None
    children: list["Branch"]
    is_open: bool
    rest: int = 0


@needs()
@require_GET
def chain(request: HttpRequest) -> HttpResponse:
    """The lists of a year in a unit's subtree, from the top item down to the branches."""
    actor = actor_of(request)
    reading = read(request)
    year = year_asked(request, actor)
    below = units_below([reading.unit.pk]).values("pk")
    lists = visible_lists(actor).filter(year=year, unit__in=below).exclude(state="draft")
    found = cascade(lists, day=reading.today)
    readable = set(visible_items(actor).filter(list__year=year).values_list("pk", flat=True))
    context = {
        "reading": reading,
        "bar": bar(reading),
        "year": year,
        "years": years_of(actor, year),
        "tiers": [(tier, counts_with_looks(tier.counts)) for tier in found.tiers],
        "sections": [(each, [_branch(node, readable) for node in each.nodes]) for each in found.sections],
    }
    return render(request, "responsibility/chain.html", context)


def _branch(node: Node, readable: set[int]) -> Branch:
    """`is_open`: the reader may open the item; others are named only, since they came from an item in view."""
    look = look_of(node.progress) if node.progress else ""
    row = Row(node.item, node.version, node.progress, look)
    shown = node.children
    if len(shown) > MOST_SHOWN:  # the sentence tells them all; row by row only who still has something to do
        shown = [child for child in shown if not _is_quiet(child)]
    below = [_branch(child, readable) for child in shown]
    rest = len(node.children) - len(shown)
    return Branch(row, node.rollup, node.lowest, below, node.item.pk in readable, rest)


def _is_quiet(node: Node) -> bool:
    return node.progress is not None and node.progress.is_settled and all(map(_is_quiet, node.children))
