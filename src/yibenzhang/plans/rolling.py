"""An item of this year as the beginning of next year's."""

from datetime import date

from yibenzhang.plans.models import PlanItem
from yibenzhang.plans.rows import ItemDraft


def next_year(item: PlanItem) -> ItemDraft:
    """The same intention a year later. A unit abolished since gives way: the plan's own unit leads, others are left out."""
    old, new = str(item.plan.year), str(item.plan.year + 1)
    lead = item.lead if item.lead.abolished_on is None else item.plan.unit
    supporting = (row.unit for row in item.supporting.all())
    return ItemDraft(
        text=item.text.replace(old, new)[:200],
        lead=lead,
        month=item.month,
        deadline=_later(item.deadline) if item.deadline else None,
        kind=item.kind,
        supporting=tuple(unit for unit in supporting if unit.abolished_on is None and unit != lead),
        values={code: value for code, value in item.values.items() if code != "materials"},
        milestones=tuple((_later(row.due), row.text.replace(old, new)) for row in item.milestones.all()),
        origin="",
    )


def _later(day: date) -> date:
    """The same day next year; 29 February becomes the 28th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
