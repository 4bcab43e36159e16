"""The state of a matter follows from its posted vouchers; where it came from, from the voucher that opened it."""

from collections.abc import Iterable
from datetime import date

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.vouchers.models import Matter, MatterLink, Voucher, VoucherMatter


def refresh(matter_ids: Iterable[int]) -> None:
    """Recompute state, opening and closing dates of these matters from their posted vouchers in order of event."""
    ids = list(matter_ids)
    if not ids:
        return
    kinds = current_catalogue().matter_kinds
    steps: dict[int, list[tuple[str, date]]] = {}
    rows = VoucherMatter.objects.filter(matter_id__in=ids, voucher__state=Voucher.State.POSTED)
    rows = rows.order_by("voucher__event_date", "voucher_id")
    for key, moves_to, day in rows.values_list("matter_id", "moves_to", "voucher__event_date"):
        steps.setdefault(key, []).append((moves_to, day))
    for key, code in Matter.objects.filter(pk__in=ids).values_list("pk", "kind"):
        kind = kinds.get(code)
        closing = {state.code for state in kind.states if state.closed} if kind else set()
        moves = steps.get(key, [])
        reached = [move for move in moves if move[0]]
        begins = kind.states[0].code if kind and moves else ""
        Matter.objects.filter(pk=key).update(
            state=reached[-1][0] if reached else begins,
            opened_on=moves[0][1] if moves else None,
            closed_on=reached[-1][1] if reached and reached[-1][0] in closing else None,
        )


def link_origins(matter: Matter, named: Iterable[Matter | str]) -> None:
    """Link a new matter to the matters named beside it whose kind leads to its kind (topic → problem → project)."""
    kinds = current_catalogue().matter_kinds
    origins = [other for other in named if isinstance(other, Matter) and other.pk != matter.pk]
    MatterLink.objects.bulk_create(
        MatterLink(source=origin, target=matter)
        for origin in {other.pk: other for other in origins}.values()
        if origin.kind in kinds and matter.kind in kinds[origin.kind].links_to
    )
