"""Run as a script: for each line on stdin, fork a process that records, submits and posts until it is killed.

The child writes a line to ACKNOWLEDGED after each commit, as an HTTP answer would tell the user. Forking from a process
that has everything loaded keeps fifty rounds short. The child prints its process id when it begins.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path


def post_for_ever(acknowledged: Path, number: int) -> None:
    """Post vouchers one after the other."""
    from yibenzhang.access.models import User
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.ledger.services import post_voucher
    from yibenzhang.organisation.models import Membership, Unit
    from yibenzhang.vouchers.entry import Entry
    from yibenzhang.vouchers.services import save_draft, submit_voucher

    secretary, reviewer = (User.objects.get(username=name) for name in ("secretary", "reviewer"))
    unit = Unit.objects.get(code="geo-branch-1")
    members = [row.person for row in Membership.objects.filter(unit=unit).select_related("person")]
    print(os.getpid(), flush=True)
    with acknowledged.open("a", buffering=1) as told:
        count = 0
        while True:
            count += 1
            entry = Entry(
                unit=unit,
                kind=current_catalogue().kind("theme_party_day"),
                title=f"第 {number} 轮第 {count} 笔",
                event_date=date(2023, 1, 1 + count % 28),
                people={"attendees": [(person, "present") for person in members]},
            )
            voucher = submit_voucher(entry, save_draft(entry, preparer=secretary), actor=secretary)
            post_voucher(voucher, actor=reviewer)
            told.write(f"{voucher.pk}\n")


def main(acknowledged: Path) -> None:
    """Fork a child a line."""
    import django

    django.setup()
    import yibenzhang.ledger.services  # loaded here, so that no child spends its short life on it
    from yibenzhang.catalogue.loading import current_catalogue
    from yibenzhang.kernel.text import search_key

    assert yibenzhang.ledger.services.post_voucher
    current_catalogue()
    search_key("先把拼音字典读进来")
    for number, _ in enumerate(sys.stdin, start=1):
        child = os.fork()
        if child == 0:
            post_for_ever(acknowledged, number)
        os.waitpid(child, 0)
        print("gone", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
