"""What a terminal shows: tables in columns, progress on stderr, JSON."""

import json
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TextIO
from unicodedata import east_asian_width


def print_json(data: object) -> None:
    """Print data for programs: UTF-8, indented, keys in the order given."""
    print(json.dumps(data, ensure_ascii=False, indent=2))


def width(text: str) -> int:
    """Columns a text takes in a terminal; a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[int] = ()) -> None:
    """Print rows in aligned columns; the columns numbered in `right` are aligned to the right."""
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        cells = []
        for column, cell in enumerate(line):
            gap = " " * (widths[column] - width(cell))
            cells.append(gap + cell if column in right else cell + gap)
        print("  ".join(cells).rstrip())


class Progress:
    """How far long work has come, on stderr: one line that changes on a terminal, few lines in a log."""

    def __init__(self, total: int = 0, *, stream: TextIO | None = None) -> None:
        self.total = total
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()
        self.text = ""
        self.done = 0
        self._shown_at = 0.0
        self._shown = ""

    def __call__(self, text: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done and, when known, how much of it."""
        is_news = text != self.text
        self.text, self.done, self.total = text, done, total or self.total
        every = 0.1 if self.live else 5.0
        if is_news or time.monotonic() - self._shown_at >= every:
            self._show()

    def finish(self) -> None:
        """Show the last state and end the line."""
        self._show()
        if self.live and self._shown:
            self.stream.write("\n")

    def _show(self) -> None:
        count = f" {self.done:,}" if self.done else ""
        share = f"/{self.total:,}（{self.done * 100 // self.total}%）" if self.done and self.total else ""
        line = f"{self.text}{count}{share}"
        self._shown_at = time.monotonic()
        if line == self._shown:
            return
        self._shown = line
        self.stream.write(f"\r\x1b[K{line}" if self.live else f"{line}\n")
        self.stream.flush()
