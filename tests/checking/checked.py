"""A checked article in the small world."""

from __future__ import annotations

from tests.worlds import World
from yibenzhang.access.models import User
from yibenzhang.checking.article import find_setting
from yibenzhang.checking.models import CheckedArticle
from yibenzhang.checking.services import advance, keep_article
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.reading import read_page


def checked(
    world: World, text: str, *, unit: Unit | None = None, by: User | None = None, period: str = "2023"
) -> CheckedArticle:
    """The text read, kept and checked in full: for branch one by its secretary, unless told otherwise."""
    reading = read_page(text)
    setting = find_setting(reading, units=[], unit=unit or world.branch, period=parse_period(period))
    check = keep_article(reading, setting, by=by or world.secretary)
    while not advance(check, seconds=60):
        pass
    return check.article
