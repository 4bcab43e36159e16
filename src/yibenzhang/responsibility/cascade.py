"""Four tiers in one view (四级联动): what went down from item to item, and what came back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from yibenzhang.organisation.models import Unit
from yibenzhang.responsibility.models import ItemVersion, ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import descendants_of, items_of
from yibenzhang.responsibility.rollup import Rollup, counted, rollup
from yibenzhang.responsibility.standing import Progress
from yibenzhang.responsibility.tiers import OTHERS, TIERS, tiers_of


@dataclass
class Node:
    """An item in the view with what was split from it."""

    item: ResponsibilityItem
    version: ItemVersion
    progress: Progress
    children: list["Node"] = field(default_factory=list)
    rollup: Rollup | None = None


@dataclass
class Tier:
    """A tier: its lists and items, how many of the items came from above, and their states."""

    name: str
    lists: int = 0
    items: int = 0
    from_above: int = 0
    counts: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass
class Cascade:
    """The tiers from the top, and the items that came from nobody in view with everything below them."""

    tiers: list[Tier]
    roots: list[tuple[ResponsibilityList, list[Node]]]


def cascade(lists: Iterable[ResponsibilityList], *, day: date) -> Cascade:
    """The view of these issued lists as of a day.

    Below an item in view everything split from it is shown, also of units the reader could not open: what came back belongs
    to whoever gave the item. Callers link only what the reader may open.
    """
    shown = [each for each in lists if not each.is_draft]
    items = items_of(shown)
    below = descendants_of(items)
    everything = {item.pk: item for item in [*items, *(each for rows in below.values() for each in rows)]}
    found = assess(everything.values(), as_of=day)
    nodes = {
        key: Node(item, item.version_on(day), found[key]) for key, item in everything.items() if key in found
    }
    for key, node in nodes.items():
        node.children = [nodes[each.pk] for each in below.get(key, []) if each.pk in nodes]
        node.rollup = rollup((child.item for child in node.children), found)
    roots: list[tuple[ResponsibilityList, list[Node]]] = []
    for each in shown:
        own = [nodes[item.pk] for item in items if item.list_id == each.pk and item.origin_id not in nodes]
        if own:
            roots.append((each, own))
    return Cascade(_tiers(nodes, day), _by_tier(roots, day))


def _tiers(nodes: dict[int, Node], day: date) -> list[Tier]:
    units: dict[int, Unit] = {
        node.item.list.unit.pk: node.item.list.unit for node in nodes.values() if node.item.list.unit
    }
    names = tiers_of(list(units.values()), day)
    found = []
    for name in (*TIERS, OTHERS):
        own = [node for node in nodes.values() if names.get(node.item.list.unit_id or 0) == name]
        if own or name != OTHERS:
            found.append(
                Tier(
                    name,
                    lists=len({node.item.list_id for node in own}),
                    items=len(own),
                    from_above=sum(node.item.origin_id is not None for node in own),
                    counts=counted(node.progress for node in own),
                )
            )
    return found


def _by_tier(
    roots: list[tuple[ResponsibilityList, list[Node]]], day: date
) -> list[tuple[ResponsibilityList, list[Node]]]:
    names = tiers_of([each.unit for each, _ in roots if each.unit], day)
    order = [*TIERS, OTHERS]
    return sorted(roots, key=lambda pair: order.index(names.get(pair[0].unit_id or 0, OTHERS)))
