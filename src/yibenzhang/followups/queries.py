"""Reading follow-ups: who is addressed, how often a matter was brought up, when it may be again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from yibenzhang.access.models import Grant, Role, User
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.catalogue.workdays import current_workdays
from yibenzhang.followups.models import FollowUp, FollowUpEvent, ReminderInterval
from yibenzhang.followups.permissions import SUPERIORS
from yibenzhang.organisation.models import Person, Post, Unit
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.queries import book_of, members_on, own_units

Step = FollowUpEvent.Step
CONTACTS = (Step.OPENED, Step.REMINDED)
RANKS = [Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER, Post.OFFICER, Post.LEADING_OFFICIAL]


@dataclass(frozen=True)
class Reminders:
    """How often a matter was brought up: reminders so far, the day of the last contact, and the first day for another."""

    count: int
    last: date
    next_on: date


def interval_for(unit: Unit) -> int:
    """Working days between two reminders about one matter in the unit's book."""
    book = book_of(unit)
    row = ReminderInterval.objects.filter(book=book).first() if book else None
    return row.workdays if row else ReminderInterval.USUAL


def matter_of(follow_up: FollowUp) -> Q:
    """Condition for all follow-ups about the same matter, closed ones too; itself alone when it has no reference."""
    if not follow_up.origin_ref:
        return Q(pk=follow_up.pk)
    return Q(
        unit=follow_up.unit_id, origin_kind=follow_up.origin_kind, origin_ref=follow_up.origin_ref
    )  # a matter closed and opened again is the same matter


def last_contact(matter: Q) -> date | None:
    """The day on which the unit was last approached about a matter."""
    found = FollowUpEvent.objects.filter(step__in=CONTACTS, follow_up__in=FollowUp.objects.filter(matter))
    return found.order_by("-day", "-id").values_list("day", flat=True).first()


def reminders_of(follow_up: FollowUp) -> Reminders:
    """The reminders of this follow-up, and the day from which the matter may be brought up again."""
    days = [event.day for event in follow_up.events.all() if event.step == Step.REMINDED]
    last = last_contact(matter_of(follow_up)) or follow_up.opened_on
    next_on = current_workdays().add(last, interval_for(follow_up.unit))
    return Reminders(len(days), days[-1] if days else last, next_on)


def visible_to(actor: Actor) -> QuerySet[FollowUp]:
    """Follow-ups about units in the actor's scope."""
    rows = FollowUp.objects.select_related("unit", "recipient", "opener_unit", "opened_by__person")
    return restrict(rows.prefetch_related("events"), actor, by="unit")


def addressed_to(actor: Actor) -> QuerySet[FollowUp]:
    """Follow-ups the actor is to settle: of units the actor records for directly, or naming the actor."""
    granted = Unit.objects.filter(pk__in=actor.unit_ids(Role.PREPARER))
    units = [key for unit in granted for key in own_units(unit)]
    mine = Q(unit_id__in=units)
    if actor.user.person_id is not None:
        mine |= Q(recipient_id=actor.user.person_id)
    return visible_to(actor).filter(mine)


def opened_by(actor: Actor) -> QuerySet[FollowUp]:
    """Follow-ups opened in the name of units the actor stands for."""
    return visible_to(actor).filter(opener_unit_id__in=actor.unit_ids(*SUPERIORS))


def newest_about(unit_ids: Iterable[int], kind: str, refs: Iterable[str]) -> dict[tuple[int, str], FollowUp]:
    """The newest follow-up of each gap among these units and references, open or closed; withdrawn ones do not count."""
    rows = FollowUp.objects.filter(unit_id__in=set(unit_ids), origin_kind=kind, origin_ref__in=set(refs))
    rows = rows.exclude(state=FollowUp.State.WITHDRAWN).select_related("unit").order_by("id")
    return {(row.unit_id, row.origin_ref): row for row in rows.prefetch_related("events")}


def recipients_in(unit: Unit, day: date) -> list[Person]:
    """Persons a follow-up may name: those in office, the secretary first; then its account holders; else its members."""
    posts = Post.objects.filter(on_day(day), unit=unit).select_related("person").order_by("id")
    found = [post.person for post in sorted(posts, key=lambda post: RANKS.index(post.title))]
    accounts = Grant.objects.filter(unit=unit, valid_to=None, role__in=[Role.PREPARER, Role.APPROVER])
    found += Person.objects.filter(pk__in=accounts.values("user__person_id"))
    return list(dict.fromkeys(found)) or list(members_on(unit, day)[:50])


def readers_of(follow_up: FollowUp) -> list[User]:
    """Accounts a digest about it goes to: the named person's; without one, those that record for the unit."""
    active = User.objects.filter(is_active=True).select_related("person")
    named = list(active.filter(person_id=follow_up.recipient_id))
    if named:
        return named
    holders = Grant.objects.filter(unit_id=follow_up.unit_id, role=Role.PREPARER, valid_to=None)
    return list(active.filter(pk__in=holders.values("user_id")).order_by("pk"))
