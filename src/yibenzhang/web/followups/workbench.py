"""Follow-ups on the workbench: one sentence for who is to settle them, one for who opened them."""

from typing import Any

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.followups.models import OPEN_STATES, FollowUp
from yibenzhang.followups.permissions import SUPERIORS
from yibenzhang.followups.queries import addressed_to, opened_by
from yibenzhang.web.followups.listing import rows_of

SHOWN = 3


def follow_ups_reading(actor: Actor) -> dict[str, Any]:
    """Context of `followups/workbench.html`."""
    found: dict[str, Any] = {"to_settle": 0, "to_settle_rows": [], "opened_open": 0, "opened_answered": 0}
    if actor.has(Role.PREPARER) or actor.user.person_id:
        rows = addressed_to(actor).filter(state=FollowUp.State.OPEN)
        found["to_settle"] = rows.count()
        found["to_settle_rows"] = rows_of(rows[:SHOWN])
    if actor.has(*SUPERIORS):
        opened = opened_by(actor).filter(state__in=OPEN_STATES)
        found["opened_open"] = opened.count()
        found["opened_answered"] = opened.filter(state=FollowUp.State.ANSWERED).count()
    return found
