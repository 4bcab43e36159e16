"""A check as the outputs need it: setting, lines and the records behind each."""

from dataclasses import dataclass
from datetime import date, datetime

from yibenzhang.checking.results import Line
from yibenzhang.indicators.selection import Question
from yibenzhang.indicators.trace import composition, iterate
from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.reading.model import Reading
from yibenzhang.vouchers.models import Voucher

MOST_RECORDS = 1_000


@dataclass(frozen=True)
class Findings:
    """One check of one article. `position` is the as-of position, `at` when it was made."""

    reading: Reading
    unit: Unit
    period: Period
    position: int
    notes: tuple[str, ...]
    lines: list[Line]
    at: datetime

    @property
    def title(self) -> str:
        """Title of the article, or its first line."""
        return self.reading.title or self.reading.clean_text.strip().split("\n")[0][:60]

    @property
    def heading(self) -> str:
        """For whom, when and at which position the figures were checked."""
        return f"{self.unit.name}　{self.period.label}　账面第 {self.position:,} 笔"


@dataclass(frozen=True)
class Record:
    """A posting behind a figure, as a reader of a sheet needs it."""

    day: date
    voucher: str
    title: str
    unit: str
    quantity: int


@dataclass(frozen=True)
class Trail:
    """The records behind a figure: those shown, and how many vouchers there are in all."""

    records: list[Record]
    vouchers: int


def trail_of(line: Line, findings: Findings) -> Trail | None:
    """The postings a line's ledger value is the aggregate of; None without a match."""
    indicator = line.indicator
    if indicator is None or line.result["period"] is None:
        return None
    question = Question(
        findings.unit,
        parse_period(line.result["period"]),
        line.result["programme"] or "",
        line.result["scope"],
        findings.position,
    )
    found = list(iterate(indicator, question, limit=MOST_RECORDS))
    vouchers = Voucher.objects.select_related("unit").in_bulk({each.voucher for each in found})
    records = [
        Record(each.day, vouchers[each.voucher].number, vouchers[each.voucher].title,
               str(vouchers[each.voucher].unit), each.quantity)
        for each in found
    ]  # fmt: skip
    return Trail(records, composition(indicator, question).vouchers)
