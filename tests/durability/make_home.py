"""Run as a script: a real home on disk, or a database at DATABASE_URL, with the small world and vouchers in it.

`python -m tests.durability.make_home POSTED WAITING REVIEWERS`, the home being YIBENZHANG_HOME.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta


def main(posted: int, waiting: int, reviewers: int) -> None:
    """Fill the home."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.worlds import FOUNDED, small_world
    from yibenzhang.access.models import Grant, Role, User

    world = small_world()
    for number in range(reviewers):
        user = User.objects.create(username=f"reviewer-{number}")
        Grant.objects.create(user=user, unit=world.committee, role=Role.APPROVER, valid_from=FOUNDED)
    first = date(2023, 1, 2)
    for number in range(posted):
        world.posted(world.entry(first + timedelta(days=number), title=f"主题党日 {number}"))
    for number in range(waiting):
        world.submitted(world.entry(first + timedelta(days=number), title=f"待审 {number}"))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
