"""Checking a page against the ledger as a multiple of reading it, over the test pages.

python -m benchmarks.checking [small|large]
"""

import sys
from pathlib import Path

from benchmarks.home import LARGE, SMALL, open_home
from benchmarks.timing import measure

PAGES = Path(__file__).resolve().parents[1] / "tests" / "reading" / "pages"


def main(size_name: str) -> None:
    """Print the report."""
    open_home(SMALL if size_name == "small" else LARGE)
    from yibenzhang.checking.article import Setting
    from yibenzhang.checking.checker import check
    from yibenzhang.kernel.periods import parse_period
    from yibenzhang.ledger.models import Posting
    from yibenzhang.organisation.models import Unit
    from yibenzhang.reading import read_page

    pages = [path.read_bytes() for path in sorted(PAGES.iterdir()) if path.suffix in {".txt", ".html"}]
    readings = [read_page(page) for page in pages]
    setting = Setting(Unit.objects.get(code="bureau-0"), parse_period("2024"), ())
    claims = sum(len(reading.claims) for reading in readings)
    floor = measure(f"reading {len(pages)} pages", lambda: [read_page(page) for page in pages], runs=5)
    ours = measure(
        f"checking their {claims} figures", lambda: [check(reading, setting) for reading in readings], runs=5
    )
    print(f"{Posting.objects.count():,} postings")
    print(floor.line(floor))
    print(ours.line(floor))
    print(f"{len(pages) / ours.median * 1000:.1f} pages a second, {ours.median / claims:.1f} ms a figure")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "large")
