"""Memberships and posts of people: dated facts that end and never change."""

from datetime import date

from django.db import transaction

from yibenzhang.organisation.models import Membership, Person, Post, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.services import OrganisationError


@transaction.atomic
def join_unit(*, person: Person, unit: Unit, on: date, state: str = Membership.FULL) -> Membership:
    """Let a person belong to a branch, or change state there, from a day on; what held before ends that day.

    Raises OrganisationError for an unknown state, a unit that does not exist that day, or a day not after the beginning
    of the membership that holds now.
    """
    if state not in dict(Membership.STATES):
        raise OrganisationError("没有这种组织关系状态，请从列表中选。", field="state")
    if not unit.exists_on(on):
        raise OrganisationError(f"{unit}在{on}还未成立或已撤销，请改日期或另选单位。", field="unit")
    _end_all(person, on)
    return Membership.objects.create(person=person, unit=unit, state=state, valid_from=on)


def _end_all(person: Person, on: date) -> None:
    if Membership.objects.filter(person=person, valid_from__gte=on).exists():
        raise OrganisationError("日期须晚于现组织关系的起始日，请改日期。", field="on")
    Membership.objects.filter(on_day(on), person=person).update(valid_to=on)


@transaction.atomic
def end_membership(membership: Membership, *, on: date) -> None:
    """End a membership: it holds up to the day before.

    Raises OrganisationError when it has ended already or would end before it began.
    """
    _end(membership, on, "组织关系")


@transaction.atomic
def appoint(*, person: Person, unit: Unit, title: str, on: date, duty: str = "") -> Post:
    """Give a person a Party post from a day on.

    Raises OrganisationError for an unknown title, a unit that does not exist that day, the same post held already, or a
    second secretary.
    """
    if title not in dict(Post.TITLES):
        raise OrganisationError("没有这种职务，请从列表中选。", field="title")
    if not unit.exists_on(on):
        raise OrganisationError(f"{unit}在{on}还未成立或已撤销，请改日期或另选单位。", field="unit")
    held = Post.objects.filter(on_day(on), unit=unit, title=title).select_related("person")
    if held.filter(person=person).exists():
        raise OrganisationError(f"{person}已任此职，不用再登记。", field="title")
    if title == Post.SECRETARY and (now := held.first()):
        raise OrganisationError(f"{unit}书记现为{now.person}，请先登记其离任。", field="title")
    return Post.objects.create(person=person, unit=unit, title=title, duty=duty, valid_from=on)


@transaction.atomic
def end_post(post: Post, *, on: date) -> None:
    """End a post: it is held up to the day before. Raises OrganisationError as `end_membership` does."""
    _end(post, on, "职务")


def _end(fact: Membership | Post, on: date, noun: str) -> None:
    if fact.valid_to is not None:
        raise OrganisationError(f"这项{noun}已于 {fact.valid_to} 结束。", field="on")
    if on <= fact.valid_from:
        raise OrganisationError(f"结束日期须晚于起始日 {fact.valid_from}，请改日期。", field="on")
    fact.valid_to = on
    fact.save(update_fields=["valid_to"])
