"""The article with its figures marked: paragraphs cut at the claims, for pages and sheets."""

from collections import Counter
from dataclasses import dataclass

from yibenzhang.checking.results import Line
from yibenzhang.checking.verdicts import (
    AGREES,
    APPROXIMATE,
    DIFFERS,
    NEEDS_PERSON,
    NO_RECORD,
    NOT_CHECKABLE,
    OTHER,
    WORDS,
)
from yibenzhang.reading.claims.sections import is_numbered
from yibenzhang.reading.model import Reading

# The kind of status (colour and sign) of each verdict; the sign's meaning is the same on every page.
KINDS = {
    AGREES: "ok",
    APPROXIMATE: "ok",
    DIFFERS: "bad",
    OTHER: "chg",
    NO_RECORD: "none",
    NOT_CHECKABLE: "na",
    NEEDS_PERSON: "hand",
}
# Verdicts in the order a reader deals with them.
ORDER = (DIFFERS, OTHER, NO_RECORD, NEEDS_PERSON, NOT_CHECKABLE, APPROXIMATE, AGREES)


@dataclass(frozen=True)
class Part:
    """A run of text, or a marked figure when `line` is there."""

    text: str
    line: Line | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or heading of the article in parts."""

    parts: list[Part]
    is_heading: bool


def paragraphs(reading: Reading, lines: list[Line]) -> list[Paragraph]:
    """The clean text by paragraph with the figures of `lines` marked. A figure inside another is not marked twice."""
    found, start = [], 0
    waiting = sorted(lines, key=lambda line: (line.claim.start, -line.claim.end))
    for text in reading.clean_text.split("\n"):
        end = start + len(text)
        inside = [line for line in waiting if start <= line.claim.start and line.claim.end <= end]
        if text.strip():
            found.append(Paragraph(_parts(text, start, inside), _is_heading(text)))
        start = end + 1
    return found


def _parts(text: str, offset: int, lines: list[Line]) -> list[Part]:
    parts, at = [], 0
    for line in lines:
        start, end = line.claim.start - offset, line.claim.end - offset
        if start < at:
            continue
        if start > at:
            parts.append(Part(text[at:start]))
        parts.append(Part(text[start:end], line))
        at = end
    if at < len(text):
        parts.append(Part(text[at:]))
    return parts


def _is_heading(text: str) -> bool:
    return len(text) <= 40 and is_numbered(text) and not text.rstrip().endswith(("。", "；", "，"))


def counts(lines: list[Line]) -> list[tuple[str, str, str, int]]:
    """(verdict, word, kind of status, how many) for the verdicts that occur, in the order of dealing with them."""
    tally = Counter(line.verdict for line in lines)
    return [(verdict, WORDS[verdict], KINDS[verdict], tally[verdict]) for verdict in ORDER if tally[verdict]]
