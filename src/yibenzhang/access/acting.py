"""For whom and as what one may act: the one answer, and the frame of every act (DESIGN: the act refuses, not the page).

One acts for the units a grant covers, and for an administrative unit in sight through a Party body it holds: the staff of
the agency Party committee (机关党委) writes the bureau's plans, notices, lists and reports.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Q, QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.organisation.models import Placement, Unit

P = ParamSpec("P")
R = TypeVar("R")

WRITING = (Role.PREPARER, Role.APPROVER)
ACTS: dict[str, Callable[..., object]] = {}  # every public write by its dotted name: what tests walk
_asked: ContextVar[bool] = ContextVar("asked", default=False)


class NotAllowedError(BookError):
    """The actor sees the unit but holds no grant to act for it in this way; the message names the roles that do."""


def acting_units(actor: Actor, *roles: str) -> QuerySet[Unit]:
    """Visible units the actor acts for under any of these roles, in organisational order."""
    if not actor.has(*roles):
        return Unit.objects.none()
    bodies = [code for code, entry in current_catalogue().unit_types.items() if entry.party_body]
    direct = units_for(actor, *roles).order_by().values("pk")
    held = Placement.objects.filter(unit__in=direct, unit__unit_type__in=bodies)
    holders = Unit.objects.filter(pk__in=held.values("parent_id")).exclude(unit_type__in=bodies)
    return units_for(actor).filter(Q(pk__in=direct) | Q(pk__in=holders.order_by().values("pk")))


def acts_for(actor: Actor, unit: Unit, *roles: str) -> bool:
    """True when the actor acts for this unit under any of these roles."""
    return acting_units(actor, *roles).filter(pk=unit.pk).exists()


def authorise(actor: Actor, unit: Unit, *roles: str) -> None:
    """Let an act pass, or refuse it.

    Raises `Unit.DoesNotExist` (a 404 on the wire) when the unit is out of sight, NotAllowedError when it is in sight but
    not the actor's to act for.
    """
    if acts_for(actor, unit, *roles):
        allow()
        return
    if not units_for(actor).filter(pk=unit.pk).exists():
        raise Unit.DoesNotExist("单位不在您的范围内。")
    names = "、".join(Role(role).label for role in roles)
    raise NotAllowedError(f"您不是{unit}的{names}，不能办这件事；请由有权的人办理。")


def allow() -> None:
    """Say that access was asked about this act and granted on other grounds than a unit; the caller says which."""
    _asked.set(True)


def was_asked() -> bool:
    """True inside an act that has asked; tests refuse every changed row outside one."""
    return _asked.get()


def act(function: Callable[P, R]) -> Callable[P, R]:
    """A public write: one transaction in which access is asked before a row changes. Named in `ACTS`."""

    @wraps(function)
    def acting(*args: P.args, **kwargs: P.kwargs) -> R:
        before = _asked.set(False)
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        finally:
            _asked.reset(before)

    ACTS[f"{function.__module__}.{function.__qualname__}"] = acting
    return acting
