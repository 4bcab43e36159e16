"""A figure as it stands in a text: its own clause, the sentence and the paragraph around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CLAUSE = re.compile(r"[，,。；;：:！!？?、\t\n]")
_JOINED = re.compile(r"[，,。；;：:！!？?\t\n]")
_SENTENCE = re.compile(r"[。！!？?\n]")
_OPENERS = "（(“‘《"
_OF_WHOLE = re.compile(r"其中[^，,。；;、]{0,16}$")
_CHANGE = re.compile(
    r"(?:比|较|同比)[^，,。；;、]{0,12}?(?:(增加|增长|提高|上升|新增|多)|(减少|下降|降低|少))了?$"
)
_PART = re.compile(r"[\s（(]*(?:其中|含|包括|内有)")


@dataclass(frozen=True)
class Mention:
    """A stated quantity with what may tell what it counts.

    `near` is its own clause, `joined` the clauses strung together with 、 that share a predicate (24 名党员、14 个党支部荣获
    表彰), `around` the sentence without the clauses of its other figures, `paragraph` the line.
    `is_part` says that the figure is given as a part of another (其中),
    `change` that it is a rise (1) or fall (-1) against the year before and no total.
    """

    value: float
    unit: str
    near: str
    joined: str
    around: str
    paragraph: str
    measure: str = ""
    is_part: bool = False
    change: int = 0


def mention_at(
    text: str,
    start: int,
    end: int,
    *,
    value: float,
    unit: str,
    measure: str = "",
    others: Sequence[tuple[int, int]] = (),
) -> Mention:
    """The mention of the figure that stands at text[start:end]; `others` are the places of the text's other figures.

    What stands beside another figure is about that one: 投入资金98万元，采购农产品84万元 says nothing of the 84 with
    投入资金. A part keeps the clause of its whole: 发展党员33名，其中女党员6名.
    """
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end)
    high = len(text) if high < 0 else high
    near, joined, around = (
        _bounds(text, start, end, mark, low, high) for mark in (_CLAUSE, _JOINED, _SENTENCE)
    )
    own = text[near[0] : near[1]]
    if text[low : near[0]].endswith("\t"):
        own = f"{_cell_before(text[low : near[0]])}，{own}"
    said = text[around[0] : around[1]]
    if not _PART.match(own):
        taken = [
            _bounds(text, *span, _CLAUSE, low, high) for span in others if around[0] <= span[0] < around[1]
        ]
        said = _without(
            text, around, [span for span in taken if span[1] <= joined[0] or span[0] >= joined[1]]
        )
    return Mention(
        value,
        unit,
        own,
        text[joined[0] : joined[1]],
        said,
        text[low:high],
        measure,
        bool(_OF_WHOLE.search(text[low:start])),
        _change_before(text[low:start]),
    )


def _change_before(text: str) -> int:
    """1 or -1 when the text up to the figure says by how much something rose or fell, else 0."""
    found = _CHANGE.search(text)
    if found is None:
        return 0
    return 1 if found[1] else -1


def _cell_before(row: str) -> str:
    """The cell to the left of a table's figure: what it counts, in tables of two columns."""
    return row.rstrip("\t").rpartition("\t")[2]


def _without(text: str, span: tuple[int, int], gaps: Sequence[tuple[int, int]]) -> str:
    """A span of the text with some stretches left out; what is left does not run together."""
    kept, at = [], span[0]
    for left, right in sorted(gaps):
        if left >= at:
            kept.append(text[at:left])
        at = max(at, right)
    return "，".join([*kept, text[at : span[1]]])


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
