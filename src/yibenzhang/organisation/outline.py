"""The tree on a day as an outline: every unit with its depth, superiors first, siblings in organisational order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from yibenzhang.organisation.models import Placement, Unit
from yibenzhang.organisation.models.dated import on_day


@dataclass
class Node:
    """A unit in the outline with what hangs under it."""

    unit: Unit
    depth: int = 0
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterable["Node"]:
        """This node and everything below it, top down."""
        yield self
        for child in self.children:
            yield from child.walk()


def outline(units: Iterable[Unit], day: date) -> list[Node]:
    """The roots of the tree these units form on a day.

    A unit whose superior is not among them is a root, so a reader sees the part of the tree within scope. Units that
    hung nowhere on that day are left out.
    """
    nodes = {unit.pk: Node(unit) for unit in units}
    parents = dict(Placement.objects.filter(on_day(day)).values_list("unit_id", "parent_id"))
    roots: list[Node] = []
    for key, node in nodes.items():
        if key in parents:
            above = nodes.get(parents[key] or 0)
            (above.children if above else roots).append(node)
    for root in roots:
        _settle(root, 0)
    return roots


def _settle(node: Node, depth: int) -> None:
    node.depth = depth
    node.children.sort(key=lambda child: (child.unit.position, child.unit.pk))
    for child in node.children:
        _settle(child, depth + 1)
