"""Finding figures again in a Word document: its text as the reader saw it, with the way back to each character."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from yibenzhang.reading.script import simplify

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# How much of the text before and after a figure must fit, tried in this order; a bare figure proves nothing.
REACH = ((16, 16), (8, 8), (4, 4), (6, 0), (0, 6), (2, 2))


class Quoted(Protocol):
    """What is looked for: a figure with the text before and after it."""

    @property
    def quoted(self) -> str:
        """The figure as written."""

    @property
    def before(self) -> str:
        """Text before it."""

    @property
    def after(self) -> str:
        """Text after it."""


@dataclass(frozen=True)
class Place:
    """Where a figure begins and ends, each as (`w:t` element, offset in it); None when it was not found."""

    first: tuple[Any, int] | None
    last: tuple[Any, int] | None
    order: int


def places(document: Any, wanted: Sequence[Quoted]) -> list[Place]:
    """The place of each figure, looked for in text order and by what stands around it."""
    flat, index = _flat(document)
    found, cursor = [], 0
    for quote in wanted:
        at = _find(flat, quote, cursor)
        size = len(plain(quote.quoted))
        if at < 0 or not size:
            found.append(Place(None, None, -1))
            continue
        cursor = at + size
        text, offset = index[at + size - 1]
        found.append(Place(index[at], (text, offset + 1), at))
    return found


def _find(flat: str, quote: Quoted, cursor: int) -> int:
    """Position of the figure in the flat text: with as much around it as can be found, from the last figure on."""
    figure = plain(quote.quoted)
    for left, right in REACH:
        before = plain(quote.before)[-left:] if left else ""
        after = plain(quote.after)[:right]
        at = flat.find(before + figure + after, max(0, cursor - len(before)))
        if at >= 0:
            return at + len(before)
    return -1


def _flat(document: Any) -> tuple[str, list[tuple[Any, int]]]:
    """The document's text without spaces, half-width, and for each character its `w:t` and offset."""
    pieces: list[str] = []
    index: list[tuple[Any, int]] = []
    for text in document.iter(f"{W}t"):
        if any(True for _ in text.iterancestors(FALLBACK)):
            continue
        for offset, char in enumerate(text.text or ""):
            for folded in plain(char):
                pieces.append(folded)
                index.append((text, offset))
    text = "".join(pieces)
    simple = simplify([text])[0][0]
    return simple if len(simple) == len(text) else text, index


def plain(text: str) -> str:
    """Half-width, without spaces and invisible characters: what survives the reader's tidying."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if not char.isspace() and unicodedata.category(char) != "Cf")
