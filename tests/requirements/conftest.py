import pytest

from tests.requirements.ruled_book import RuledBook


@pytest.fixture
def book(db: None) -> RuledBook:
    """A bureau whose postings the test writes."""
    return RuledBook()
