"""A home folder for measurements, filled once for each size and kept between runs."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Size:
    """How large a book: branches for each bureau, bureaus, years, and how many kinds a branch records each month."""

    name: str
    bureaus: int
    branches: int
    years: int
    kinds: int = 12


SMALL = Size("60-branches-1-year", 1, 60, 1)
LARGE = Size("630-branches-5-years", 9, 70, 5)
HUGE = Size("10000-branches-1-year", 100, 100, 1, kinds=3)


def open_home(size: Size) -> None:
    """Set up Django on the book of this size, building it first when it is not there."""
    place = Path(tempfile.gettempdir()) / f"yibenzhang-benchmark-{size.name}"
    os.environ["YIBENZHANG_HOME"] = str(place)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibenzhang.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    done = place / "built"
    if not done.exists():
        print(f"building {size.name} (once) …", flush=True)
        (place / "book.sqlite3").unlink(missing_ok=True)
    call_command("migrate", verbosity=0)  # a kept home may be older than the newest tables
    if not done.exists():
        from benchmarks.book import build

        build(bureaus=size.bureaus, branches=size.branches, years=size.years, kinds=size.kinds)
        done.touch()
