"""What goes into each cell of a form: the value at a position of the ledger, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from yibenzhang.catalogue.schema import Indicator, Kind
from yibenzhang.indicators.figures import NOT_APPLICABLE
from yibenzhang.indicators.selection import Question
from yibenzhang.superior_forms.fields import Field
from yibenzhang.superior_forms.grid import number_in
from yibenzhang.superior_forms.models import FormCell
from yibenzhang.superior_forms.wording import CHANGE, RATE, scale_of

FILLED, DECLARED, OPEN, UNRECORDED, BARRED, LEFT = (
    "filled",
    "declared",
    "open",
    "unrecorded",
    "barred",
    "left",
)
WORDS = {
    FILLED: "已填", DECLARED: "人工核定", OPEN: "待定", UNRECORDED: "没人记", BARRED: "不得要", NOT_APPLICABLE: "不适用",
    LEFT: "不填",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """What is written into a cell. `written` is None where it stays empty; `why` then says the reason.

    `value` is in the account's own measure; `record` names the kinds of voucher that would fill the cell.
    """

    cell: FormCell
    field: Field
    state: str
    written: Fraction | str | None = None
    shown: str = ""
    why: str = ""
    value: Fraction | None = None
    indicator: Indicator | None = None
    question: Question | None = None
    record: tuple[Kind, ...] = ()
    vouchers: int = 0

    @property
    def word(self) -> str:
        """The state for the screen."""
        return WORDS[self.state]

    @property
    def is_gap(self) -> bool:
        """True when the cell stays empty though it was asked."""
        return self.state in {OPEN, UNRECORDED, BARRED}


def in_cell(value: Fraction, asked: Field, indicator: Indicator, rule: str) -> Fraction:
    """A value as the cell wants it: 万元 where it says so, a percentage as a part of one or of a hundred."""
    if rule == RATE or indicator.aggregation == "ratio":
        return value if asked.is_percent else Fraction(round(value * 1000), 10)
    if asked.measure:
        return value / scale_of(asked.measure, indicator.measure)
    return value / indicator.divisor


def shown_as(written: Fraction, asked: Field) -> str:
    """The number for the screen and for Word: `1286`, `98.5`, `66.7%`."""
    tail = ""
    if asked.is_percent:
        written, tail = Fraction(round(written * 1000), 10), "%"
    return f"{plain(written)}{tail}"


def plain(number: Fraction) -> str:
    """Digits without separators, at most four decimals."""
    if number.denominator == 1:
        return str(int(number))
    return f"{float(number):.4f}".rstrip("0").rstrip(".")


def combined(rule: str, values: Sequence[Fraction]) -> Fraction | None:
    if rule == CHANGE:
        return values[0] - values[1]
    if rule == RATE:
        return (values[0] - values[1]) / values[1] if values[1] else None
    return values[0]


def typed(text: str) -> Fraction | str | None:
    """A hand-entered value: a number where it is one."""
    number = number_in(text)
    return number if number is not None else text or None
