"""Who answers to whom in the chain 党组 → 领导小组 → 机关党委 → 党支部 (四级联动).

Guidance says who leads or guides whom. Where a bureau holds several Party bodies side by side, their order is the chain's:
the leading group is no parent of the agency committee, yet what the 党组 decides reaches the branches through both.
"""

from datetime import date

from django.db.models import Q

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Guidance, Placement, Unit
from yibenzhang.organisation.models.dated import on_day

RANKS = {
    "leading_party_group": 0,
    "party_committee": 0,
    "party_building_leading_group": 1,
    "agency_party_committee": 2,
}
TIERS = ("党组（党委）", "党建工作领导小组", "机关党委和所属单位党委", "党总支和党支部")
OTHERS = "其他组织"
_BRANCHES = {"general_branch", "branch", "branch_group"}


def receivers_of(unit: Unit, day: date) -> list[Unit]:
    """Bodies that a body may assign items to on a day, in organisational order; itself is not among them.

    Those it leads or guides, the lower Party bodies of the same administrative unit, and Party bodies directly below it.
    An administrative unit that holds a Party body is left out: the body answers, not the unit.
    """
    bodies = [code for code, each in current_catalogue().unit_types.items() if each.party_body]
    guided = Guidance.objects.filter(on_day(day), superior=unit).values("subordinate_id")
    below = Placement.objects.filter(on_day(day), parent=unit, unit__unit_type__in=bodies).values("unit_id")
    found = Q(pk__in=guided) | Q(pk__in=below)
    rank = RANKS.get(unit.unit_type)
    holder = holder_of(unit, day)
    if rank is not None and holder is not None:
        lower = [code for code, each in RANKS.items() if each > rank]
        beside = Placement.objects.filter(on_day(day), parent=holder, unit__unit_type__in=lower)
        found |= Q(pk__in=beside.values("unit_id"))
    holding = Placement.objects.filter(on_day(day), unit__unit_type__in=bodies).exclude(parent=None)
    rows = Unit.objects.filter(found).exclude(pk=unit.pk).exclude(pk__in=holding.filter(
        ~Q(parent__unit_type__in=bodies)).values("parent_id"))  # fmt: skip
    return [each for each in rows.order_by("position", "id") if each.exists_on(day)]


def holder_of(unit: Unit, day: date) -> Unit | None:
    """The administrative unit that holds a Party body on a day; None for any other unit."""
    types = current_catalogue().unit_types
    placed = Placement.objects.filter(on_day(day), unit=unit).select_related("parent").first()
    if placed is None or placed.parent is None or not types[unit.unit_type].party_body:
        return None
    return None if types[placed.parent.unit_type].party_body else placed.parent


def sphere_of(unit: Unit, day: date) -> Unit:
    """The unit whose whole subtree a body answers for: the bureau for its 党组, 党委 and leading group, else itself."""
    if RANKS.get(unit.unit_type, 9) > 1:
        return unit
    return holder_of(unit, day) or unit


def tiers_of(units: list[Unit], day: date) -> dict[int, str]:
    """The tier each unit belongs to; a 党委 of a unit below the bureau stands beside the agency committee."""
    placed = Placement.objects.filter(on_day(day), unit__in=units).select_related("parent")
    held_by = {each.unit_id: each.parent.unit_type if each.parent else "" for each in placed}
    return {unit.pk: _tier(unit.unit_type, held_by.get(unit.pk, "")) for unit in units}


def _tier(unit_type: str, held_by: str) -> str:
    if unit_type in _BRANCHES:
        return TIERS[3]
    if unit_type == "party_committee" and held_by != "bureau":
        return TIERS[2]
    rank = RANKS.get(unit_type)
    return OTHERS if rank is None else TIERS[rank]
