"""Which education reached which of 12,600 members, against the same question as one hand-made SQL query.

python -m benchmarks.coverage [small|large]
"""

import sys

from benchmarks.home import LARGE, SMALL, open_home
from benchmarks.timing import measure

KINDS = ["party_lecture", "integrity_education"]
# What somebody would write who only wants to know which member came to which kind of event in the year.
BY_HAND = """
SELECT DISTINCT x.person_id, v.kind FROM vouchers_voucherperson x JOIN vouchers_voucher v ON v.id = x.voucher_id
WHERE v.kind IN ('party_lecture', 'integrity_education') AND x.field = 'attendees' AND x.attendance = 'present'
AND v.state = 'posted' AND v.event_date >= '2024-01-01' AND v.event_date < '2025-01-01'
"""


def main(size_name: str) -> None:
    """Print the report."""
    open_home({"small": SMALL, "large": LARGE}[size_name])
    from django.db import connection

    from yibenzhang.coverage.members import coverage, unreached
    from yibenzhang.kernel.periods import parse_period
    from yibenzhang.organisation.models import Unit
    from yibenzhang.vouchers.models import VoucherPerson

    _write_names()
    units, period = Unit.objects.all(), parse_period("2024")

    def by_hand() -> int:
        with connection.cursor() as cursor:
            cursor.execute(BY_HAND)
            return len(cursor.fetchall())

    def table() -> int:
        found = coverage(units, period, period.last_day, ["base", "geology", "meteorology"])
        reach = found.reach("integrity", "all")
        return sum(each.count for each in unreached(reach, set())) if reach else 0

    branches = Unit.objects.filter(unit_type="branch").count()
    print(
        f"{branches} branches, {VoucherPerson.objects.count():,} names on lists, {by_hand():,} pairs, {table():,} not reached"
    )
    floor = measure("one hand-made query", by_hand, runs=5)
    print(floor.line(floor))
    print(measure("coverage of members", table, runs=5).line(floor))


def _write_names() -> None:
    """Once: who came to the lectures and the integrity education of 2024, nine of ten each time."""
    from yibenzhang.organisation.models import Membership
    from yibenzhang.vouchers.models import Voucher, VoucherPerson

    if VoucherPerson.objects.filter(field="attendees").exists():
        return
    members: dict[int, list[int]] = {}
    for unit, person in Membership.objects.values_list("unit_id", "person_id"):
        members.setdefault(unit, []).append(person)
    rows = Voucher.objects.filter(kind__in=KINDS, event_date__year=2024)
    names = (
        VoucherPerson(voucher_id=voucher, field="attendees", person_id=person)
        for voucher, unit in rows.values_list("pk", "unit_id")
        for number, person in enumerate(members.get(unit, []))
        if (voucher + number) % 10 or number == 0
    )
    VoucherPerson.objects.bulk_create(names, batch_size=5000)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "large")
