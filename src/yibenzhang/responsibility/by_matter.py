"""Progress of items that look at a matter's life, and of milestones that it reaches on the way."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.responsibility.models import ItemVersion, ResponsibilityItem
from yibenzhang.responsibility.proofs import Proofs, proofs_of
from yibenzhang.responsibility.standing import (
    AWAITING,
    MET,
    MET_LATE,
    OVERDUE,
    Progress,
    left,
    outstanding,
)
from yibenzhang.responsibility.steps import step_states
from yibenzhang.vouchers.models import Matter, VoucherMatter

if TYPE_CHECKING:
    from yibenzhang.responsibility.progress import Asked


@dataclass(frozen=True)
class Move:
    """A matter reached a state by a voucher; `is_posted` on the day asked, otherwise it waited for review."""

    state: str
    voucher: int
    recorded_on: date
    is_posted: bool


def assess(asked: "list[Asked]", day: date) -> dict[int, Progress]:
    """The moves of all matters are read at once."""
    moves = moves_of([version.matter for _, version in asked if version.matter is not None], day)
    said = [each for item, version in asked if version.milestones for each in item.statements.all()]
    proofs = proofs_of((each.voucher for each in said if each.voucher is not None), day)
    return {item.pk: _judge(item, version, moves, proofs, day) for item, version in asked}


def moves_of(matters: Iterable[Matter], day: date) -> dict[int, list[Move]]:
    """The states each matter reached by the end of a day, in order; what was reversed by then does not count."""
    wanted = {matter.pk: matter for matter in matters}
    if not wanted:
        return {}
    rows = list(VoucherMatter.objects.filter(matter__in=wanted).select_related("voucher__unit"))
    proofs = proofs_of((row.voucher for row in rows), day)
    found: dict[int, list[Move]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.voucher.event_date, row.pk)):
        if row.voucher_id in proofs.posted or row.voucher_id in proofs.waiting:
            state = row.moves_to or _first_state(wanted[row.matter_id])
            is_posted = row.voucher_id in proofs.posted
            found[row.matter_id].append(Move(state, row.voucher_id, row.voucher.recorded_on, is_posted))
    return found


def _first_state(matter: Matter) -> str:
    kind = current_catalogue().matter_kinds.get(matter.kind)
    return kind.states[0].code if kind else ""


def goal_states(matter: Matter) -> dict[str, str]:
    """The states that end a matter of this kind, with their names; its last state where none is marked so."""
    kind = current_catalogue().matter_kinds.get(matter.kind)
    if kind is None:
        return {}
    closed = {state.code: state.name for state in kind.states if state.closed}
    return closed or {kind.states[-1].code: kind.states[-1].name}


def _judge(
    item: ResponsibilityItem, version: ItemVersion, moves: dict[int, list[Move]], proofs: Proofs, day: date
) -> Progress:
    matter = version.matter
    if matter is None:
        return Progress(outstanding(version.deadline, day), version.deadline, left(version.deadline, day))
    own, goals = moves.get(matter.pk, []), goal_states(matter)
    done = [move for move in own if move.state in goals]
    posted = [move for move in done if move.is_posted]
    steps = step_states(item, version, day, proofs, own)
    vouchers = tuple(dict.fromkeys(move.voucher for move in own if move.is_posted))
    if posted:
        late = min(move.recorded_on for move in posted) > version.deadline
        state, reason = MET_LATE if late else MET, goals[posted[0].state]
        reason += "。期限之后才记，记为补记。" if late else "。"
    elif done:
        state, reason = AWAITING, "办结的凭证待审，入账后即完成。"
    else:
        state, reason = (
            outstanding(version.deadline, day),
            f"{_now(matter, own)}。{left(version.deadline, day)}",
        )
        missed = next((step for step in steps if step.state == OVERDUE), None)
        if missed is not None and state != OVERDUE:
            state, reason = OVERDUE, f"{reason}节点“{missed.name}”{left(missed.due, day)}"
    return Progress(state, version.deadline, f"“{matter.title}”{reason}", vouchers=vouchers, steps=steps)


def _now(matter: Matter, own: list[Move]) -> str:
    kind = current_catalogue().matter_kinds.get(matter.kind)
    names = {state.code: state.name for state in kind.states} if kind else {}
    reached = {move.state for move in own if move.is_posted}
    newest = next((name for code, name in reversed(names.items()) if code in reached), "")
    return newest or "还没有入账的凭证"
