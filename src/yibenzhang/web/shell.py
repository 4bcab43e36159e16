"""What the frame around every page shows."""

from typing import Any

from django.http import HttpRequest

from yibenzhang.access.models import Role
from yibenzhang.ledger.queries import position
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.queries import waiting_for
from yibenzhang.web.requests import actor_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """Actor, post, position of the books and the number of vouchers waiting for this reviewer."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    actor = actor_of(request)
    home = actor.home_unit()
    return {
        "actor": actor,
        "home_unit": home,
        "post_label": str(home) if home else "",
        "book_date": today_for(home),
        "ledger_position": position(),
        "waiting_count": waiting_for(actor).count(),
        "may_record": actor.has(Role.PREPARER),
        "may_review": actor.has(Role.APPROVER),
        "may_administer": actor.has(Role.ADMINISTRATOR),
    }
