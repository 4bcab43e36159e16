"""Plans on the workbench: a sentence on the tasks of the reader's own units, and those nearest to their time."""

from typing import Any

from yibenzhang.access.scope import Actor
from yibenzhang.organisation.queries import today_for
from yibenzhang.plans.queries import tasks_of
from yibenzhang.plans.standing import AWAITING, OPEN, OVERDUE
from yibenzhang.web.plans.listing import my_units, task_rows

SHOWN = 4


def plans_reading(actor: Actor) -> dict[str, Any]:
    """Context of `plans/workbench.html`."""
    today = today_for(actor.home_unit())
    rows = task_rows(actor, tasks_of(my_units(actor), today.year))
    by_state = {
        state: [row for row in rows if row["standing"].state == state] for state in (OVERDUE, OPEN, AWAITING)
    }
    return {
        "plan_tasks": len(rows),
        "plan_overdue": len(by_state[OVERDUE]),
        "plan_open": len(by_state[OPEN]),
        "plan_awaiting": len(by_state[AWAITING]),
        "plan_rows": [*by_state[OVERDUE], *by_state[OPEN]][:SHOWN],
        "plan_year": today.year,
    }
