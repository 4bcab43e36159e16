"""Who answers the cells of a form: the ledger at a position, or what a person decided."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from yibenzhang.catalogue.barred import barred_in, refusal
from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator, Kind
from yibenzhang.indicators.batches import figures, vouchers_behind
from yibenzhang.indicators.figures import NONE, NOT_APPLICABLE, VALUE, Figure
from yibenzhang.indicators.selection import Question
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for, units_below
from yibenzhang.superior_forms.answers import (
    BARRED,
    DECLARED,
    FILLED,
    LEFT,
    OPEN,
    UNRECORDED,
    Answer,
    combined,
    in_cell,
    shown_as,
    typed,
)
from yibenzhang.superior_forms.fields import Field
from yibenzhang.superior_forms.models import Decision, FormCell, SuperiorForm
from yibenzhang.superior_forms.wording import CHANGE, PREVIOUS, RATE, period_by, stamped

_ASSESSING = re.compile(r"考核|考评|评分|得分|分值|评比")


@dataclass
class Filler:
    """Answers the cells of a form; equal questions are asked once and those of one unit and period together."""

    form: SuperiorForm
    position: int = 0
    day: date | None = None
    catalogue: Catalogue = field(default_factory=current_catalogue)
    _units: dict[str, Unit | None] = field(default_factory=dict)
    _found: dict[tuple[str, Question], Figure] = field(default_factory=dict)

    def answers(self, cells: Iterable[FormCell], *, counted: bool = False) -> list[Answer]:
        """An answer for each cell, in their order; `counted` says on how many vouchers each rests."""
        pairs = [(cell, cell.field) for cell in cells]
        wanted: dict[Question, dict[str, Indicator]] = {}
        for cell, _ in pairs:
            for indicator, question in self._needs(cell):
                wanted.setdefault(question, {})[indicator.code] = indicator
        counts: dict[tuple[str, Question], int] = {}
        for question, indicators in wanted.items():
            for answer in figures(indicators.values(), question):
                self._found[answer.indicator.code, question] = answer
            if counted:
                behind = vouchers_behind(indicators.values(), question)
                counts |= {(code, question): count for code, count in behind.items()}
        return [self._answer(cell, asked, counts) for cell, asked in pairs]

    def question_of(
        self, decision: Decision, indicator: Indicator, rule: str | None = None
    ) -> Question | None:
        """What a decision asks of the ledger; None when its unit is not below the form's."""
        unit = self._unit(decision.target)
        if unit is None:
            return None
        rule = decision.rule if rule is None else rule
        scope = "subtree" if decision.target else indicator.scope
        return Question(unit, period_by(rule, self.form.span), decision.programme, scope, self.position)

    def _needs(self, cell: FormCell) -> list[tuple[Indicator, Question]]:
        indicator = self.catalogue.indicators.get(cell.indicator)
        if cell.kind != Decision.Kind.FIGURE or indicator is None:
            return []
        rules = ["", PREVIOUS] if cell.rule in {CHANGE, RATE} else [cell.rule]
        questions = [self.question_of(cell, indicator, rule) for rule in rules]
        return [(indicator, question) for question in questions if question is not None]

    def _unit(self, code: str) -> Unit | None:
        if not code or code == self.form.unit.code:
            return self.form.unit
        if code not in self._units:
            self._units[code] = units_below([self.form.unit_id]).filter(code=code).first()
        return self._units[code]

    def _answer(self, cell: FormCell, asked: Field, counts: dict[tuple[str, Question], int]) -> Answer:
        if barred := self.barred(asked):
            return Answer(cell, asked, BARRED, why=barred)
        if cell.kind == Decision.Kind.FIGURE:
            return self._figure(cell, asked, counts)
        if cell.kind == Decision.Kind.DECLARED:
            return Answer(cell, asked, DECLARED, typed(cell.text), cell.text, f"{cell.reason}；{cell.source}")
        if cell.kind == Decision.Kind.FOOTER:
            text = self._footer(asked)
            return Answer(cell, asked, FILLED if text else LEFT, text or None, text)
        if cell.kind == Decision.Kind.LEFT:
            return Answer(cell, asked, LEFT, why="选择了不填")
        if cell.kind == Decision.Kind.NOBODY or not cell.proposals:
            return Answer(cell, asked, UNRECORDED, why=cell.hint or _nobody(asked))
        return Answer(cell, asked, OPEN, why=cell.hint or "还没有确认取哪个指标")

    def barred(self, asked: Field) -> str:
        """Why the relief rules do not let this be asked; "" when they say nothing."""
        said = "，".join((*asked.rows, *asked.columns))
        around = f"{self.form.title} {asked.section}"
        found = barred_in(said, assessed=bool(_ASSESSING.search(around)))
        return refusal(found[0]) if found else ""

    def _footer(self, asked: Field) -> str:
        day = self.day or today_for(self.form.unit)
        if asked.footer == "inside":
            text = stamped(asked.text, self.form.unit.name, day)
            return "" if text == asked.text.rstrip() else text
        words = {"unit": self.form.unit.name, "day": f"{day.year}年{day.month}月{day.day}日"}
        return words.get(asked.footer, "")

    def _figure(self, cell: FormCell, asked: Field, counts: dict[tuple[str, Question], int]) -> Answer:
        needs = self._needs(cell)
        if not needs:
            code = cell.indicator or cell.target
            return Answer(cell, asked, OPEN, why=f"“{code}”已不在目录或本单位之下，请另选指标。")
        found = [self._found[indicator.code, question] for indicator, question in needs]
        indicator, question = needs[0]
        missing = next((each for each in found if each.state != VALUE), None)
        if missing is not None:
            return self._empty(cell, asked, missing.state, missing.indicator, missing.question)
        value = combined(cell.rule, [each.value for each in found if each.value is not None])
        if value is None:
            return Answer(
                cell,
                asked,
                NOT_APPLICABLE,
                why="上年同期是 0，算不出增减幅度。",
                indicator=indicator,
                question=question,
            )
        return self._valued(
            cell, asked, value, indicator, question, counts.get((indicator.code, question), 0)
        )

    def _valued(
        self, cell: FormCell, asked: Field, value: Fraction, indicator: Indicator, question: Question, vouchers: int
    ) -> Answer:  # fmt: skip
        written = in_cell(value, asked, indicator, cell.rule)
        shown = shown_as(written, asked)
        return Answer(cell, asked, FILLED, written, shown, "", value, indicator, question, vouchers=vouchers)

    def _empty(
        self, cell: FormCell, asked: Field, state: str, indicator: Indicator, question: Question
    ) -> Answer:
        word = UNRECORDED if state in {NONE, UNRECORDED} else NOT_APPLICABLE
        dash = "—" if word == NOT_APPLICABLE and self.form.dashes else ""
        why = self._missing(word, indicator, question)
        kinds = self._kinds(indicator)
        return Answer(cell, asked, word, dash or None, dash, why, None, indicator, question, kinds)

    def restored(self, cell: FormCell, state: str, value: Fraction | None, vouchers: int) -> Answer:
        """A figure as it was frozen: nothing is asked of the ledger. `cell` carries the decision of that time."""
        asked = cell.field
        needs = self._needs(cell)
        if not needs:
            return Answer(cell, asked, state, why="指标已不在目录里。")
        indicator, question = needs[0]
        if value is not None:
            return self._valued(cell, asked, value, indicator, question, vouchers)
        return self._empty(cell, asked, state, indicator, question)

    def _missing(self, state: str, indicator: Indicator, question: Question) -> str:
        where = f"{question.period.label}{question.unit}"
        if state == NOT_APPLICABLE:
            return f"{where}没有可记“{indicator.name}”的组织，不适用。"
        kinds = "、".join(kind.name for kind in self._kinds(indicator))
        return f"{where}台账里没有“{indicator.name}”的记录。" + (f"要记的凭证：{kinds}。" if kinds else "")

    def _kinds(self, indicator: Indicator) -> tuple[Kind, ...]:
        kinds = (
            kind
            for code in indicator.all_accounts()
            for kind in self.catalogue.kinds_by_account.get(code, ())
        )
        return tuple({kind.code: kind for kind in kinds}.values())[:4]


def _nobody(asked: Field) -> str:
    if asked.is_choice:
        return "这一格要从列表里选，请人工核定。"
    return "目录里没有这项指标，账上没人记。可搜索指标、人工核定或不填。"
