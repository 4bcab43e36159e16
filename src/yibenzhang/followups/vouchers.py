"""Which posted vouchers of a unit fit a follow-up, to close it by."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.followups.gaps import SATISFIED
from yibenzhang.followups.models import FollowUp
from yibenzhang.requirements.duties import Duty
from yibenzhang.requirements.evidence import vouchers_of
from yibenzhang.vouchers.models import Voucher

BEFORE = timedelta(days=60)
MOST = 40


def fitting(follow_up: FollowUp, duty: Duty | None, readable: QuerySet[Voucher]) -> list[Voucher]:
    """Posted vouchers to propose, those that bear on the duty first; else what the unit recorded around the opening."""
    own = Q(unit=follow_up.unit_id) | Q(participants__unit=follow_up.unit_id)
    posted = readable.filter(own, state=Voucher.State.POSTED).distinct()
    found: list[Voucher] = []
    if duty is not None:
        found += posted.filter(pk__in=vouchers_of(duty, current_catalogue())).order_by("-event_date", "-pk")
    lately = posted.filter(recorded_on__gte=follow_up.opened_on - BEFORE).order_by("-recorded_on", "-pk")
    return list(dict.fromkeys([*found, *lately[:MOST]]))[:MOST]


def settling(duty: Duty | None, readable: QuerySet[Voucher]) -> Voucher | None:
    """The newest voucher that met a duty; None while it is not met, or when no voucher met it."""
    if duty is None or duty.state not in SATISFIED:
        return None
    rows = readable.filter(pk__in=vouchers_of(duty, current_catalogue()), state=Voucher.State.POSTED)
    return rows.order_by("-event_date", "-pk").first()
