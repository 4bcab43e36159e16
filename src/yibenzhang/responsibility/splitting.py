"""Passing items on: downwards to those below with one origin, and forward to the next year."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction

from yibenzhang.access.models import User
from yibenzhang.audit.services import record
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.responsibility.models import ResponsibilityItem, ResponsibilityList
from yibenzhang.responsibility.services import ListStateError, add_item, create_draft
from yibenzhang.responsibility.tiers import receivers_of
from yibenzhang.responsibility.wording import ShownBy, Wording, is_on, wording_of


@transaction.atomic
def split_items(
    items: Iterable[ResponsibilityItem], *, units: Iterable[Unit], title: str, actor: User, post: str = ""
) -> ResponsibilityList:
    """A draft of the receiving unit with these items for units below it; each keeps the item it came from as origin.

    What shows progress is kept where it can hold for all the units, and stated by them otherwise.
    """
    chosen, below = list(items), list(units)
    if not chosen:
        raise BookError("请选要拆分的事项。", field="items")
    received = chosen[0].list
    if received.is_draft or received.unit is None:
        raise ListStateError("清单还没有印发，不能往下拆。")
    draft = create_draft(
        issued_by=received.unit, year=received.year, title=title, recipients=below, actor=actor, post=post
    )
    for item in chosen:
        version = item.current
        if version.is_dropped:
            raise BookError(f"第{item.number}项已不再要求，不用拆。", field="items")
        add_item(draft, _for_below(wording_of(version), below), actor=actor, origin=item)
    record(actor=actor, verb="responsibility.split", subject=f"{received.pk} {received}", note=str(draft.pk))
    draft.refresh_from_db()
    return draft


def _for_below(wording: Wording, units: list[Unit]) -> Wording:
    """The superior's wording for those below: its matters, plans and milestones are its own."""
    kept = replace(wording, lead="", matter=None, plan_item=None, milestones=())
    if wording.shown_by == ShownBy.REQUIREMENT and all(_binds(wording.requirement, unit) for unit in units):
        return kept
    return replace(kept, shown_by=ShownBy.STATED)


def _binds(code: str, unit: Unit) -> bool:
    rule = current_catalogue().requirements.get(code)
    if rule is None or unit.unit_type not in rule.binds.unit_types:
        return False
    return is_on(code, unit)


@transaction.atomic
def roll_forward(issued: ResponsibilityList, *, actor: User) -> ResponsibilityList:
    """Next year's draft: the same items with deadlines a year later, for all units the list was issued to together.

    An item comes again from the superior's item where the superior's own list has been carried forward. Matters that have
    been closed and plans of the old year are left behind; such items are stated.
    """
    if issued.is_draft:
        raise ListStateError("草稿不用顺延，印发以后再做明年的。")
    year = issued.year + 1
    if ResponsibilityList.objects.filter(follows__in=_together(issued), year=year).exists():
        raise BookError(f"{year} 年的清单已经从这份顺延过，请直接改那一份。")
    day = today_for(issued.issued_by)
    able = {issued.issued_by_id, *(unit.pk for unit in receivers_of(issued.issued_by, day))}
    units = [each.unit for each in _together(issued) if each.unit is not None and each.unit_id in able]
    draft = create_draft(
        issued_by=issued.issued_by, year=year, title=issued.title.replace(str(issued.year), str(year)),
        recipients=units, actor=actor, post=issued.post, follows=issued,
    )  # fmt: skip
    for item in issued.items.prefetch_related("versions").select_related("origin"):
        if item.current.is_dropped:
            continue
        origin = None
        if item.origin is not None:
            again = item.origin.followed_by.filter(list__year=year).exclude(list__state="draft")
            origin = again.filter(list__unit=issued.issued_by).first()
        new = add_item(draft, _a_year_on(wording_of(item.current)), actor=actor, origin=origin)
        new.follows = item
        new.save(update_fields=["follows"])
    draft.refresh_from_db()
    return draft


def _together(issued: ResponsibilityList) -> list[ResponsibilityList]:
    first = issued.issued_with_id or issued.pk
    rows = ResponsibilityList.objects.filter(pk=first) | ResponsibilityList.objects.filter(issued_with=first)
    return list(rows.select_related("unit"))


def _a_year_on(wording: Wording) -> Wording:
    deadline = _year_later(wording.deadline) if wording.deadline else None
    steps = tuple(replace(each, due=_year_later(each.due)) for each in wording.milestones)
    new = replace(wording, deadline=deadline, milestones=steps)
    if wording.business_matter is not None and wording.business_matter.closed_on is not None:
        new = replace(new, business_matter=None)
    if wording.matter is not None and wording.matter.closed_on is not None:
        steps = tuple(replace(each, state="") for each in steps)
        new = replace(new, shown_by=ShownBy.STATED, matter=None, milestones=steps)
    if wording.plan_item is not None:
        new = replace(new, shown_by=ShownBy.STATED, plan_item=None)
    return new


def _year_later(day: date) -> date:
    return date(day.year + 1, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
