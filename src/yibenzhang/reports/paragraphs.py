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
LONGEST_LINE = 10_000
_BREAK = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Signs nobody sees: controls, zero widths, directions, soft hyphens, halves of characters.
_CONTROL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


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

    Raises BookError above 400 000 characters, or 10 000 in one paragraph. Markup is not interpreted anywhere: `<script>`
    stays seven letters.
    """
    if len(text) > LONGEST:
        raise BookError(f"正文有 {len(text):,} 字，超过 {LONGEST:,} 字。请拆成几份报告。", field="text")
    cleaned = (_CONTROL.sub("", line).strip(" \t\u3000\xa0") for line in _BREAK.sub("\n", text).split("\n"))
    lines = [line for line in cleaned if line]
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            raise BookError(
                f"第 {number} 段有 {len(line):,} 字，超过 {LONGEST_LINE:,} 字（开头是“{line[:12]}”）。请分成几段。",
                field="text",
            )
    return "\n".join(lines)


def tidy_line(text: str, most: int) -> str:
    """A title or a name as stored: one line without unseen signs, cut to its length."""
    return " ".join(_CONTROL.sub("", _BREAK.sub(" ", text)).split())[:most]
