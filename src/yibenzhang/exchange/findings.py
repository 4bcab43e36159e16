"""What a dry run finds: row by row what would happen, and every fault with its place and remedy."""

from dataclasses import dataclass, field

NEW, DUPLICATE, SKIPPED, FAULTY = "new", "duplicate", "skipped", "faulty"
WORDS = {NEW: "将新增", DUPLICATE: "账里已有", SKIPPED: "不导入", FAULTY: "有误"}


@dataclass(frozen=True)
class RowFault:
    """A fault: sheet, row (1 is the heading), column heading, and why with what to do. Row 0 is the whole sheet."""

    sheet: str
    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Outcome:
    """What would happen to a row."""

    sheet: str
    row: int
    what: str
    title: str
    note: str = ""

    @property
    def word(self) -> str:
        """The outcome in words."""
        return WORDS[self.what]


@dataclass
class Findings:
    """The result of a dry run. `is_clean` when the file may be brought in as a whole."""

    outcomes: list[Outcome] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """True when nothing is wrong anywhere."""
        return not self.faults

    def count(self, what: str) -> int:
        """Rows of one outcome."""
        return sum(1 for outcome in self.outcomes if outcome.what == what)

    @property
    def summary(self) -> str:
        """One sentence: 将新增 12 行，账里已有 3 行，有误 1 行。"""
        parts = [f"{WORDS[what]} {self.count(what)} 行" for what in WORDS if self.count(what)]
        loose = sum(1 for fault in self.faults if fault.row < 2)
        if loose:
            parts.append(f"表头有 {loose} 处问题")
        return ("，".join(parts) or "没有可导入的行") + "。"
