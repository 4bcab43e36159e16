"""What a figure of a report comes to: at a position of the ledger, for the report's unit and period unless it says other."""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.indicators.figures import VALUE, Figure, figure
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import units_below
from yibenzhang.reports.tokens import FigureToken

if TYPE_CHECKING:
    from yibenzhang.reports.charts import ReportChart


@dataclass(frozen=True)
class Answer:
    """The figure behind a token. `value` is None without one; `message` then says why, and what to do."""

    token: FigureToken
    indicator: Indicator | None
    question: Question | None
    value: Fraction | None
    message: str = ""


@dataclass
class Evaluator:
    """Answers tokens for one report; equal questions are computed once.

    `today` bounds what counts as a complete month. `position` 0 means the newest. `drawn` holds charts by their token.
    """

    unit: Unit
    period: Period
    today: date
    position: int = 0
    catalogue: Catalogue = field(default_factory=current_catalogue)
    drawn: dict[str, "ReportChart"] = field(default_factory=dict)
    _known: dict[tuple[str, int], Answer] = field(default_factory=dict)
    _units: dict[str, Unit | None] = field(default_factory=dict)

    def answer(self, token: FigureToken) -> Answer:
        """The answer at this evaluator's position, or at the token's own when it is pinned."""
        key = (token.key, self.position)
        if key not in self._known:
            self._known[key] = self._computed(token)
        return replace(self._known[key], token=token)

    def remember(self, token: FigureToken, value: Fraction | None, message: str) -> None:
        """Take an answer that was computed before at this position."""
        self._known[(token.key, self.position)] = replace(self.resolved(token), value=value, message=message)

    def _computed(self, token: FigureToken) -> Answer:
        asked = self.resolved(token)
        if asked.indicator is None or asked.question is None:
            return asked
        if token.display == "each_month":
            return self._monthly(token, asked.indicator, asked.question)
        found = figure(asked.indicator, asked.question)
        return Answer(token, asked.indicator, asked.question, found.value, _reason(found))

    def resolved(self, token: FigureToken) -> Answer:
        """What the token asks, without computing it; `message` says what cannot be asked."""
        indicator = self.catalogue.indicators.get(token.indicator)
        if indicator is None:
            message = f"目录里没有指标“{token.indicator}”，请另选指标或人工核定。"
            return Answer(token, None, None, None, message)
        if token.programme and token.programme not in self.catalogue.programmes:
            message = f"专题“{token.programme}”已不在目录里，请另选专题。"
            return Answer(token, indicator, None, None, message)
        unit = self._unit(token.unit)
        if unit is None:
            return Answer(token, indicator, None, None, f"单位“{token.unit}”不在本报告的单位之下。")
        try:
            period = parse_period(token.period) if token.period else self.period
        except BookError as error:
            return Answer(token, indicator, None, None, error.message)
        position = token.as_of or self.position
        question = Question(unit, period, token.programme, token.scope or indicator.scope, position)
        return Answer(token, indicator, question, None)

    def _monthly(self, token: FigureToken, indicator: Indicator, question: Question) -> Answer:
        """The least of the complete months, for 每月至少."""
        months = [month for month in question.period.months() if month.last_day < self.today]
        found = [figure(indicator, replace(question, period=month)) for month in months]
        least = min((each.value or Fraction(0) for each in found), default=None)
        if not least:
            return Answer(token, indicator, question, None, "有的月份没有记录，不能说“每月”。")
        return Answer(token, indicator, question, least)

    def _unit(self, code: str) -> Unit | None:
        if not code or code == self.unit.code:
            return self.unit
        if code not in self._units:
            self._units[code] = units_below([self.unit.pk]).filter(code=code).first()
        return self._units[code]


def _reason(found: Figure) -> str:
    if found.state == VALUE:
        return ""
    if found.state == "none":
        return f"{found.question.period.label}账上未记，请补记凭证、另选指标或人工核定。"
    return "本单位不用记这一项（不适用），请另选指标。"
