"""The small pages beside this file, each with what a careful clerk reads in it (name.json)."""

import json
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "pages"
EXPECTED = sorted(PAGES.glob("*.json"))


def page_of(expected: Path) -> Path:
    """The page an expectation belongs to."""
    return next(path for path in PAGES.glob(f"{expected.stem}.*") if path.suffix != ".json")


def load_expected(path: Path) -> dict[str, Any]:
    """Title, date, source, editor, captions, clean_text, claims and inconsistencies of one page."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
