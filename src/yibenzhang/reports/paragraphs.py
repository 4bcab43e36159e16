"""Paragraphs of a report's text: headings are told by their official numbers, 一、 （一） 1. （1）."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from yibenzhang.kernel.errors import BookError
from yibenzhang.reports.tokens import ChartToken, PictureToken, Piece, split

LONGEST = 400_000
_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}、"),
    re.compile(r"^（[一二三四五六七八九十]{1,3}）"),
    re.compile(r"^\d{1,2}\.(?!\d)"),
    re.compile(r"^（\d{1,2}）"),
)
_LONGEST_HEADING = 40
_SENTENCE = re.compile(r"[。；！？]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\ufeff]")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its number in the text; `level` 1–4 for headings, 0 for body text."""

    number: int
    level: int
    pieces: tuple[Piece, ...]


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs of a tidy text; one stands on one line, empty lines are left out.

    Charts and photographs stand between paragraphs: inside a line they part it.
    """
    pieces = (group for line in text.split("\n") for group in _parted(split(line)))
    for number, group in enumerate(pieces):
        yield Paragraph(number, heading_level("".join(map(str, group))), group)


def _parted(pieces: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    for _, group in groupby(pieces, key=lambda piece: isinstance(piece, ChartToken | PictureToken)):
        found = tuple(group)
        if any(str(piece).strip() for piece in found):
            yield found


def heading_level(line: str) -> int:
    """1–4 for a short numbered line that is no sentence, else 0."""
    if len(line) > _LONGEST_HEADING or _SENTENCE.search(line):
        return 0
    return next((level for level, mark in enumerate(_LEVELS, start=1) if mark.match(line)), 0)


def tidy(text: str) -> str:
    """Text as stored: lines trimmed (full-width indents go, the layout makes them), controls and blank runs removed.

    Raises BookError above 400 000 characters. Markup is not interpreted anywhere: `<script>` stays seven letters.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    if len(text) > LONGEST:
        raise BookError(f"正文有 {len(text):,} 字，超过 {LONGEST:,} 字。请拆成几份报告。", field="text")
    lines = (_CONTROL.sub("", line).strip(" \t\u3000\xa0") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
