"""Picking by typing: by key when a suggestion was chosen, by exact name otherwise; what fits nobody stays as text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

SEPARATORS = re.compile(r"[、，,;；\s]+")


@dataclass(frozen=True)
class Pick:
    """One thing that can be picked: what the form sends, its name, and a note that tells namesakes apart."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Picked:
    """The outcome for one field: what was found, the text left over, choices for it, and what to tell the user."""

    found: list[Any]
    leftover: str = ""
    candidates: tuple[Pick, ...] = ()
    message: str = ""


class Finder(Protocol):
    """Where picks of one sort come from, already limited to what the user may name."""

    noun: str
    separates: bool  # several names may be typed in one line

    def by_keys(self, keys: Sequence[str]) -> list[Any]:
        """Things by the keys a form sent, in that order; unknown ones are left out."""

    def by_names(self, names: Sequence[str]) -> dict[str, list[Any]]:
        """Things by exact name."""

    def search(self, fragment: str) -> list[Any]:
        """The first few whose name, pinyin or initials hold the fragment."""

    def picks(self, things: Sequence[Any]) -> list[Pick]:
        """How things are shown."""

    def advice(self, name: str) -> str:
        """What to do when nothing has this name."""


def pick(finder: Finder, keys: Sequence[str], typed: str) -> Picked:
    """Resolve one field: keys chosen and names typed. Names that fit nobody, or several, stay as text."""
    found = finder.by_keys(keys)
    names = [name for name in SEPARATORS.split(typed) if name] if finder.separates else [typed.strip()]
    names = [name for name in dict.fromkeys(names) if name]
    chosen = {label.label for label in finder.picks(found)} if names else set()
    open_names = [name for name in names if name not in chosen]
    by_name = finder.by_names(open_names) if open_names else {}
    left, candidates, messages = [], [], []
    for name in open_names:
        namesakes = by_name.get(name, [])
        if len(namesakes) == 1:
            if namesakes[0] not in found:
                found.append(namesakes[0])
            continue
        left.append(name)
        if namesakes:
            candidates += finder.picks(namesakes)
            messages.append(f"“{name}”有 {len(namesakes)} {finder.noun}同名，请勾选是哪一{finder.noun[:1]}。")
        else:
            messages.append(finder.advice(name))
    return Picked(found, "、".join(left), tuple(candidates), "".join(messages))
