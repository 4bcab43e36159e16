"""One claim after another against the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.checking.article import Setting
from yibenzhang.checking.elsewhere import other_readings
from yibenzhang.checking.verdicts import (
    AGREES,
    DIFFERS,
    NEEDS_PERSON,
    NO_RECORD,
    NOT_CHECKABLE,
    OTHER,
    WORDS,
    Stated,
    holds,
)
from yibenzhang.indicators.figures import NOT_APPLICABLE, VALUE, Figure, figure
from yibenzhang.indicators.matching.matcher import CLOSE, ENOUGH, Candidate, Matcher
from yibenzhang.indicators.matching.mentions import Mention, mention_at
from yibenzhang.indicators.selection import Question
from yibenzhang.organisation.queries import packs_of, today_for
from yibenzhang.reading.model import Claim, Reading


@dataclass(frozen=True)
class CheckedClaim:
    """A claim with its verdict. `figure` is the matched figure, `rivals` the other candidates by name."""

    claim: Claim
    verdict: str
    figure: Figure | None
    reasons: tuple[str, ...]
    rivals: tuple[Candidate, ...] = ()

    @property
    def word(self) -> str:
        """The verdict in Chinese."""
        return WORDS[self.verdict]


@dataclass(frozen=True)
class Choice:
    """An indicator a person has chosen for a figure; `programme` empty means all."""

    indicator: str
    programme: str
    reason: str


def check(
    reading: Reading,
    setting: Setting,
    *,
    position: int = 0,
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> list[CheckedClaim]:
    """Check every claim of a reading, in the order of the text; `position` is the as-of position (0 = now)."""
    checker = Checker(setting, position=position, aliases=aliases)
    return [checker.check(reading.clean_text, claim) for claim in reading.claims]


class Checker:
    """Checks claims of one article, one at a time."""

    def __init__(
        self, setting: Setting, *, position: int = 0, aliases: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.setting, self.position = setting, position
        self.matcher = Matcher(current_catalogue(), packs_of(setting.unit), aliases)

    def check(self, text: str, claim: Claim, choice: Choice | None = None) -> CheckedClaim:
        """The verdict on one claim of the text; `choice` replaces the search for an indicator."""
        mention = mention_at(
            text, claim.start, claim.end, value=float(claim.value), unit=claim.unit, measure=claim.measure
        )
        stated = Stated.of(float(claim.value), _upper(claim), claim.approx, claim.unit, claim.text)
        if choice is not None:
            return self._chosen(claim, choice, stated)
        candidates = [found for found in self.matcher.candidates(mention) if found.score >= ENOUGH]
        if not candidates:
            return CheckedClaim(claim, NOT_CHECKABLE, None, ("目录里没有统计这件事的指标。",))
        best, rivals = candidates[0], tuple(candidates[1:])
        asked = self._figure(best, mention)
        if (
            rivals
            and best.score - rivals[0].score < CLOSE
            and not _same(asked, self._figure(rivals[0], mention))
        ):
            reasons = (*best.reasons, f"与“{rivals[0].indicator.name}”分不出高下，请选定。")
            return CheckedClaim(claim, NEEDS_PERSON, asked, reasons, rivals)
        if claim.kind == "cadence" and _monthly(claim):
            return self._cadence(claim, asked, best, stated, rivals)
        return self._verdict(claim, asked, best, stated, rivals)

    def _chosen(self, claim: Claim, choice: Choice, stated: Stated) -> CheckedClaim:
        indicator = current_catalogue().indicator(choice.indicator)
        question = Question(
            self.setting.unit, self.setting.period, choice.programme, indicator.scope, self.position
        )
        best = Candidate(indicator, indicator.name, 1.0, (choice.reason,))
        asked = figure(indicator, question)
        if claim.kind == "cadence" and _monthly(claim):
            return self._cadence(claim, asked, best, stated, ())
        return self._verdict(claim, asked, best, stated, ())

    def _verdict(
        self, claim: Claim, asked: Figure, best: Candidate, stated: Stated, rivals: tuple[Candidate, ...]
    ) -> CheckedClaim:
        reasons = (*best.reasons, *self._programme_reason(asked))
        agreed = holds(stated, asked.value) if asked.value is not None else None
        if agreed:
            return CheckedClaim(claim, agreed, asked, reasons, rivals)
        for other, why in other_readings(asked, stated, today_for(self.setting.unit)):
            return CheckedClaim(
                claim, OTHER, asked, (*reasons, _against(asked, stated), f"{why}恰为 {other.shown}"), rivals
            )
        if asked.state != VALUE:
            word = "此处不适用" if asked.state == NOT_APPLICABLE else "账上没有这类记录"
            return CheckedClaim(claim, NO_RECORD, asked, (*reasons, f"{word}。"), rivals)
        return CheckedClaim(claim, DIFFERS, asked, (*reasons, _against(asked, stated)), rivals)

    def _cadence(
        self, claim: Claim, asked: Figure, best: Candidate, stated: Stated, rivals: tuple[Candidate, ...]
    ) -> CheckedClaim:
        """每月 n 次: true when every complete month of the period reaches n."""
        question = replace(asked.question, scope="own") if _has_own(asked) else asked.question
        months = [
            month for month in question.period.months() if month.last_day < today_for(self.setting.unit)
        ]
        by_month = [(month, figure(best.indicator, replace(question, period=month))) for month in months]
        short = [month for month, found in by_month if (found.value or 0) < stated.value]
        if not by_month:
            return CheckedClaim(claim, NO_RECORD, asked, (*best.reasons, "期间内还没有满月。"), rivals)
        if not short:
            reason = f"{len(by_month)} 个满月每月都达到 {stated.value} {claim.unit}"
            return CheckedClaim(claim, AGREES, asked, (*best.reasons, reason), rivals)
        verdict = NO_RECORD if len(short) == len(by_month) else DIFFERS
        names = "、".join(month.label for month in short)
        return CheckedClaim(claim, verdict, asked, (*best.reasons, f"没有达到的月份：{names}"), rivals)

    def _figure(self, candidate: Candidate, mention: Mention) -> Figure:
        """The figure meant: in the programme the paragraph names when something is recorded under it, else in all."""
        question = Question(
            self.setting.unit, self.setting.period, "", candidate.indicator.scope, self.position
        )
        for programme in self.matcher.stated_programmes(mention.paragraph):
            if not any(line.indicator == candidate.indicator.code for line in programme.plan):
                continue
            found = figure(candidate.indicator, replace(question, programme=programme.code))
            if found.state == VALUE:
                return found
        return figure(candidate.indicator, question)

    def _programme_reason(self, asked: Figure) -> tuple[str, ...]:
        code = asked.question.programme
        return (f"本段说的是“{current_catalogue().programme(code).name}”",) if code else ()


def _upper(claim: Claim) -> float | None:
    return float(claim.value_max) if claim.value_max is not None else None


def _monthly(claim: Claim) -> bool:
    return "月" in (claim.period or claim.text)


def _has_own(asked: Figure) -> bool:
    own = figure(asked.indicator, replace(asked.question, scope="own"))
    return own.state == VALUE


def _same(one: Figure, other: Figure) -> bool:
    return one.indicator.code == other.indicator.code


def _against(asked: Figure, stated: Stated) -> str:
    if asked.value is None:
        return "按文中口径账上没有数字"
    difference = stated.value - asked.value
    more = "多" if difference > 0 else "少"
    return f"文中 {_plain(stated.value)}，账上 {_plain(asked.value)}，文中{more} {_plain(abs(difference))}"


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.4g}"
