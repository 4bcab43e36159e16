"""How states of plans and items look."""

from dataclasses import dataclass

from yibenzhang.plans import standing
from yibenzhang.plans.standing import WORDS, ItemStanding

LOOKS = {
    standing.DONE: "ok",
    standing.AWAITING: "wait",
    standing.OPEN: "todo",
    standing.OVERDUE: "bad",
    standing.NOT_YET_DUE: "fut",
    standing.CANCELLED: "na",
}


@dataclass(frozen=True)
class Count:
    """How many items are in a state."""

    state: str
    word: str
    number: int


def counts_of(found: list[ItemStanding]) -> list[Count]:
    """Items by state in the order of the words; states nothing is in are left out."""
    numbers = {state: sum(each.state == state for each in found) for state in WORDS}
    return [Count(state, WORDS[state], number) for state, number in numbers.items() if number]
