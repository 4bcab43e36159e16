import pytest

from tests.worlds import World, small_world


@pytest.fixture
def world(db: None) -> World:
    """The small world."""
    return small_world()
