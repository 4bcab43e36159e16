"""Which indicator a blank may want: ranked by its labels, by what was remembered, and by last year's numbers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from rapidfuzz import process

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Programme
from yibenzhang.indicators.matching.matcher import CLOSE, ENOUGH, Candidate, Matcher
from yibenzhang.indicators.matching.vocabulary import pieces
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import packs_of
from yibenzhang.superior_forms.fields import FIGURE, Field
from yibenzhang.superior_forms.labels import UnitNames, wording_of
from yibenzhang.superior_forms.models import FormMapping

MOST = 5
PART_ENOUGH = 0.35  # the name of a part lies half in its own row, half in that of its whole
FIRM = 0.7  # a name told almost in full by the labels alone
ALIKE = 88  # of 100: labels that were only reworded


@dataclass(frozen=True)
class Proposal:
    """An indicator proposed for a cell. `is_sure` ones can be taken over together; `reasons` are for the reader."""

    indicator: str
    programme: str = ""
    rule: str = ""
    target: str = ""
    score: float = 0.0
    is_sure: bool = False
    reasons: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """For the cell's JSON."""
        return {**asdict(self), "reasons": list(self.reasons), "score": round(self.score, 3)}

    @staticmethod
    def of(data: dict[str, Any]) -> "Proposal":
        """Back from JSON."""
        return Proposal(**{**data, "reasons": tuple(data["reasons"])})


@lru_cache(maxsize=8)
def _matcher(packs: tuple[str, ...]) -> Matcher:
    """The matcher of these packs; weighing every name takes longest."""
    return Matcher(current_catalogue(), list(packs))


@dataclass
class Proposer:
    """Proposes for the blanks of one form."""

    unit: Unit
    title: str
    year: int
    names: UnitNames

    def __post_init__(self) -> None:
        self.matcher = _matcher(tuple(packs_of(self.unit)))

    def by_labels(self, field: Field, target: str) -> list[Proposal]:
        """Indicators whose names the labels tell, best first."""
        if field.kind != FIGURE or field.is_choice:
            return []
        said = wording_of(field, self.title, self.year, self.names, self.matcher)
        found = self.matcher.candidates(said.mention, most=MOST * 2)
        if field.whole is None:
            found = [each for each in found if each.score >= ENOUGH][:MOST]
        else:
            own = pieces(said.mention.near)
            found = [each for each in found if each.score >= PART_ENOUGH and pieces(each.name) & own][:MOST]
        rival = found[1].score if len(found) > 1 else 0.0
        made = []
        for place, candidate in enumerate(found):
            firm = place == 0 and candidate.told >= FIRM and candidate.score - rival > CLOSE
            made += self._with_programmes(candidate, said.programmes, field, target, firm=firm)
        return made[:MOST]

    def _with_programmes(
        self, candidate: Candidate, programmes: Sequence[Programme], field: Field, target: str, *, firm: bool
    ) -> list[Proposal]:
        plain = Proposal(
            candidate.indicator.code, "", field.rule, target, candidate.score, firm,
            tuple(reason.replace("文中所说", "表上写的") for reason in candidate.reasons),
        )  # fmt: skip
        if not programmes:
            return [plain]
        first = programmes[0]
        reasons = (*plain.reasons, f"表上写着“{first.name}”")
        return [replace(plain, programme=first.code, reasons=reasons), replace(plain, is_sure=False)]


def remembered_alike(field: Field, memory: Sequence[FormMapping]) -> Proposal | None:
    """What a cell with almost the same labels was filled with last time (the wording was changed a little)."""
    keys = [each.key for each in memory]
    found = process.extractOne(field.key, keys, score_cutoff=ALIKE) if keys else None
    if found is None:
        return None
    mapping = memory[found[2]]
    said = mapping.key.replace("|", " / ").strip(" /")
    return Proposal(
        mapping.indicator,
        mapping.programme,
        mapping.rule,
        mapping.target,
        1.0,
        True,
        (f"上次这一格写作“{said}”",),
    )


def remembered_pattern(target: str, mapping: FormMapping) -> Proposal:
    """What the same column was filled with for another unit."""
    reasons = ("同一列的其他单位用的是这个指标",)
    return Proposal(mapping.indicator, mapping.programme, mapping.rule, target, 1.0, True, reasons)
