"""The numbers of a text and the state each is in: 相符, 已变, 未匹配, 人工核定."""

from dataclasses import dataclass
from fractions import Fraction

from yibenzhang.reports.display import written
from yibenzhang.reports.evaluation import Answer, Evaluator
from yibenzhang.reports.tokens import BrokenToken, DeclaredToken, FigureToken, Token

MATCHED, CHANGED, UNMATCHED, DECLARED = "matched", "changed", "unmatched", "declared"
WORDS = {MATCHED: "相符", CHANGED: "已变", UNMATCHED: "未匹配", DECLARED: "人工核定"}
Seen = dict[str, str]
"""What the writer last saw: key of a figure → value and position of the ledger, `185@1268` or `2/3@1268`."""


@dataclass(frozen=True)
class Mark:
    """One number of the text. `shown` stands in the text, `now` is what the ledger says today.

    `token` is None for a number typed without a figure. `section` is the number of the paragraph it stands in.
    """

    number: int
    state: str
    shown: str
    token: Token | None
    answer: Answer | None = None
    value: Fraction | None = None
    now: str = ""
    message: str = ""
    paragraph: int = 0

    @property
    def word(self) -> str:
        """The state in Chinese."""
        return WORDS[self.state]

    @property
    def anchor(self) -> str:
        """Its name inside a page or document: f12."""
        return f"f{self.number}"

    @property
    def is_open(self) -> bool:
        """True while the report may not be issued because of it."""
        return self.state in {CHANGED, UNMATCHED}


def mark_of(token: Token, number: int, paragraph: int, evaluator: Evaluator, seen: Seen) -> Mark:
    """The mark of one token: a figure that moved since the writer saw it shows the value seen."""
    if isinstance(token, DeclaredToken):
        complete = bool(token.text and token.reason and token.source)
        message = "" if complete else "人工核定须写明理由和出处。"
        return Mark(
            number,
            DECLARED if complete else UNMATCHED,
            token.text,
            token,
            message=message,
            paragraph=paragraph,
        )
    if isinstance(token, BrokenToken):
        return Mark(number, UNMATCHED, token.raw, token, message=token.message, paragraph=paragraph)
    return _figure_mark(token, number, paragraph, evaluator, seen)


def _figure_mark(token: FigureToken, number: int, paragraph: int, evaluator: Evaluator, seen: Seen) -> Mark:
    answer = evaluator.answer(token)
    before = value_of(seen.get(token.key, "").partition("@")[0])
    value = answer.value if before is None else before
    indicator = answer.indicator
    now = written(token, indicator, answer.value) if indicator and answer.value is not None else ""
    shown = written(token, indicator, value) if indicator and value is not None else "（缺）"
    if answer.value is None:
        return Mark(
            number, UNMATCHED, shown, token, answer, value, message=answer.message, paragraph=paragraph
        )
    state = MATCHED if value == answer.value else CHANGED
    message = "" if state == MATCHED else f"上次看到的是{shown}，台账现在是{now}。"
    return Mark(number, state, shown, token, answer, value, now, message, paragraph)


def typed_mark(text: str, number: int, paragraph: int) -> Mark:
    """The mark of a number typed without a figure: it never passes silently."""
    message = "这个数字没有对应台账。请选定指标，或写明理由和出处作人工核定。"
    return Mark(number, UNMATCHED, text, None, message=message, paragraph=paragraph)


def remembered(value: Fraction | None) -> str:
    """A value as kept in `Seen`."""
    return "" if value is None else str(value)


def value_of(text: str | None) -> Fraction | None:
    """A value from how `remembered` kept it; None for none."""
    return Fraction(text) if text else None
