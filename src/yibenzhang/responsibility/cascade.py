"""Four tiers in one view (四级联动): what went down from item to item, and what came back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from yibenzhang.organisation.models import Unit
from yibenzhang.responsibility.models import ItemVersion, ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import descendants_of, items_of, lowest_of
from yibenzhang.responsibility.rollup import Rollup, counted, rollup
from yibenzhang.responsibility.standing import Progress
from yibenzhang.responsibility.tiers import OTHERS, TIERS, tiers_of


@dataclass
class Node:
    """An item in the view with what was split from it.

    One that was given to several units at once has no progress of its own; its children are the units' items. `rollup` is
    of the units it went to, `lowest` of those at the end of the chain where it went further.
    """

    item: ResponsibilityItem
    version: ItemVersion
    progress: Progress | None
    children: list["Node"] = field(default_factory=list)
    rollup: Rollup | None = None
    lowest: Rollup | None = None


@dataclass
class Tier:
    """A tier: its lists and items, how many of the items came from above, and their states."""

    name: str
    lists: int = 0
    items: int = 0
    from_above: int = 0
    counts: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass
class Section:
    """Lists issued together, with those of their items that came from nobody in view."""

    lists: list[ResponsibilityList]
    nodes: list[Node]

    @property
    def first(self) -> ResponsibilityList:
        """The list that stands for all of them."""
        return self.lists[0]


@dataclass
class Cascade:
    """The tiers from the top, and what began with each of them with everything below it."""

    tiers: list[Tier]
    sections: list[Section]


def cascade(lists: Iterable[ResponsibilityList], *, day: date) -> Cascade:
    """The view of these issued lists, each unit's as of its book's today; `day` says in which tier a unit stands.

    Below an item in view everything split from it is shown, also of units the reader could not open: what came back belongs
    to whoever gave the item. Callers link only what the reader may open.
    """
    shown = [each for each in lists if not each.is_draft]
    items = items_of(shown)
    below = descendants_of(items)
    everything = {item.pk: item for item in [*items, *(each for rows in below.values() for each in rows)]}
    found = assess(everything.values())
    nodes = {
        key: Node(item, item.version_on(day), found[key]) for key, item in everything.items() if key in found
    }
    for key, node in nodes.items():
        node.children = [nodes[each.pk] for each in below.get(key, []) if each.pk in nodes]
        node.rollup = rollup((child.item for child in node.children), found)
        if any(below.get(child.item.pk) for child in node.children):
            node.lowest = rollup(lowest_of(node.item, below), found)
    return Cascade(_tiers(nodes, day), _by_tier(_sections(shown, items, nodes, found), day))


def _sections(
    shown: list[ResponsibilityList],
    items: list[ResponsibilityItem],
    nodes: dict[int, Node],
    found: dict[int, Progress],
) -> list[Section]:
    together: dict[int, list[ResponsibilityList]] = defaultdict(list)
    for each in shown:
        together[each.issued_with_id or each.pk].append(each)
    sections = []
    for lists in together.values():
        keys = {each.pk for each in lists}
        begun = [nodes[item.pk] for item in items if item.list_id in keys and item.origin_id not in nodes]
        if begun:
            sections.append(Section(lists, begun if len(lists) == 1 else _merged(begun, found)))
    return sections


def _merged(begun: list[Node], found: dict[int, Progress]) -> list[Node]:
    """The same item given to several units as one node above theirs."""
    by_number: dict[int, list[Node]] = defaultdict(list)
    for node in begun:
        by_number[node.item.number].append(node)
    return [
        Node(own[0].item, own[0].version, None, own, rollup((node.item for node in own), found))
        for _, own in sorted(by_number.items())
    ]


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
                    counts=counted(node.progress for node in own if node.progress is not None),
                )
            )
    return found


def _by_tier(sections: list[Section], day: date) -> list[Section]:
    names = tiers_of([each.first.unit for each in sections if each.first.unit], day)
    order = [*TIERS, OTHERS]
    return sorted(sections, key=lambda each: order.index(names.get(each.first.unit_id or 0, OTHERS)))
