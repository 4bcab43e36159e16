"""Headings and the section every line stands in: 一, 二.一, or the words of a heading without a number."""

import re
from collections.abc import Sequence

_FIRST = re.compile(
    r"^(?:第?([一二三四五六七八九十]{1,3})(?:、|[.．]|章|部分)|([一二三四五六七八九十]{1,3})[，,](?=\S{2,16}$))"
)
_SECOND = re.compile(r"^[（(]([一二三四五六七八九十]{1,3})[)）]")
_THIRD = re.compile(r"^(?:(\d{1,2})[.、．](?!\d)|[（(](\d{1,2})[)）])")
_SENTENCE_MARK = re.compile(r"[。；;，,！!？?：:\t]$|[。；！？\t]|\d+[\d,.]*(?:%|人|名|个|次)")
_LONGEST_HEADING = 32


def is_numbered(line: str) -> bool:
    """True for a line that opens a numbered section: 一、…, （二）…, 3.…"""
    return bool(_FIRST.match(line) or _SECOND.match(line) or _THIRD.match(line))


def is_plain_heading(line: str) -> bool:
    """True for a short line that is no sentence: 党员结构不断优化."""
    return len(line) <= _LONGEST_HEADING and not _SENTENCE_MARK.search(line)


def sections_of(lines: Sequence[str], plain_headings: bool = True) -> list[str]:
    """The section of every line; a heading belongs to the section it opens."""
    first = second = ""
    sections = []
    for line in lines:
        if match := _FIRST.match(line):
            first, second = match[1] or match[2], ""
        elif match := _SECOND.match(line):
            second = match[1]
        elif plain_headings and is_plain_heading(line) and not _THIRD.match(line):
            first, second = line, ""
        sections.append(".".join(part for part in (first, second) if part))
    return sections
