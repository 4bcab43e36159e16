"""What holds whatever was recorded: value = trace, parents and children, reversals, as-of."""

from datetime import date, timedelta
from typing import Any, ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.ledger.bookkeeping import Bureau
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.breakdown import by_child, by_month
from yibenzhang.indicators.figures import figure
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import aggregate, trace
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.models import Posting
from yibenzhang.ledger.queries import position
from yibenzhang.ledger.rebuild import differences
from yibenzhang.ledger.verify import verify

WATCHED = [
    "life.theme_party_days", "life.theme_party_day_attendance", "training.own_attendance", "training.persons",
    "training.officers_days", "emergency.casualties", "honour.advanced_unit_streak", "liaison.counties",
    "training.subject_coverage", "series.interviews",
]  # fmt: skip
PROGRAMMES = ["thematic_education", "plenum_study", "letter_reply_study"]
DAYS = st.integers(0, 720).map(lambda n: date(2023, 1, 5) + timedelta(days=n))
LINKS = st.lists(st.sampled_from(PROGRAMMES), unique=True, max_size=2)
PEOPLE = st.lists(st.sampled_from(["a0", "a1", "b0", "c2"]), unique=True, min_size=1)
BRANCH = st.sampled_from(["a", "b", "c"])

acts = st.one_of(
    st.builds(lambda u, d, p, w, o: ("joint_theme_party_day", u, d, {"programmes": p, "people": {"attendees": w},
              "participants": [x for x in o if x != u]}), BRANCH, DAYS, LINKS, PEOPLE, st.lists(BRANCH, unique=True)),
    st.builds(lambda d, p, w, a, n: ("training_course", "agency", d, {"programmes": p, "people": {"trainees": w},
              "audience": a, "days": n}), DAYS, LINKS, PEOPLE, st.sampled_from(["other", "party_affairs_officer"]), st.integers(1, 9)),
    st.builds(lambda d, n: ("emergency_response", "bureau", d, {"event_type": "snow_ice", "casualties": n}), DAYS, st.integers(0, 3)),
    st.builds(lambda d, t: ("honour_series", "committee", d, {"series": "advanced_unit", "term_number": t}), DAYS, st.integers(1, 6)),
    st.builds(lambda d, p: ("liaison_assignment", "committee", d, {"programmes": p, "target_type": "county"}), DAYS, LINKS),
    st.builds(lambda u, d, p: ("interview", "committee", d, {"programmes": p}), BRANCH, DAYS, LINKS),
)  # fmt: skip
stories = st.lists(st.tuples(acts, st.booleans()), min_size=1, max_size=9)


class WhateverWasRecorded(TestCase):
    """Each example is a story of records, some of them reversed, in a small bureau."""

    bureau: ClassVar[Bureau]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.bureau = Bureau().open()

    def tell(self, story: list[Any]) -> list[int]:
        """Post the story; return the positions along the way."""
        positions = []
        for (kind, unit, day, content), reversed_after in story:
            voucher = self.bureau.post(kind, unit, day, **content)
            if reversed_after:
                self.bureau.reverse(voucher)
            positions.append(position())
        return positions

    def questions(self, unit: str = "bureau") -> list[Question]:
        """Some questions about a unit."""
        spans = ["2023", "2024", "2023-01-05..2024-03-17"]
        return [
            Question(self.bureau.units[unit], parse_period(span), programme=programme)
            for span in spans
            for programme in ("", "plenum_study")
        ]

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(stories)
    def test_value_is_the_aggregate_of_the_trace(self, story: list[Any]) -> None:
        self.tell(story)
        for code in WATCHED:
            indicator = current_catalogue().indicator(code)
            for unit in ("bureau", "agency", "a", "committee"):
                for question in self.questions(unit):
                    value = figure(indicator, question).value
                    total = aggregate(indicator, trace(indicator, question))
                    assert total == value or (total is None and value in (None, 0)), (code, question)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(stories)
    def test_parts_and_whole(self, story: list[Any]) -> None:
        self.tell(story)
        for code in ("life.theme_party_day_attendance", "training.own_attendance", "life.theme_party_days"):
            indicator = current_catalogue().indicator(code)
            question = Question(self.bureau.units["bureau"], parse_period("2024"))
            whole = figure(indicator, question).value or 0
            children = sum((f.value or 0) for _, f in by_child(indicator, question))
            months = sum((f.value or 0) for f in by_month(indicator, question))
            assert whole == months
            assert whole == children if indicator.aggregation == "sum" else whole <= children

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(stories)
    def test_reversed_lines_sum_to_zero_and_the_book_is_sound(self, story: list[Any]) -> None:
        self.tell([(act, True) for act, _ in story])
        assert sum(Posting.objects.values_list("quantity", flat=True)) == 0
        assert all(
            figure(current_catalogue().indicator(code), q).value in (None, 0)
            for code in WATCHED
            for q in self.questions()
        )
        assert verify().damage is None
        assert list(differences()) == []

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(stories, stories)
    def test_as_of_a_position_nothing_later_matters(self, before: list[Any], after: list[Any]) -> None:
        here = self.tell(before)[-1]
        indicators = [current_catalogue().indicator(code) for code in WATCHED]
        then = [figure(i, q).value for i in indicators for q in self.questions()]
        self.tell(after)
        at = [Question(q.unit, q.period, q.programme, q.scope, here) for q in self.questions()]
        assert [figure(i, q).value for i in indicators for q in at] == then
