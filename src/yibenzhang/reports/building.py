"""Going on with a build: the next steps for about as long as a page may take, by one request at a time."""

import contextlib
import os
import time
from pathlib import Path

from yibenzhang.kernel.errors import BookError
from yibenzhang.reports.build_steps import steps_of
from yibenzhang.reports.builds import Build, begun, stop, write
from yibenzhang.reports.pdf import PdfStoppedError

HELD = 300  # seconds after which somebody's step counts as given up


def advance(build: Build, *, seconds: float) -> Build:
    """Begin or go on for about this long (one step at least). Somebody else's step under way is left alone.

    Raises BookError when a step fails; the folder is gone then, and nothing half-done is left.
    """
    build = begun(build)
    lock = build.folder / "lock"
    if build.is_done or not _taken(lock):
        return build
    started = time.monotonic()
    try:
        for step in steps_of(build):
            if not (build.folder / step.file).exists():
                write(build.folder / step.file, step.make())
                if time.monotonic() - started > seconds:
                    break
    except PdfStoppedError:
        return build
    except BookError:
        stop(build)
        raise
    except FileNotFoundError:
        # The folder was deleted while a step ran: somebody stopped the build.
        if build.folder.exists():
            raise
    finally:
        lock.unlink(missing_ok=True)
    return build


def progress(build: Build) -> tuple[int, int, str]:
    """(steps done, of how many, words for the next one)."""
    steps = steps_of(build)
    done = sum((build.folder / step.file).exists() for step in steps)
    following = next((step.text for step in steps if not (build.folder / step.file).exists()), "")
    return done, len(steps), following


def _taken(lock: Path) -> bool:
    """True when nobody else is doing a step; a lock too old belonged to a server that was ended."""
    with contextlib.suppress(FileNotFoundError):
        if time.time() - lock.stat().st_mtime > HELD:
            lock.unlink(missing_ok=True)
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except (FileExistsError, FileNotFoundError):  # somebody works on it, or has just stopped it
        return False
    return True
