"""Where the browser for the browser tests is, and how to start it. Standard library only: dev.py asks too."""

from __future__ import annotations

import os
import shutil

CHINESE_FONT = "fonts-noto-cjk"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# Without these, the browser looks for its maker's servers at every start.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str | None:
    """Return the path of a Chromium-based browser (environment variable CHROMIUM first), or None."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def launch_flags() -> list[str]:
    """Return the command-line flags: Chromium refuses its own sandbox when started by root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, *(["--no-sandbox"] if is_root else [])]
