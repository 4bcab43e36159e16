"""Progress of items that only the responsible can tell: by milestones where there are any, else by their last word."""

from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.responsibility.models import ItemVersion, ResponsibilityItem
from yibenzhang.responsibility.proofs import Proofs, proofs_of
from yibenzhang.responsibility.standing import (
    AWAITING,
    MET,
    MET_LATE,
    OPEN,
    OVERDUE,
    STATED,
    WORDS,
    Progress,
    Step,
    left,
    outstanding,
)
from yibenzhang.responsibility.steps import last_word, step_states, told, word_state

if TYPE_CHECKING:
    from yibenzhang.responsibility.progress import Asked


def assess(asked: "list[Asked]", day: date) -> dict[int, Progress]:
    """The vouchers attached to statements are read at once."""
    said = [each for item, _ in asked for each in item.statements.all()]
    proofs = proofs_of((each.voucher for each in said if each.voucher is not None), day)
    return {item.pk: _judge(item, version, day, proofs) for item, version in asked}


def _judge(item: ResponsibilityItem, version: ItemVersion, day: date, proofs: Proofs) -> Progress:
    if version.milestones:
        return _by_steps(item, version, day, proofs)
    said = last_word(item, day)
    if said is None:
        state = outstanding(version.deadline, day)
        return Progress(state, version.deadline, f"还没有写进展。{left(version.deadline, day)}")
    reason = told(said, version.deadline)
    if not said.is_done:
        state = outstanding(version.deadline, day)
        return Progress(state, version.deadline, f"{reason}。{left(version.deadline, day)}", statement=said)
    state = word_state(said, version.deadline, proofs)
    if state == STATED and said.voucher is not None:
        reason += "（所附凭证不在账上）"
    kept = (said.voucher_id,) if said.voucher_id else ()
    return Progress(state, version.deadline, f"{reason}。", statement=said, vouchers=kept)


def _by_steps(item: ResponsibilityItem, version: ItemVersion, day: date, proofs: Proofs) -> Progress:
    steps = step_states(item, version, day, proofs)
    state = overall(steps)
    reached = sum(step.state in {MET, MET_LATE, STATED} for step in steps)
    reason = f"{len(steps)}个节点，已到{reached}个。"
    ahead = next((step for step in steps if step.state in {OVERDUE, AWAITING, OPEN}), None)
    if ahead is not None:
        reason += f"“{ahead.name}”{WORDS[ahead.state]}，{left(ahead.due, day)}"
    vouchers = tuple(dict.fromkeys(
        each.voucher_id for each in item.statements.all() if each.voucher_id in proofs.posted and each.voucher_id
    ))  # fmt: skip
    said = last_word(item, day)
    return Progress(
        state, version.deadline, reason, reached, len(steps), statement=said, vouchers=vouchers, steps=steps
    )


def overall(steps: tuple[Step, ...]) -> str:
    """The state of an item with milestones: a missed one decides; it is done when all are."""
    states = {step.state for step in steps}
    for state in (OVERDUE, AWAITING, OPEN, STATED, MET_LATE):
        if state in states:
            return state
    return MET
