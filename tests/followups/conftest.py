import pytest

from tests.followups.followed import Followed, followed


@pytest.fixture
def book(db: None) -> Followed:
    """A bureau whose branch lags behind."""
    return followed()
