"""A figure as it stands in a text: its own clause, the sentence and the paragraph around it."""

import re
from dataclasses import dataclass

_CLAUSE = re.compile(r"[，,。；;：:！!？?、\t\n]")
_JOINED = re.compile(r"[，,。；;：:！!？?\t\n]")
_SENTENCE = re.compile(r"[。！!？?\n]")
_OPENERS = "（(“‘《"


@dataclass(frozen=True)
class Mention:
    """A stated quantity with what may tell what it counts.

    `near` is its own clause, `joined` the clauses strung together with 、 that share a predicate (24 名党员、14 个党支部荣获
    表彰), `around` the sentence, `paragraph` the line.
    """

    value: float
    unit: str
    near: str
    joined: str
    around: str
    paragraph: str
    measure: str = ""


def mention_at(text: str, start: int, end: int, *, value: float, unit: str, measure: str = "") -> Mention:
    """The mention of the figure that stands at text[start:end]."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    windows = [
        _bounds(text, start, end, mark, line_start, line_end) for mark in (_CLAUSE, _JOINED, _SENTENCE)
    ]
    near, joined, around = (text[left:right] for left, right in windows)
    return Mention(value, unit, near, joined, around, text[line_start:line_end], measure)


def _bounds(text: str, start: int, end: int, mark: re.Pattern[str], low: int, high: int) -> tuple[int, int]:
    """The span around the figure up to the next mark on either side that is not inside quotes or brackets."""
    left, depth = start, 0
    while left > low:
        char = text[left - 1]
        depth += char in "）)”’》"
        depth -= depth > 0 and char in _OPENERS
        if depth == 0 and mark.match(char):
            break
        left -= 1
    right, depth = end, 0
    while right < high:
        char = text[right]
        depth += char in _OPENERS
        depth -= depth > 0 and char in "）)”’》"
        if depth == 0 and mark.match(char):
            break
        right += 1
    return left, right
