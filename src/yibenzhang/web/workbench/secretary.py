"""The reading of who records for a branch: own drafts, what came back, what waits, this month against last."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, restrict
from yibenzhang.catalogue.schema import Kind
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.vouchers.models import Voucher
from yibenzhang.vouchers.services import allowed_kinds
from yibenzhang.web.workbench.posted import by_kind, months_at, posted_in, weekday

OPEN = (Voucher.State.RETURNED, Voucher.State.DRAFT, Voucher.State.SUBMITTED)
MOST = 12
QUICK = 8


def secretary_reading(actor: Actor) -> dict[str, Any]:
    """Context of `workbench/secretary.html`. Drafts belong to the post: all who record for the unit see them."""
    home = actor.home_unit()
    today = today_for(home)
    months = months_at(today)
    mine = restrict(Voucher.objects.filter(state__in=OPEN), actor, Role.PREPARER)
    counts = dict(mine.order_by().values_list("state").annotate(n=Count("id")))
    rows = mine.select_related("unit").defer("values", "search_key").order_by("-recorded_on", "-id")
    kinds = by_kind(restrict(Voucher.objects.filter(state=Voucher.State.POSTED), actor), months)
    posted = posted_in(actor, months.now)
    return {
        "unit": home,
        "today": today,
        "weekday": weekday(today),
        "months": months,
        "posted_now": sum(kind.now for kind in kinds),
        "returned": counts.get(Voucher.State.RETURNED, 0),
        "drafts": counts.get(Voucher.State.DRAFT, 0),
        "submitted": counts.get(Voucher.State.SUBMITTED, 0),
        "open_vouchers": sorted(rows[:MOST], key=lambda voucher: OPEN.index(voucher.state)),
        "posted": posted.select_related("unit")
        .defer("values", "search_key")
        .order_by("-event_date", "-id")[:5],
        "kinds": kinds,
        "quick": _usual_kinds(home, today) if home else [],
    }


def _usual_kinds(unit: Unit, today: date) -> list[Kind]:
    """The kinds the unit recorded most often in the last year, then those of the catalogue."""
    rows = Voucher.objects.filter(unit=unit, event_date__gt=today - timedelta(days=365)).order_by()
    counts = dict(rows.values_list("kind").annotate(n=Count("id")))
    return sorted(allowed_kinds(unit), key=lambda kind: -counts.get(kind.code, 0))[:QUICK]
