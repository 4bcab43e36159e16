"""Every figure of the two reports comes out of the demo ledger, exactly."""

from __future__ import annotations

import pytest

from tests.demo.figures import FIGURES, Expected
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.figures import figure
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("expected", FIGURES, ids=str)
def test_the_ledger_gives_the_reported_figure(demo_book: None, expected: Expected) -> None:
    indicator = current_catalogue().indicator(expected.indicator)
    unit = Unit.objects.get(code=expected.unit)
    for period in expected.periods:
        question = Question(unit, parse_period(period), expected.programme, expected.scope)
        answer = figure(indicator, question)
        assert expected.holds(answer.value), f"{period}：{answer.shown}"
