"""The small bureau as a fixture."""

import pytest

from tests.ledger.bookkeeping import Bureau


@pytest.fixture
def bureau(db: None) -> Bureau:
    """A bureau with an open book and nothing recorded."""
    return Bureau().open()
