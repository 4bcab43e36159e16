"""What the page of an item shows: its standing, the line of origin, what came back, and both results side by side."""

from typing import Any

from yibenzhang.access.scope import Actor, restrict
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.queries import today_for
from yibenzhang.plans.queries import visible_items as planned_for
from yibenzhang.requirements.duties import duties
from yibenzhang.requirements.evidence import vouchers_of_each
from yibenzhang.responsibility.models import ItemVersion, ResponsibilityItem
from yibenzhang.responsibility.progress import assess
from yibenzhang.responsibility.queries import descendants_of, lowest_of, origins_of, visible_items
from yibenzhang.responsibility.rollup import rollup
from yibenzhang.responsibility.standing import Progress
from yibenzhang.responsibility.tiers import sphere_of
from yibenzhang.vouchers.models import Matter, Voucher, VoucherMatter
from yibenzhang.web.responsibility.access import may
from yibenzhang.web.responsibility.following import with_follow_ups
from yibenzhang.web.responsibility.looks import row_of, step_rows

MOST_VOUCHERS = 30


def item_context(actor: Actor, item: ResponsibilityItem) -> dict[str, Any]:
    """Everything the page shows as of the book's day."""
    unit = item.list.unit
    day = today_for(unit or item.list.issued_by)
    below = descendants_of([item])
    everything = [item, *(each for rows in below.values() for each in rows)]
    found = assess(everything, as_of=day)
    progress = found.get(item.pk)
    children = below.get(item.pk, [])
    readable = set(
        visible_items(actor).filter(pk__in=[each.pk for each in children]).values_list("pk", flat=True)
    )
    version = item.version_on(day)
    origins = origins_of(item)
    above = set(
        visible_items(actor).filter(pk__in=[each.pk for each in origins]).values_list("pk", flat=True)
    )
    return {
        "item": item,
        "shown": item.list,
        "row": with_follow_ups(actor, [row_of(item, progress, day)], day)[0],
        "version": version,
        "steps": step_rows(progress.steps) if progress else [],
        "may": may(actor, item.list),
        "origins": [(each, each.pk in above) for each in origins],
        "children": [(row_of(each, found.get(each.pk), day), each.pk in readable) for each in children],
        "rollup": rollup(children, found),
        "lowest": rollup(lowest_of(item, below), found)
        if any(below.get(each.pk) for each in children)
        else None,
        "vouchers": _readable(actor, _behind(item, version, progress)),
        "business": _readable(actor, _of_matter(version.business_matter)),
        "statements": list(item.statements.all())[::-1],
        "versions": list(item.versions.all())[::-1],
        "review": getattr(item, "review", None),
        "looks_at": _looks_at(item, version),
        "plan_is_open": version.plan_item_id is not None
        and planned_for(actor).filter(pk=version.plan_item_id).exists(),
        "day": day,
    }


def _behind(item: ResponsibilityItem, version: ItemVersion, progress: Progress | None) -> list[int]:
    """Keys of the vouchers the standing rests on."""
    keys = list(progress.vouchers) if progress else []
    rule = current_catalogue().requirements.get(version.requirement)
    if rule is not None and item.list.unit is not None:
        year = parse_period(f"{item.list.year}")
        asked = list(duties([item.list.unit], year, requirements=[rule]))
        keys += [key for own in vouchers_of_each(asked, current_catalogue()) for key in own]
    return keys


def _of_matter(matter: Matter | None) -> list[int]:
    rows = VoucherMatter.objects.filter(matter=matter, voucher__state="posted") if matter else None
    return list(rows.values_list("voucher_id", flat=True)) if rows is not None else []


def _readable(actor: Actor, keys: list[int]) -> list[Voucher]:
    rows = restrict(Voucher.objects.filter(pk__in=set(keys)), actor).select_related("unit")
    return list(rows.order_by("event_date", "pk")[:MOST_VOUCHERS])


def _looks_at(item: ResponsibilityItem, version: ItemVersion) -> dict[str, str]:
    """What shows progress, in words with the place to look it up: kind of link, name, code and unit."""
    catalogue, unit = current_catalogue(), item.list.unit
    rule = catalogue.requirements.get(version.requirement)
    if rule is not None:
        return {
            "kind": "requirement",
            "name": rule.name,
            "code": rule.code,
            "unit": unit.code if unit else "",
        }
    indicator = catalogue.indicators.get(version.indicator)
    if indicator is not None:
        asked = unit
        if unit is not None and version.covers == ItemVersion.Covers.ALL:
            asked = sphere_of(unit, today_for(unit))
        return {
            "kind": "indicator", "name": indicator.name, "code": indicator.code, "unit": asked.code if asked else "",
            "scope": "own" if version.covers == ItemVersion.Covers.OWN else "subtree",
        }  # fmt: skip
    return {}
