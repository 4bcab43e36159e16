"""The tree on a day as a flat list of rows that a template writes as nested lists without recursion."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from yibenzhang.access.scope import Actor, restrict, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Membership, Post, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.outline import Node, outline

TIERS = (
    ("leading_party_group", "党组"),
    ("party_committee", "党委"),
    ("party_building_leading_group", "党建工作领导小组"),
    ("agency_party_committee", "机关党委"),
    ("branch", "党支部"),
)
OPEN_LEVELS = 2


@dataclass(frozen=True)
class Row:
    """A unit in the tree. `closes` lists how many levels end after it."""

    unit: Unit
    type_name: str
    is_body: bool
    members: int
    has_children: bool
    is_open: bool
    closes: range


@dataclass(frozen=True)
class Tier:
    """One tier of the chain (四级联动): how many bodies, and the body itself when there is one."""

    name: str
    count: int
    only: Unit | None
    members: int
    posts: int = 0


def tree_rows(actor: Actor, day: date, current: Unit | None = None) -> list[Row]:
    """Every unit in scope on the day, top down, in organisational order."""
    members = member_counts(actor, day)
    types = current_catalogue().unit_types
    nodes = [node for root in outline(units_for(actor), day) for node in root.walk()]
    path = _path_to(nodes, current)
    rows = []
    for index, node in enumerate(nodes):
        after = nodes[index + 1].depth if index + 1 < len(nodes) else 0
        entry = types[node.unit.unit_type]
        rows.append(
            Row(
                node.unit,
                entry.name,
                entry.party_body,
                members.get(node.unit.pk, 0),
                bool(node.children),
                node.depth < OPEN_LEVELS or node.unit.pk in path,
                range(max(node.depth - after, 0)),
            )
        )
    return rows


def _path_to(nodes: list[Node], current: Unit | None) -> set[int]:
    """The unit shown and its superiors, so that its branch of the tree is open."""
    return {node.unit.pk for node in nodes if current and any(below.unit == current for below in node.walk())}


def member_counts(actor: Actor, day: date) -> dict[int, int]:
    """Full and probationary members of each unit in scope on a day."""
    states = [Membership.FULL, Membership.PROBATIONARY]
    rows = restrict(Membership.objects.filter(on_day(day), state__in=states), actor, by="unit")
    return dict(rows.order_by().values_list("unit_id").annotate(n=Count("person_id", distinct=True)))


def tiers_of(rows: list[Row], day: date) -> list[Tier]:
    """The tiers that occur in the tree, from the top; for a tier of one body, how many hold a post there."""
    bodies = [row.unit.pk for row in rows if row.is_body and row.unit.unit_type != "branch"]
    held = Post.objects.filter(on_day(day), unit__in=bodies).order_by().values_list("unit_id")
    posts = dict(held.annotate(n=Count("person_id", distinct=True)))
    tiers = []
    for code, name in TIERS:
        tier = [row for row in rows if row.unit.unit_type == code]
        if tier:
            only = tier[0].unit if len(tier) == 1 else None
            members = sum(row.members for row in tier)
            tiers.append(Tier(name, len(tier), only, members, posts.get(only.pk, 0) if only else 0))
    return tiers


def abolished_units(actor: Actor, day: date) -> list[Unit]:
    """Units in scope that no longer exist on the day."""
    return list(units_for(actor).filter(abolished_on__lte=day).order_by("-abolished_on", "position"))
