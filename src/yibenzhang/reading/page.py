"""A page between file and article: its lines with what the layout says about them."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(slots=True)
class Line:
    """One line or paragraph as found. ``indent`` is in half-width columns; table rows join their cells by TAB."""

    text: str
    indent: int = 0
    gap: bool = False  # a blank line stands before it
    align: Literal["", "center", "right"] = ""
    heading: bool = False
    bold: bool = False
    caption: bool = False  # stands under a picture or in a figcaption
    link_share: float = 0.0  # share of its characters that are links

    @property
    def is_row(self) -> bool:
        """True for a row of a table."""
        return "\t" in self.text


@dataclass(slots=True)
class Page:
    """All lines in order; ``body`` limits where the article stands when markup tells, ``hints`` are what it declares."""

    lines: list[Line]
    body: tuple[int, int] | None = None
    hints: dict[str, str] = field(default_factory=dict)
    printed: bool = False  # lines are lines of a printed page (PDF), so paragraphs may be broken
    marked_up: bool = False  # paragraphs and headings come from markup, not from guesses
