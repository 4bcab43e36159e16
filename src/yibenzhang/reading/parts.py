"""The parts of a page, and what counts as running text."""

import re
from dataclasses import dataclass, field

from yibenzhang.reading.furniture import CARD, CRUMB, INFO, SITE_NAME, is_credit, is_tail
from yibenzhang.reading.page import Line

SENTENCE = re.compile(r"[。；！？;]|[，,][^，,]*[，,]")
STOP = re.compile(r"[。！？!?；;：:，,]$")
_LONG = 45


@dataclass(slots=True)
class Article:
    """The parts of a page. ``head`` and ``tail`` keep what metadata are read from."""

    head: list[Line] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)


def is_prose(line: Line) -> bool:
    """True for running text: long, or ending like a sentence, and no furniture."""
    text = line.text
    if CARD.search(text):
        return False
    if INFO.search(text) and len(text) < 120 and not SENTENCE.search(text):
        return False
    if CRUMB.search(text) or is_tail(text) or is_credit(text) or line.link_share > 0.5:
        return False
    return bool(SENTENCE.search(text)) or (len(text) > _LONG) or (line.is_row and not SITE_NAME.search(text))
