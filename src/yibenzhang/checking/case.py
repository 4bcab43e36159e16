"""One claim on its way to a verdict: what the text states, which figure is meant, which others it might be."""

from dataclasses import dataclass

from yibenzhang.checking.verdicts import WORDS, Stated
from yibenzhang.indicators.figures import Figure
from yibenzhang.indicators.matching.matcher import Candidate
from yibenzhang.reading.model import Claim


@dataclass(frozen=True)
class CheckedClaim:
    """A claim with its verdict. `figure` is the matched figure, `rivals` the other candidates by name.

    `monthly` is set for a cadence: the least a complete month of the period has.
    """

    claim: Claim
    verdict: str
    figure: Figure | None
    reasons: tuple[str, ...]
    rivals: tuple[Candidate, ...] = ()
    monthly: int | None = None

    @property
    def word(self) -> str:
        """The verdict in Chinese."""
        return WORDS[self.verdict]


@dataclass(frozen=True)
class Case:
    """A claim, the number it states, the best candidate with its figure, and the rivals."""

    claim: Claim
    stated: Stated
    best: Candidate
    asked: Figure
    rivals: tuple[Candidate, ...] = ()

    def found(self, verdict: str, *reasons: str, monthly: int | None = None) -> CheckedClaim:
        """The claim with this verdict; why the candidate is the best comes before the reasons."""
        return CheckedClaim(
            self.claim, verdict, self.asked, (*self.best.reasons, *reasons), self.rivals, monthly
        )
