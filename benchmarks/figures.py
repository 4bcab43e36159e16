"""All figures of a bureau for a year against one SQL GROUP BY over the same table.

python -m benchmarks.figures [small|large]
"""

import sys

from benchmarks.home import LARGE, SMALL, open_home
from benchmarks.timing import measure


def main(size_name: str) -> None:
    """Print the report."""
    open_home(SMALL if size_name == "small" else LARGE)
    from django.db import connection

    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.indicators.batches import figures
    from yibenzhang.indicators.selection import Question
    from yibenzhang.kernel.periods import parse_period
    from yibenzhang.ledger.models import Posting
    from yibenzhang.organisation.models import Unit

    unit = Unit.objects.get(code="bureau-0")
    catalogue = current_catalogue()
    indicators = [
        i for i in catalogue.indicators.values() if catalogue.home[("indicators", i.code)] in unit.book.packs
    ]
    question = Question(unit, parse_period("2024"))

    def plain_sql() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT p.account, SUM(p.quantity), COUNT(*) FROM ledger_posting p WHERE p.month BETWEEN 202401 AND 202412 "
                "AND p.lineage_id IN (SELECT lineage_id FROM organisation_lineagemember WHERE ancestor_id = %s) "
                "GROUP BY p.account",
                [unit.pk],
            )
            cursor.fetchall()

    floor = measure("one GROUP BY by account", plain_sql, runs=7)
    ours = measure(
        f"{len(indicators)} figures of a bureau-year", lambda: figures(indicators, question), runs=7
    )
    print(f"{Posting.objects.count():,} postings")
    print(floor.line(floor))
    print(ours.line(floor))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "large")
