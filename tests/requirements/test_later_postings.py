"""The state as of a day never depends on what is posted, reversed or submitted after it."""

from datetime import date, timedelta
from typing import ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.requirements.ruled_book import RuledBook
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements.duties import duties

ACCOUNTS = ["life.theme_party_day", "life.general_meeting", "life.committee_meeting", "life.talk_members"]
AS_OF = date(2024, 8, 10)
acts = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.sampled_from(ACCOUNTS),
        st.integers(0, 250),  # day of the year it happened
        st.integers(0, 40),  # days until recorded
        st.integers(0, 90),  # days from recording to the review
        st.booleans(),  # reversed a fortnight later
    ),
    max_size=10,
)


class AsOfADay(TestCase):
    """Each example is a stream of records; the book is asked in the middle and again at the end."""

    book: ClassVar[RuledBook]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.book = RuledBook()
        for code in ("a", "b"):
            cls.book.unit(code, "branch")

    def answers(self) -> list[tuple[object, ...]]:
        found = duties(Unit.objects.filter(code__in=["a", "b"]), parse_period("2024"), as_of=AS_OF)
        return [(d.requirement.code, d.unit.code, d.window.code, d.state, d.found, d.needed) for d in found]

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(acts)
    def test_nothing_later_matters(self, told: list[tuple[str, str, int, int, int, bool]]) -> None:
        later = []
        for code, account, happened, until_recorded, until_posted, undone in told:
            day = date(2024, 1, 1) + timedelta(days=happened)
            recorded = day + timedelta(days=until_recorded)
            posted = recorded + timedelta(days=until_posted)
            unit = Unit.objects.get(code=code)
            if posted > AS_OF:
                later.append((unit, account, day, recorded, posted, undone))
                continue
            voucher = self.book.posted(unit, account, day, recorded=recorded, posted=posted)
            if undone:
                later.append((voucher, posted + timedelta(days=14)))
        before = self.undone_by_then(later)
        then = self.answers()
        for act in before:
            if len(act) == 2:
                self.book.reverse(*act)
            else:
                unit, account, day, recorded, posted, _ = act
                if recorded > AS_OF:
                    self.book.posted(unit, account, day, recorded=recorded, posted=posted)
        assert self.answers() == then

    def undone_by_then(self, acts: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
        """Carry out what had happened by the day, and give back what happens after it."""
        remaining = []
        for act in acts:
            if len(act) == 2 and act[1] <= AS_OF:  # type: ignore[operator]
                self.book.reverse(*act)  # type: ignore[arg-type]
            else:
                remaining.append(act)
        return remaining

    def test_a_record_that_waited_still_waited_then(self) -> None:
        """A voucher submitted before the day and posted after it was 待审 on the day, before and after the posting."""
        unit, day = Unit.objects.get(code="a"), date(2024, 7, 9)
        self.book.posted(unit, "life.theme_party_day", day, recorded=day, posted=date(2024, 9, 1))
        assert self.book.state("ZB-06", unit, "2024-07", AS_OF) == "awaiting_review"
        assert self.book.state("ZB-06", unit, "2024-07", date(2024, 9, 1)) == "met"
