"""Which persons an actor may see: those whose membership or post is in scope today; administrators also former ones."""

from django.db.models import Q, QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.organisation.models import Membership, Person, Post
from yibenzhang.organisation.models.dated import on_day
from yibenzhang.organisation.queries import today_for


def people_for(actor: Actor, *roles: str) -> QuerySet[Person]:
    """Persons within scope under these roles (all roles when none is named).

    Who has moved away is no longer seen by the old unit at once (security.md P5); an administrator still finds them,
    because former facts may have to be corrected.
    """
    day = today_for(actor.home_unit())
    now = on_day(day) | Q(valid_from__gt=day)
    current = Q(pk__in=restrict(Membership.objects.filter(now), actor, *roles, by="unit").values("person_id"))
    current |= Q(pk__in=restrict(Post.objects.filter(now), actor, *roles, by="unit").values("person_id"))
    if actor.has(Role.ADMINISTRATOR) and (not roles or Role.ADMINISTRATOR in roles):
        ever = restrict(Membership.objects.all(), actor, Role.ADMINISTRATOR, by="unit").values("person_id")
        held = restrict(Post.objects.all(), actor, Role.ADMINISTRATOR, by="unit").values("person_id")
        current |= Q(pk__in=ever) | Q(pk__in=held)
    return Person.objects.filter(current)
