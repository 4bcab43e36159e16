"""Reading lists: what a reader may see, items with their wording, the line of origin, what was split from an item."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.organisation.models import Unit
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList

COMPOSERS = (Role.PREPARER, Role.APPROVER)
LISTS = ("unit", "issued_by", "holder", "saved_by__person")
DEEPEST = 8


def visible_lists(actor: Actor) -> QuerySet[ResponsibilityList]:
    """Issued lists of the reader's units and lists these units issued; drafts only to those who write for the issuer."""
    rows = ResponsibilityList.objects.select_related(*LISTS)
    answered = restrict(ResponsibilityList.objects.all(), actor, by="unit").values("pk")
    given = restrict(ResponsibilityList.objects.exclude(state="draft"), actor, by="issued_by").values("pk")
    own = ResponsibilityList.objects.filter(state="draft")
    drafts = restrict(own, actor, *COMPOSERS, by="issued_by").values("pk")
    return rows.filter(Q(pk__in=answered) | Q(pk__in=given) | Q(pk__in=drafts))


def visible_items(actor: Actor) -> QuerySet[ResponsibilityItem]:
    """The items of the lists the reader may see."""
    return with_wording(ResponsibilityItem.objects.filter(list__in=visible_lists(actor).values("pk")))


def with_wording(items: QuerySet[ResponsibilityItem]) -> QuerySet[ResponsibilityItem]:
    """Items with all that assessing and showing them needs."""
    return items.select_related(
        "list__unit", "list__issued_by", "list__holder", "origin", "review"
    ).prefetch_related(
        "versions__matter",
        "versions__business_matter",
        "versions__plan_item__plan",
        "versions__plan_item__lead",
        "versions__changed_by__person",
        "statements__voucher__unit",
        "statements__by__person",
    )


def items_of(lists: Iterable[ResponsibilityList]) -> list[ResponsibilityItem]:
    """The items of these lists, in order."""
    keys = [each.pk for each in lists]
    return list(
        with_wording(ResponsibilityItem.objects.filter(list__in=keys)).order_by("list_id", "number", "id")
    )


def origins_of(item: ResponsibilityItem) -> list[ResponsibilityItem]:
    """The line of origin (来源), the first item first; whose text a unit may read though it may not open it."""
    line: list[ResponsibilityItem] = []
    key = item.origin_id
    while key is not None and len(line) < DEEPEST:
        above = with_wording(ResponsibilityItem.objects.filter(pk=key)).get()
        line.insert(0, above)
        key = above.origin_id
    return line


def descendants_of(items: Iterable[ResponsibilityItem]) -> dict[int, list[ResponsibilityItem]]:
    """Issued items split from these, and from those again: children by the key of the item they came from.

    Items given that were split from others of them are not read again; they should come with their wording.
    """
    found: dict[int, list[ResponsibilityItem]] = defaultdict(list)
    known = {item.pk: item for item in items}
    level = list(known)
    for _ in range(DEEPEST):
        rows = ResponsibilityItem.objects.filter(origin__in=level).exclude(list__state="draft")
        order = rows.order_by("list__unit__position", "list__unit_id", "number").values_list("pk", flat=True)
        keys = list(order)
        unread = ResponsibilityItem.objects.filter(pk__in=[key for key in keys if key not in known])
        known |= {each.pk: each for each in with_wording(unread)}
        below = [known[key] for key in keys]
        for each in below:
            found[each.origin_id or 0].append(each)
        level = [each.pk for each in below]
        if not level:
            break
    return found


def lowest_of(
    item: ResponsibilityItem, below: Mapping[int, list[ResponsibilityItem]]
) -> list[ResponsibilityItem]:
    """The items at the ends of what was split from an item, in order; `below` as `descendants_of` gives it."""
    found = []
    for child in below.get(item.pk, []):
        found += lowest_of(child, below) if below.get(child.pk) else [child]
    return found


def acts_for(actor: Actor, unit: Unit, *roles: str) -> bool:
    """True when the actor holds one of these roles for the unit."""
    return restrict(Unit.objects.filter(pk=unit.pk), actor, *roles, by="self").exists()
