"""What a pack says of a requirement (规定动作): who is bound, what is measured, how often, by which article.

A requirement never holds a result. Rules whose number no national text gives, whose text nobody has verified, or whose
facts are not recorded are declared all the same, switched off, and say why.
"""

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from yibenzhang.catalogue.entry import Code, Dotted, Entry, Name

RequirementCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-\d{2}[a-z]?$")]
Cadence = Literal["month", "quarter", "half", "year", "term", "event", "occasion", "always"]
Strength = Literal["shall", "general", "local"]
Audience = Literal[
    "members", "full_members", "probationary_members", "activists", "secretary", "officers", "leading_officials",
]  # fmt: skip


class Attributes(Entry):
    """Facts about a unit that narrow whom a rule binds; all that are given must hold.

    `held_by` names types of the unit directly above; member counts are of the unit itself, `members_below_min` of
    everything under it.
    """

    natures: list[Code] = []
    held_by: list[Code] = []
    has_committee: bool | None = None
    has_groups: bool | None = None
    full_members_min: int | None = Field(default=None, ge=1)
    full_members_max: int | None = Field(default=None, ge=1)
    members_below_min: int | None = Field(default=None, ge=1)
    members_below_max: int | None = Field(default=None, ge=1)

    @cached_property
    def is_empty(self) -> bool:
        """True when nothing narrows."""
        return all(getattr(self, name) in (None, []) for name in Attributes.model_fields)


class Binding(Attributes):
    """Who is bound: types of unit, narrowed by attributes."""

    unit_types: list[Code] = Field(min_length=1)


class ExemptGroup(Attributes):
    """Units that the rule itself leaves out, and why."""

    reason: Annotated[str, StringConstraints(min_length=2)]


class AgendaMeasure(Entry):
    """Meetings of these kinds whose agenda has an item of one of these sorts; at `position` when given (1 = first)."""

    kinds: list[Code] = Field(min_length=1)
    items: list[Code] = Field(min_length=1)
    position: int | None = Field(default=None, ge=1)


class ProgrammeMeasure(Entry):
    """Every event posted to these accounts carries the programme."""

    accounts: list[Dotted] = Field(min_length=1)
    programme: Code


class PersonsMeasure(Entry):
    """Each person of an audience has at least `each` on the accounts within the window, recorded by whichever unit."""

    accounts: list[Dotted] = Field(min_length=1)
    of: Audience
    each: int = Field(default=1, ge=1)


class FollowMeasure(Entry):
    """After each posting to `after` (or each new secretary), one to `by` must follow within the given time.

    `same: person` looks for the same person anywhere, `same: unit` for the same unit.
    """

    after: Dotted | Literal["new_secretary"]
    by: list[Dotted] = Field(min_length=1)
    same: Literal["unit", "person"] = "unit"
    days: int | None = Field(default=None, ge=1)
    months: int | None = Field(default=None, ge=1)


class PriorMeasure(Entry):
    """Each person posted to `each` was posted to one of `needs` before; at least `months` earlier when given."""

    each: Dotted
    needs: list[Dotted] = Field(min_length=1)
    months: int = Field(default=0, ge=0)


class QuorumMeasure(Entry):
    """At each meeting of the kind enough of those expected were present.

    Expected are the people listed in the attendance field without observers, or the committee in office. `above` asks
    for more than the share instead of at least the share. `contents` limits it to meetings with these contents.
    """

    kind: Code
    field: Code
    expected: Literal["listed", "committee"]
    numerator: int = Field(ge=1)
    denominator: int = Field(ge=1)
    above: bool = False
    contents: list[Code] = []


class CeilingMeasure(Entry):
    """A sum on the account stays within a share of the full members."""

    account: Dotted
    numerator: int = Field(ge=1)
    denominator: int = Field(ge=1)


class StructureMeasure(Entry):
    """How a unit is set up on the day: a count between bounds.

    `bodies` counts Party bodies of `types` held directly; `duty` posts whose division of work contains the word.
    """

    counts: Literal["committee", "members", "bodies", "duty"]
    types: list[Code] = []
    duty: str = ""
    at_least: int | None = None
    at_most: int | None = None


class Measure(Entry):
    """What is measured; exactly one of the ways is given."""

    indicator: Dotted | None = None
    agenda: AgendaMeasure | None = None
    programme: ProgrammeMeasure | None = None
    persons: PersonsMeasure | None = None
    follow: FollowMeasure | None = None
    prior: PriorMeasure | None = None
    quorum: QuorumMeasure | None = None
    ceiling: CeilingMeasure | None = None
    structure: StructureMeasure | None = None
    fact: Literal["term_election"] | None = None

    @cached_property
    def way(self) -> str:
        """Name of the way given; empty when none or several are."""
        given = [name for name in type(self).model_fields if getattr(self, name) is not None]
        return given[0] if len(given) == 1 else ""


class Requirement(Entry):
    """A rule (规定动作).

    `due_from` and `due_by` are months of the year between which a yearly duty is expected; earlier records count.
    `grace_days` is the time allowed for recording after the window. `verified` says that somebody has read the article;
    `secondary` that only the number is corroborated. `paused` switches a verified rule off with the reason shown;
    `needs_facts` names what the book does not record yet.
    """

    code: RequirementCode
    name: Name
    binds: Binding
    measure: Measure | None = None
    cadence: Cadence
    at_least: int = Field(default=1, ge=1)
    due_from: int | None = Field(default=None, ge=1, le=12)
    due_by: int | None = Field(default=None, ge=1, le=12)
    grace_days: int = Field(default=0, ge=0)
    strength: Strength
    document: Annotated[str, StringConstraints(min_length=2)]
    article: str = ""
    valid_from: date
    valid_to: date | None = None
    verified: bool
    secondary: bool = False
    paused: str = ""
    needs_facts: str = ""
    exempts: list[ExemptGroup] = []
    note: str = ""

    @property
    def silent(self) -> str:
        """Why the rule asks nothing by default; empty when it is on."""
        if self.needs_facts:
            return f"所需事实还没有记录：{self.needs_facts}"
        if not self.verified:
            return "条文未经核对，默认不启用"
        return self.paused

    @property
    def is_on(self) -> bool:
        """True when the rule asks something by default."""
        return not self.silent
