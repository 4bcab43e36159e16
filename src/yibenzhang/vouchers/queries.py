"""Which vouchers a user may read, and which wait for their decision."""

from django.db.models import Q, QuerySet

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, get_in_scope, lineages_for, restrict, review_units
from yibenzhang.vouchers.models import Voucher, VoucherUnit


def visible_to(actor: Actor) -> QuerySet[Voucher]:
    """Vouchers in the actor's scope. What was never submitted concerns those who record there and nobody else."""
    seen = restrict(Voucher.objects.all(), actor)
    recorded_there = restrict(Voucher.objects.all(), actor, Role.PREPARER).values("pk")
    return seen.filter(~Q(state=Voucher.State.DRAFT) | Q(pk__in=recorded_there))


def readable_by(actor: Actor) -> QuerySet[Voucher]:
    """What the actor may open: `visible_to`, and joint events in which a unit of theirs took part, once submitted."""
    joint = VoucherUnit.objects.filter(lineage_id__in=lineages_for(actor)).values("voucher_id")
    took_part = Q(pk__in=joint) & ~Q(state=Voucher.State.DRAFT)
    return Voucher.objects.filter(Q(pk__in=visible_to(actor).values("pk")) | took_part)


def reviewable_by(actor: Actor) -> QuerySet[Voucher]:
    """Vouchers of the units this actor examines, never those the actor prepared or stands behind (four eyes)."""
    if not actor.has(Role.APPROVER):
        return Voucher.objects.none()
    rows = restrict(Voucher.objects.all(), actor, Role.APPROVER).filter(unit__in=review_units(actor))
    return rows.exclude(preparer=actor.user).exclude(on_behalf_of=actor.user)


def waiting_for(actor: Actor) -> QuerySet[Voucher]:
    """What waits for this actor's decision, oldest first."""
    return reviewable_by(actor).filter(state=Voucher.State.SUBMITTED).order_by("submitted_at", "id")


def editable_by(actor: Actor, key: int) -> Voucher:
    """The voucher of that key among those the actor records; raises `DoesNotExist` for any other."""
    return get_in_scope(Voucher.objects.select_related("unit"), actor, Role.PREPARER, pk=key)
