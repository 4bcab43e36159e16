"""Grouped readings answer what single ones do: every month, every sub-unit, values and words alike."""

from dataclasses import replace
from typing import Any, ClassVar

from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from tests.indicators.test_properties import WATCHED, stories
from tests.ledger.bookkeeping import Bureau
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.batches import figures
from yibenzhang.indicators.breakdown import by_child, by_month, coverage, coverages
from yibenzhang.indicators.figures import figure
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.periods import parse_period
from yibenzhang.ledger.queries import position


class GroupedReadings(TestCase):
    """Each example is a story of records, some of them reversed."""

    bureau: ClassVar[Bureau]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.bureau = Bureau().open()

    def tell(self, story: list[Any]) -> None:
        """Post the story."""
        for (kind, unit, day, content), is_reversed in story:
            voucher = self.bureau.post(kind, unit, day, **content)
            if is_reversed:
                self.bureau.reverse(voucher)

    def questions(self) -> list[Question]:
        """Units, programmes, scopes and positions."""
        year = parse_period("2024")
        units = self.bureau.units
        half = max(position() // 2, 1)
        return [
            Question(units["bureau"], year),
            Question(units["agency"], parse_period("2023-01-05..2024-03-17"), programme="plenum_study"),
            Question(units["bureau"], year, position=half),
            Question(units["agency"], year, scope="own"),
        ]

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(stories)
    def test_each_group_is_what_its_own_question_answers(self, story: list[Any]) -> None:
        self.tell(story)
        for code in WATCHED:
            indicator = current_catalogue().indicator(code)
            for question in self.questions():
                for grouped in by_month(indicator, question):
                    single = figure(indicator, grouped.question)
                    assert (grouped.state, grouped.value) == (single.state, single.value), (
                        code,
                        grouped.question,
                    )
                for child, grouped in by_child(indicator, question):
                    single = figure(indicator, replace(question, unit=child, scope="subtree"))
                    assert (grouped.state, grouped.value) == (single.state, single.value), (code, child)

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(stories)
    def test_a_batch_answers_what_each_indicator_answers_alone(self, story: list[Any]) -> None:
        self.tell(story)
        indicators = list(current_catalogue().indicators.values())
        for question in self.questions():
            many = [(answer.state, answer.value) for answer in figures(indicators, question)]
            assert many == [(one.state, one.value) for one in (figure(each, question) for each in indicators)]

    @settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
    @given(stories)
    def test_coverage_of_many_is_the_coverage_of_each(self, story: list[Any]) -> None:
        self.tell(story)
        indicators = [current_catalogue().indicator(code) for code in WATCHED]
        question = Question(self.bureau.units["bureau"], parse_period("2024"))
        many = coverages(indicators, question)
        for indicator in indicators:
            single = coverage(indicator, question)
            assert many[indicator.code] == (single.recorded, single.expected)
