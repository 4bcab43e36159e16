"""Run as a script: N reviewers approve the same waiting vouchers at the same time; prints what became of each as JSON.

`python -m tests.durability.approvers WORKERS`
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections import Counter
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier


def approve_all(number: int, keys: list[int], barrier: Barrier, results: SimpleQueue[dict[str, int]]) -> None:
    """Approve every voucher as one reviewer, each in a moment shared with all the others."""
    from yibenzhang.access.models import User
    from yibenzhang.ledger.services import AlreadyDecidedError, post_voucher
    from yibenzhang.vouchers.models import Voucher

    user = User.objects.get(username=f"reviewer-{number}")
    outcome: Counter[str] = Counter()
    for key in keys:
        voucher = Voucher.objects.get(pk=key)
        barrier.wait()
        try:
            post_voucher(voucher, actor=user)
            outcome["posted"] += 1
        except AlreadyDecidedError:
            outcome["decided"] += 1
        except Exception as error:
            outcome[f"{type(error).__name__}: {error}"] += 1
    results.put(dict(outcome))


def main(workers: int) -> None:
    """Start the reviewers and print their outcomes."""
    import django

    django.setup()
    from django.db import connections

    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.vouchers.models import Voucher

    current_catalogue()
    keys = list(Voucher.objects.filter(state="submitted").order_by("pk").values_list("pk", flat=True))
    connections.close_all()
    context = multiprocessing.get_context("fork")
    barrier, results = context.Barrier(workers), context.SimpleQueue()
    processes = [
        context.Process(target=approve_all, args=(number, keys, barrier, results))
        for number in range(workers)
    ]
    for process in processes:
        process.start()
    outcomes = [results.get() for _ in processes]
    for process in processes:
        process.join()
    total: Counter[str] = Counter()
    for outcome in outcomes:
        total.update(outcome)
    print(json.dumps({"vouchers": len(keys), "outcomes": dict(total)}, ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]))
