"""The reading of who reviews: what waits, what was posted lately, which branches this month covers."""

from typing import Any

from yibenzhang.access.scope import Actor, restrict, units_for
from yibenzhang.ledger.models import Entry
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.queries import waiting_for
from yibenzhang.web.workbench.posted import branch_coverage, months_at, posted_in, terms_due, weekday

MOST_WAITING, MOST_POSTED, MOST_KINDS, MOST_TERMS = 8, 8, 8, 5


def committee_reading(actor: Actor) -> dict[str, Any]:
    """Context of `workbench/committee.html`."""
    home = actor.home_unit()
    today = today_for(home)
    months = months_at(today)
    waiting = waiting_for(actor).select_related("unit").defer("values", "search_key")
    oldest = list(waiting[:MOST_WAITING])
    coverage = branch_coverage(actor, units_for(actor), months.now)
    recent = restrict(Entry.objects.all(), actor, by="voucher__lineage").select_related("voucher__unit")
    return {
        "unit": home,
        "today": today,
        "weekday": weekday(today),
        "months": months,
        "waiting": oldest,
        "oldest_days": max((today - oldest[0].recorded_on).days, 0) if oldest else 0,
        "coverage": coverage[:MOST_KINDS],
        "least": min(coverage, key=lambda each: each.recorded, default=None),
        "posted_now": posted_in(actor, months.now).count(),
        "recent": recent.defer("voucher__values", "line_digests").order_by("-number")[:MOST_POSTED],
        "terms": terms_due(actor, today)[:MOST_TERMS],
    }
