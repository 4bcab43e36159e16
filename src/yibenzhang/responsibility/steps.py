"""How the milestones of an item stand: reached by a state of its matter, or by the word of the responsible."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.responsibility.models import ItemVersion, ResponsibilityItem, Statement
from yibenzhang.responsibility.proofs import Proofs
from yibenzhang.responsibility.standing import (
    AWAITING,
    MET,
    MET_LATE,
    NOT_YET,
    OPEN,
    STATED,
    Step,
    dated,
    left,
    outstanding,
)
from yibenzhang.responsibility.wording import Milestone, milestones_of

if TYPE_CHECKING:
    from yibenzhang.responsibility.by_matter import Move


def step_states(
    item: ResponsibilityItem, version: ItemVersion, day: date, proofs: Proofs, moves: "Sequence[Move]" = ()
) -> tuple[Step, ...]:
    """The milestones in order; of those still ahead only the next is 期内未记, the rest 未到期."""
    steps: list[Step] = []
    next_is_taken = False
    for milestone in milestones_of(version):
        step = (
            _by_matter(milestone, version, moves, day)
            if milestone.state
            else _by_word(milestone, item, day, proofs)
        )
        if step.state == OPEN:
            step = replace(step, state=NOT_YET) if next_is_taken else step
            next_is_taken = True
        steps.append(step)
    return tuple(steps)


def _by_matter(milestone: Milestone, version: ItemVersion, moves: "Sequence[Move]", day: date) -> Step:
    kind = current_catalogue().matter_kinds.get(version.matter.kind) if version.matter else None
    order = [state.code for state in kind.states] if kind else []
    beyond = set(order[order.index(milestone.state) :]) if milestone.state in order else set()
    reached = sorted((move for move in moves if move.state in beyond), key=lambda move: move.recorded_on)
    posted = [move for move in reached if move.is_posted]
    if posted:
        state = MET if posted[0].recorded_on <= milestone.due else MET_LATE
        return Step(milestone.name, milestone.due, state, f"{dated(posted[0].recorded_on)}记账")
    state = AWAITING if reached else outstanding(milestone.due, day)
    return Step(milestone.name, milestone.due, state, "" if reached else left(milestone.due, day))


def _by_word(milestone: Milestone, item: ResponsibilityItem, day: date, proofs: Proofs) -> Step:
    said = last_word(item, day, milestone.name)
    if said is None or not said.is_done:
        return Step(milestone.name, milestone.due, outstanding(milestone.due, day), left(milestone.due, day))
    return Step(
        milestone.name, milestone.due, word_state(said, milestone.due, proofs), told(said, milestone.due)
    )


def last_word(item: ResponsibilityItem, day: date, milestone: str = "") -> Statement | None:
    """The newest statement about the item (or its milestone) made by the day."""
    said = [each for each in item.statements.all() if each.milestone == milestone and each.on <= day]
    return said[-1] if said else None


def word_state(said: Statement, due: date, proofs: Proofs) -> str:
    """The state of what is said to be done: as its voucher stands, and 自述 without one that stands in the books."""
    if said.voucher is not None and said.voucher_id in proofs.posted:
        return MET if said.voucher.recorded_on <= due else MET_LATE
    if said.voucher_id in proofs.waiting:
        return AWAITING
    return STATED


def told(said: Statement, due: date) -> str:
    """Who said so and when, in words."""
    late = "，期限之后" if said.on > due else ""
    return f"{said.by.label}{dated(said.on)}自述{late}：{said.text.rstrip('。')}"
