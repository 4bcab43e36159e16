"""What a pack file may say. One class per kind of entry; `loading` reports what does not fit."""

from datetime import date
from typing import Literal

from pydantic import Field

from yibenzhang.catalogue.entry import Code, Dotted, Entry, Name
from yibenzhang.catalogue.report_structure import ReportStructure
from yibenzhang.catalogue.requirement import Requirement

FieldType = Literal[
    "text", "paragraph", "integer", "money", "date", "choice", "choices", "person", "people",
    "attendance", "matter", "agenda", "unit",
]  # fmt: skip
KeyType = Literal["event", "person", "matter"]


class UnitType(Entry):
    """A type of unit (单位类型): administrative, or a Party body that such a unit holds."""

    code: Code
    name: Name
    party_body: bool = False
    term_years: int | None = None
    basis: str = ""


class Option(Entry):
    """One choice of a list. `account` lets a posting rule follow the choice made."""

    code: Code
    name: Name
    account: Dotted | None = None


class ChoiceList(Entry):
    """A list of options that several fields share."""

    code: Code
    options: list[Option]


class FieldSpec(Entry):
    """A question a kind asks beyond title, date, unit and programmes.

    A `required` field must name its `basis`: what breaks or which rule is unmet without it. `matter` fields point at a
    matter of `matter_kind`; with `creates` the voucher opens it, `moves_to` is the state it reaches when posted.
    `published` marks the day on which what was studied came out: later than the event, a reviewer is told.
    """

    code: Code
    name: Name
    type: FieldType
    required: bool = False
    basis: str = ""
    hint: str = ""
    default: str | int | None = None
    choices: Code | None = None
    options: list[Option] = []
    matter_kind: Code | None = None
    creates: bool = False
    moves_to: Code | None = None
    published: bool = False
    minimum: int | None = None
    maximum: int | None = None


class PostingRule(Entry):
    """How an approved voucher becomes postings.

    `account` is an account code or `{field}`: the account of the option chosen there. `per` says what one posting stands
    for: the event, each person or the matter of field `of`. `quantity` is a number, an integer or money field, or
    `count:field` (people present). `when` limits the rule to given choices; `closes` posts −1 so that a stock forgets the
    matter; `term` is the field holding the term number of a streak. `units: all` posts at each participating unit.
    """

    account: str
    per: KeyType = "event"
    of: Code | None = None
    quantity: int | str = 1
    when: dict[Code, list[str]] = {}
    closes: bool = False
    term: Code | None = None
    units: Literal["all", "host"] | None = None


class Education(Entry):
    """That a kind of record educates: which sort of education (`education_sorts`), and the field that says whom."""

    sort: Code
    of: Code


class Kind(Entry):
    """A kind of record (凭证种类). `educates` makes it count for the coverage of members (两头带中间、全覆盖)."""

    code: Code
    name: Name
    aliases: list[str] = []
    group: Name
    recorded_by: list[Code]
    title_hint: str = ""
    spans_days: bool = False
    joint: bool = False
    fields: list[FieldSpec] = []
    posts: list[PostingRule]
    educates: Education | None = None
    evidence_hint: str = ""
    basis: str = ""

    def field(self, code: str) -> FieldSpec | None:
        """The field of that code, or None."""
        return next((field for field in self.fields if field.code == code), None)


class Account(Entry):
    """An account (科目) with exactly one measure. `label` is its word in a preview sentence.

    `no_assessment` marks what the relief rules bar from any evaluation (regulations, AF-07).
    """

    code: Dotted
    name: Name
    measure: Name
    label: str = ""
    no_assessment: bool = False
    note: str = ""


class MatterState(Entry):
    """A state in a matter's life; `closed` ends it."""

    code: Code
    name: Name
    closed: bool = False


class MatterKind(Entry):
    """A kind of thing that lasts (事项) with its life cycle; the first state is where it begins."""

    code: Code
    name: Name
    states: list[MatterState]
    links_to: list[Code] = []
    note: str = ""


class PlanLine(Entry):
    """One line of a programme's plan: what is intended, and the indicator that will show it."""

    indicator: Dotted
    planned: int | None = None
    note: str = ""


class Programme(Entry):
    """A campaign with a window (专题、专项行动)."""

    code: Code
    name: Name
    aliases: list[str] = []
    starts: date
    ends: date | None = None
    set_by: str = ""
    plan: list[PlanLine] = []
    note: str = ""


class Part(Entry):
    """Numerator or denominator of a ratio, with its own filter. `since` drops events before that day."""

    accounts: list[Dotted]
    key: KeyType = "event"
    since: date | None = None


class Indicator(Entry):
    """An indicator (指标): one definition with two readings, value and trace.

    `definition` is its 口径 in words. `timing: stock` counts what was opened by the end of the period and not closed.
    `divisor` and `display_measure` serve the screen only (yuan shown as 万元).
    """

    code: Dotted
    name: Name
    aliases: list[str] = []
    measure: Name
    definition: str
    group: Name
    aggregation: Literal["sum", "distinct", "latest", "streak", "ratio"]
    key: KeyType | None = None
    accounts: list[Dotted] = []
    numerator: Part | None = None
    denominator: Part | None = None
    timing: Literal["flow", "stock"] = "flow"
    scope: Literal["own", "subtree"] = "subtree"
    divisor: int = Field(default=1, ge=1)
    display_measure: str = ""

    def all_accounts(self) -> list[str]:
        """Every account the indicator reads, ratio parts included."""
        parts = [part for part in (self.numerator, self.denominator) if part]
        return list(dict.fromkeys([*self.accounts, *(code for part in parts for code in part.accounts)]))


class PackFile(Entry):
    """One file of a pack; every section may be absent."""

    pack: Name | None = None
    title: str = ""
    extends: list[Name] = []
    unit_types: list[UnitType] = []
    natures: list[Option] = []
    choices: list[ChoiceList] = []
    accounts: list[Account] = []
    kinds: list[Kind] = []
    matter_kinds: list[MatterKind] = []
    programmes: list[Programme] = []
    indicators: list[Indicator] = []
    requirements: list[Requirement] = []
    report_structures: list[ReportStructure] = []
