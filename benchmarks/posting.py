"""Posting through the service against bare `bulk_create` of as many rows, in vouchers and lines a second.

python -m benchmarks.posting
"""

import os
import tempfile
import time
from datetime import date


def main(count: int = 400) -> None:
    """Print the report."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["YIBENZHANG_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yibenzhang.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        _run(count)


def _run(count: int) -> None:
    from django.db import transaction

    from tests.ledger.bookkeeping import Bureau
    from yibenzhang.ledger.models import Posting
    from yibenzhang.ledger.services import post_voucher

    bureau = Bureau().open()
    day = date(2024, 3, 5)
    waiting = [
        bureau.submit("theme_party_day", "abc"[n % 3], day, people={"attendees": ["a0", "a1"]})
        for n in range(count)
    ]
    start = time.perf_counter()
    for voucher in waiting:
        post_voucher(voucher, actor=bureau.reviewer)
    ours = time.perf_counter() - start
    copies = list(Posting.objects.all())
    with transaction.atomic():
        for number, posting in enumerate(copies):
            posting.pk, posting.line = None, posting.line + 100 + number % 2
        start = time.perf_counter()
        Posting.objects.bulk_create(copies)
        bare = time.perf_counter() - start
        transaction.set_rollback(True)
    lines = len(copies)
    print(f"post_voucher, one transaction each: {count / ours:8.0f} vouchers/s, {lines / ours:8.0f} lines/s")
    print(
        f"bare bulk_create of the same lines: {lines / bare:8.0f} lines/s = {bare and ours / bare:.1f} × the time for ours"
    )


if __name__ == "__main__":
    main()
