"""Duties on the workbench: a sentence for what is due here, and one for the units below."""

from typing import Any

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.queries import today_for
from yibenzhang.requirements import judging
from yibenzhang.requirements.due import due
from yibenzhang.requirements.duties import duties
from yibenzhang.web.requirements.due import my_units, row_of

SHOWN = 6


def duties_reading(actor: Actor) -> dict[str, Any]:
    """Context of `requirements/workbench.html`.

    Below means all units in scope; there only rules that say 应当 and count records are looked at, so that the page stays
    quick in a large book.
    """
    today = today_for(actor.home_unit())
    mine = due(my_units(actor), today)
    overdue = [
        duty for duty in mine if duty.state == judging.OVERDUE and duty.requirement.strength == "shall"
    ]
    opened = [duty for duty in mine if duty.state == judging.OPEN]
    found: dict[str, Any] = {
        "duties_overdue": len(overdue),
        "duties_open": len(opened),
        "duties_rows": [row_of(duty) for duty in [*overdue, *opened][:SHOWN]],
    }
    if actor.has(Role.APPROVER, Role.READER, Role.ADMINISTRATOR):
        year = parse_period(f"{today.year:04d}")
        below = [
            duty
            for duty in duties(units_for(actor), year, requirements=_counted())
            if duty.state == judging.OVERDUE and duty.requirement.strength == "shall"
        ]
        found["below_overdue"] = len(below)
        found["below_units"] = len({duty.unit.pk for duty in below})
    return found


def _counted() -> list[Requirement]:
    rules = current_catalogue().requirements.values()
    return [rule for rule in rules if rule.strength == "shall" and rule.measure and rule.measure.indicator]
