"""How a state looks: the marks of duties, and the mark of a person's hand for what is stated."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yibenzhang.requirements import judging
from yibenzhang.responsibility.models import ItemVersion, ResponsibilityItem
from yibenzhang.responsibility.standing import STATED, Progress, Step
from yibenzhang.web.requirements.asked import LOOKS

if TYPE_CHECKING:
    from yibenzhang.web.responsibility.following import Follow

STATE_LOOKS = LOOKS | {STATED: "hand"}


@dataclass(frozen=True)
class Row:
    """An item for a line of a table."""

    item: ResponsibilityItem
    version: ItemVersion
    progress: Progress | None
    look: str
    follow: "Follow | None" = None


def look_of(progress: Progress) -> str:
    """The kind of mark; what a rule only recommends, or the unit asks of itself, is never red."""
    if progress.state == judging.OVERDUE and progress.strength != "shall":
        return "hint"
    return STATE_LOOKS[progress.state]


def row_of(item: ResponsibilityItem, progress: Progress | None, day: date) -> Row:
    """An item as it stands on a day."""
    return Row(item, item.version_on(day), progress, look_of(progress) if progress else "todo")


def step_rows(steps: tuple[Step, ...]) -> list[tuple[Step, str]]:
    """Milestones with their marks."""
    return [(step, STATE_LOOKS[step.state]) for step in steps]


def counts_with_looks(counts: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """(look, word, number) of counted states; a word that is not the state's own is a reminder."""
    return [
        (
            "hint" if state == judging.OVERDUE and word != judging.WORDS[state] else STATE_LOOKS[state],
            word,
            number,
        )
        for state, word, number in counts
    ]
