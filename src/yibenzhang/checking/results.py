"""Verdicts as plain data: what `check --json` prints, what a check keeps, what pages and sheets show."""

from dataclasses import dataclass
from typing import Any

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.schema import Indicator
from yibenzhang.checking.case import CheckedClaim
from yibenzhang.checking.verdicts import WORDS
from yibenzhang.reading.model import Claim, Inconsistency, NonClaim, Reading


def result_of(item: CheckedClaim) -> dict[str, Any]:
    """One verdict as JSON. `scope` and `period` say which figure `ledger_value` is; rivals are indicator codes."""
    found = item.figure
    return {
        "verdict": item.verdict,
        "indicator": found.indicator.code if found else None,
        "programme": (found.question.programme or None) if found else None,
        "ledger_value": _number(item),
        "shown": _shown(item),
        "scope": found.question.scope if found else None,
        "period": found.question.period.code if found else None,
        "reasons": list(item.reasons),
        "rivals": list(dict.fromkeys(rival.indicator.code for rival in item.rivals)),
    }


def _number(item: CheckedClaim) -> int | float | None:
    """The ledger's side: the figure, or what the leanest month has when the text states a cadence."""
    if item.monthly is not None:
        return item.monthly
    return item.figure.number if item.figure else None


def _shown(item: CheckedClaim) -> str:
    if item.figure is None:
        return ""
    if item.monthly is not None:
        return f"每月至少 {item.monthly}{item.figure.measure or item.claim.unit}"
    return f"{item.figure.shown}{item.figure.measure}"


def reading_of(kept: dict[str, Any]) -> Reading:
    """The reading back from its JSON (`Reading.as_prediction`)."""
    return Reading(
        clean_text=kept["clean_text"],
        title=kept["title"],
        date=kept["date"],
        source=kept["source"],
        editor=kept["editor"],
        captions=tuple(kept["captions"]),
        claims=tuple(Claim(**claim) for claim in kept["claims"]),
        non_claims=tuple(NonClaim(**name) for name in kept["names"]),
        inconsistencies=tuple(
            Inconsistency(tuple(found["claims"]), found["type"], found["why"])
            for found in kept["inconsistencies"]
        ),
    )


@dataclass(frozen=True)
class Line:
    """A claim with its verdict and number in the text, for pages and sheets."""

    number: int
    claim: Claim
    result: dict[str, Any]

    @property
    def verdict(self) -> str:
        """Code of the verdict."""
        return str(self.result["verdict"])

    @property
    def word(self) -> str:
        """The verdict in Chinese."""
        return WORDS[self.verdict]

    @property
    def indicator(self) -> Indicator | None:
        """The indicator matched; None without a match, or when a pack has since dropped it."""
        return current_catalogue().indicators.get(self.result["indicator"] or "")

    @property
    def name(self) -> str:
        """What the figure is about: the indicator's name, else what the text counts."""
        return self.indicator.name if self.indicator else self.claim.measure or self.claim.text

    @property
    def programme_name(self) -> str:
        """Name of the programme the figure was taken in; empty for all."""
        programme = current_catalogue().programmes.get(self.result["programme"] or "")
        return programme.name if programme else ""

    @property
    def rivals(self) -> list[Indicator]:
        """The other indicators the text may speak of."""
        known = current_catalogue().indicators
        return [known[code] for code in self.result["rivals"] if code in known]


def lines_of(reading: Reading, results: list[dict[str, Any]]) -> list[Line]:
    """Claims and verdicts side by side, numbered from 1; claims not yet checked are left out."""
    return [
        Line(number, claim, result)
        for number, (claim, result) in enumerate(zip(reading.claims, results, strict=False), start=1)
    ]
