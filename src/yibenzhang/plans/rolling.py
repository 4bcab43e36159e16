"""An item of this year as the beginning of next year's."""

from dataclasses import replace
from datetime import date

from yibenzhang.plans.models import PlanItem
from yibenzhang.plans.rows import ItemDraft, draft_of


def next_year(item: PlanItem) -> ItemDraft:
    """The same intention a year later. A unit abolished since gives way: the plan's own unit leads, others are left out."""
    old, new = str(item.plan.year), str(item.plan.year + 1)
    draft = draft_of(item)
    lead = draft.lead if draft.lead.abolished_on is None else item.plan.unit
    return replace(
        draft,
        text=draft.text.replace(old, new)[:200],
        lead=lead,
        deadline=_later(draft.deadline) if draft.deadline else None,
        supporting=tuple(unit for unit in draft.supporting if unit.abolished_on is None and unit != lead),
        people=(),
        values={code: value for code, value in draft.values.items() if code != "materials"},
        milestones=tuple((_later(due), text.replace(old, new)) for due, text in draft.milestones),
        origin="",
    )


def _later(day: date) -> date:
    """The same day next year; 29 February becomes the 28th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
