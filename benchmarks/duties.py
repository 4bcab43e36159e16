"""The matrix of duties, and all duties of a year, against the same check as one hand-made SQL query.

python -m benchmarks.duties [small|large|huge]
"""

import sys
import time

from benchmarks.home import HUGE, LARGE, SMALL, open_home
from benchmarks.timing import measure

# What somebody would write who asks for one monthly duty of all branches: who lacks it, who recorded it late.
BY_HAND = """
SELECT l.unit_id, p.month, COUNT(DISTINCT p.voucher_id), COUNT(DISTINCT CASE WHEN v.recorded_on <= '2024-12-31' THEN p.voucher_id END)
FROM ledger_posting p JOIN organisation_lineage l ON l.id = p.lineage_id JOIN vouchers_voucher v ON v.id = p.voucher_id
WHERE p.account = %s AND p.month BETWEEN 202401 AND 202412 AND p.sign = 1
AND p.entry_id NOT IN (SELECT reverses FROM ledger_entry WHERE reverses IS NOT NULL) GROUP BY 1, 2
"""
ACCOUNTS = [
    "life.general_meeting", "life.committee_meeting", "life.theme_party_day", "life.party_lecture", "care.visit",
    "integrity.education", "contest.knowledge_test", "exchange.public_talk", "life.talk_members", "life.talk_committee",
    "life.talk_committee_member", "research.field_visit",
]  # fmt: skip


def main(size_name: str) -> None:
    """Print the report."""
    size = {"small": SMALL, "large": LARGE, "huge": HUGE}[size_name]
    open_home(size)
    from django.db import connection

    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.catalogue.requirement import Requirement
    from yibenzhang.kernel.periods import parse_period
    from yibenzhang.organisation.models import Unit
    from yibenzhang.requirements.duties import duties

    branches = list(Unit.objects.filter(unit_type="branch").order_by("position", "id"))
    period, catalogue = parse_period("2024"), current_catalogue()
    monthly = [
        Requirement.model_validate(
            catalogue.requirement("ZB-06").model_dump()
            | {"measure": {"indicator": code}, "cadence": "month", "code": "ZB-06"}
        )
        for code in _indicators(ACCOUNTS)
    ]

    def by_hand() -> None:
        with connection.cursor() as cursor:
            for account in ACCOUNTS:
                cursor.execute(BY_HAND, [account])
                cursor.fetchall()

    def matrix() -> int:
        return sum(1 for _ in duties(branches, period, requirements=monthly))

    runs = 5 if size_name != "huge" else 1
    floor = measure("12 hand-made queries", by_hand, runs=runs)
    ours = measure(f"{len(branches)} branches x 12 months x 12 duties", matrix, runs=runs)
    print(f"{matrix():,} duties in the matrix")
    print(floor.line(floor))
    print(ours.line(floor))
    start, worked = time.perf_counter(), time.process_time()
    count = sum(1 for _ in duties(branches, period))
    taken, work = time.perf_counter() - start, time.process_time() - worked
    rules = len({duty.requirement.code for duty in duties(branches[:50], period)})
    print(
        f"all {rules} rules that bind a branch, a year: {count:,} duties in {taken:.1f} s, {work:.1f} s of processor "
        f"= {taken * 1000 / floor.median:.1f} × {floor.name}"
    )


def _indicators(accounts: list[str]) -> list[str]:
    """For each account an indicator that counts just it."""
    from yibenzhang.catalogue.loading import current_catalogue

    by_account = {
        indicator.accounts[0]: code
        for code, indicator in current_catalogue().indicators.items()
        if len(indicator.accounts) == 1
    }
    return [by_account[account] for account in accounts]


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "large")
