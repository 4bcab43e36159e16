"""From what was found to a state: pure functions, one for each manner of judging."""

from datetime import date

from yibenzhang.requirements.inquiry import Tally
from yibenzhang.requirements.windows import Window

MET, MET_LATE, AWAITING = "met", "met_late", "awaiting_review"
OPEN, OVERDUE, NOT_YET, NOT_APPLICABLE = "open", "overdue", "not_yet_due", "not_applicable"
WORDS = {
    MET: "按期",
    MET_LATE: "补记",
    AWAITING: "待审",
    OPEN: "期内未记",
    OVERDUE: "逾期未记",
    NOT_YET: "未到期",
    NOT_APPLICABLE: "不适用",
}
ADVICE = {"general": "提醒", "local": "单位要求"}
AT_ONCE = {"programme", "prior", "quorum", "ceiling", "structure"}


def by_count(tally: Tally, needed: int, window: Window, as_of: date) -> str:
    """The state of a duty to record something so many times."""
    if tally.on_time >= needed:
        return MET
    if tally.found >= needed:
        return MET_LATE
    if tally.found + tally.waiting >= needed:
        return AWAITING
    if as_of > window.deadline:
        return OVERDUE
    return NOT_YET if as_of < window.opens else OPEN


def at_once(tally: Tally, needed: int, window: Window, as_of: date) -> str:
    """The state of a rule that each occasion or the unit's set-up fulfils or does not: nothing can be recorded later."""
    if as_of < window.start:
        return NOT_YET
    return MET if tally.found >= needed else OVERDUE


def word(state: str, strength: str, *, immediate: bool = False) -> str:
    """The word for a screen: what is lacking is 提醒 where the rule says 一般, 单位要求 where it is the unit's own."""
    if state != OVERDUE:
        return WORDS[state]
    return ADVICE.get(strength) or ("未满足" if immediate else WORDS[OVERDUE])
