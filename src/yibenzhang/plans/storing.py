"""Writing an item's content into its tables; `services` decides when."""

from yibenzhang.plans.models import Plan, PlanItem, PlanItemUnit, PlanMilestone
from yibenzhang.plans.rows import ItemDraft


def new_item(plan: Plan, draft: ItemDraft, number: int) -> PlanItem:
    """Store a new item at the end of a plan."""
    item = PlanItem(plan=plan, number=number)
    _fill(item, draft)
    return item


def replace_content(item: PlanItem, draft: ItemDraft) -> None:
    """Put a draft in place of what the item said; milestones that were reached stay reached."""
    reached = {row.text: row.done_on for row in item.milestones.all() if row.done_on}
    item.supporting.all().delete()
    item.milestones.all().delete()
    _fill(item, draft)
    for text, day in reached.items():
        item.milestones.filter(text=text).update(done_on=day)


def _fill(item: PlanItem, draft: ItemDraft) -> None:
    item.text, item.month, item.deadline, item.kind = draft.text, draft.month, draft.deadline, draft.kind
    item.lead, item.programmes = draft.lead, list(draft.programmes)
    item.values, item.origin = dict(draft.values), draft.origin
    item.save()
    item.people.set(draft.people)
    PlanItemUnit.objects.bulk_create(PlanItemUnit(item=item, unit=unit) for unit in draft.supporting)
    PlanMilestone.objects.bulk_create(
        PlanMilestone(item=item, due=due, text=text) for due, text in draft.milestones
    )
