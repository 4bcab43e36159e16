"""The state of a matter follows from its posted vouchers; where it came from, from the voucher that opened it."""

from collections.abc import Iterable

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.vouchers.models import Matter, MatterLink, Voucher, VoucherMatter


def refresh(matter_ids: Iterable[int]) -> None:
    """Recompute state, opening and closing dates of these matters from their posted vouchers in order of event."""
    ids = list(matter_ids)
    if not ids:
        return
    kinds = current_catalogue().matter_kinds
    steps: dict[int, list[VoucherMatter]] = {}
    rows = VoucherMatter.objects.filter(matter_id__in=ids, voucher__state=Voucher.State.POSTED)
    for row in rows.select_related("voucher").order_by("voucher__event_date", "voucher_id"):
        steps.setdefault(row.matter_id, []).append(row)
    for matter in Matter.objects.filter(pk__in=ids):
        kind = kinds.get(matter.kind)
        closing = {state.code for state in kind.states if state.closed} if kind else set()
        moves = steps.get(matter.pk, [])
        reached = [(move.moves_to, move.voucher.event_date) for move in moves if move.moves_to]
        matter.opened_on = moves[0].voucher.event_date if moves else None
        matter.state = reached[-1][0] if reached else (kind.states[0].code if kind and moves else "")
        matter.closed_on = reached[-1][1] if reached and reached[-1][0] in closing else None
        matter.save(update_fields=["state", "opened_on", "closed_on"])


def link_origins(matter: Matter, named: Iterable[Matter | str]) -> None:
    """Link a new matter to the matters named beside it whose kind leads to its kind (topic → problem → project)."""
    kinds = current_catalogue().matter_kinds
    origins = [other for other in named if isinstance(other, Matter) and other.pk != matter.pk]
    MatterLink.objects.bulk_create(
        MatterLink(source=origin, target=matter)
        for origin in {other.pk: other for other in origins}.values()
        if origin.kind in kinds and matter.kind in kinds[origin.kind].links_to
    )
