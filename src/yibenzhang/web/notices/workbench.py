"""Notices on the workbench: what nobody of the reader's unit has marked as received, and what waits for issue."""

from typing import Any

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor
from yibenzhang.notices.queries import awaiting_issue, unread_by

SHOWN = 3


def notices_reading(actor: Actor) -> dict[str, Any]:
    """Context of `notices/workbench.html`."""
    unread = unread_by(actor)
    keys = list(dict.fromkeys(unread.values_list("notice_id", flat=True)))
    return {
        "unread_count": len(keys),
        "unread_notices": list({row.notice_id: row.notice for row in unread[:20]}.values())[:SHOWN],
        "to_issue": awaiting_issue(actor).count() if actor.has(Role.APPROVER) else 0,
    }
