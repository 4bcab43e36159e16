"""A small bureau with a few records of 2023, and a world with users."""

from datetime import date

import pytest

from tests.ledger.bookkeeping import Bureau
from tests.worlds import World, small_world


@pytest.fixture
def world(db: None) -> World:
    """The small world with its users."""
    return small_world()


@pytest.fixture
def bureau(db: None) -> Bureau:
    """Two studies, three counties, one emergency without casualties."""
    bureau = Bureau().open(today=date(2023, 12, 27))
    for month in (3, 4):
        bureau.post(
            "centre_group_study",
            "committee",
            date(2023, month, 8),
            programmes=["thematic_education"] * (month == 4),
        )
    for name in ("清川县", "白岭县", "云溪县"):
        bureau.post(
            "liaison_assignment", "committee", date(2023, 5, 1), target_type="county", matters={"point": name}
        )
    bureau.post("emergency_response", "bureau", date(2023, 7, 2), event_type="rainstorm", casualties=0)
    return bureau
