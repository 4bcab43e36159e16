"""One claim after another against the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.checking.article import Setting
from yibenzhang.checking.case import Case, CheckedClaim
from yibenzhang.checking.comparison import against, comparable
from yibenzhang.checking.elsewhere import other_readings
from yibenzhang.checking.over_time import cadence, change, is_monthly
from yibenzhang.checking.verdicts import (
    DIFFERS,
    NEEDS_PERSON,
    NO_RECORD,
    NOT_CHECKABLE,
    OTHER,
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
    checker = Checker(reading, setting, position=position, aliases=aliases)
    return [checker.check(claim) for claim in reading.claims]


class Checker:
    """Checks claims of one article, one at a time."""

    def __init__(
        self,
        reading: Reading,
        setting: Setting,
        *,
        position: int = 0,
        aliases: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.text, self.setting, self.position = reading.clean_text, setting, position
        self.spans = [(claim.start, claim.end) for claim in reading.claims]
        self.matcher = Matcher(current_catalogue(), packs_of(setting.unit), aliases)
        self.today = today_for(setting.unit)

    def check(self, claim: Claim, choice: Choice | None = None) -> CheckedClaim:
        """The verdict on one claim of the article; `choice` replaces the search for an indicator."""
        stated = Stated.of(
            float(claim.value),
            float(claim.value_max) if claim.value_max is not None else None,
            claim.approx,
            claim.unit,
            claim.text,
        )
        mention = self._mention(claim)
        if choice is not None:
            return self._settled(self._chosen(claim, choice, stated), mention)
        candidates = [found for found in self.matcher.candidates(mention) if found.score >= ENOUGH]
        if not candidates:
            return CheckedClaim(claim, NOT_CHECKABLE, None, ("目录里没有统计这件事的指标。",))
        best, rivals = candidates[0], tuple(candidates[1:])
        case = Case(claim, stated, best, self._figure(best, mention), rivals)
        if rivals and best.score - rivals[0].score < CLOSE:
            return case.found(NEEDS_PERSON, f"与“{rivals[0].indicator.name}”分不出高下，请选定。")
        if not best.is_sure:
            return _unsure(case)
        return self._settled(case, mention)

    def _mention(self, claim: Claim) -> Mention:
        return mention_at(
            self.text,
            claim.start,
            claim.end,
            value=float(claim.value),
            unit=claim.unit,
            measure=claim.measure,
            # How often is said of what stands beside it: 中心组坚持每月1次，全年学习12次.
            others=() if claim.kind == "cadence" else self.spans,
        )

    def _chosen(self, claim: Claim, choice: Choice, stated: Stated) -> Case:
        indicator = current_catalogue().indicator(choice.indicator)
        question = Question(
            self.setting.unit, self.setting.period, choice.programme, indicator.scope, self.position
        )
        best = Candidate(indicator, indicator.name, 1.0, (choice.reason,))
        return Case(claim, stated, best, figure(indicator, question))

    def _settled(self, case: Case, mention: Mention) -> CheckedClaim:
        """The verdict once it is clear which indicator is meant."""
        if is_monthly(case.claim):
            return cadence(case, self.today)
        if mention.change:
            return change(case, mention.change, self.today)
        found = self._compared(case)
        if found.verdict == DIFFERS and mention.is_part and case.stated.value < comparable(case.asked):
            reason = "文中说的是“其中”的一部分，台账这个指标是总数，请改配或核对明细。"
            return replace(found, verdict=NEEDS_PERSON, reasons=(*found.reasons, reason))
        return found

    def _compared(self, case: Case) -> CheckedClaim:
        asked, stated = case.asked, case.stated
        code = asked.question.programme
        spoken = (f"本段说的是“{current_catalogue().programme(code).name}”",) if code else ()
        agreed = holds(stated, comparable(asked)) if asked.value is not None else None
        if agreed:
            return case.found(agreed, *spoken)
        for other, why in other_readings(asked, stated, self.today):
            return case.found(
                OTHER, *spoken, against(asked, stated), f"{why}恰为 {other.shown}{other.measure}"
            )
        if asked.state != VALUE:
            word = "此处不适用" if asked.state == NOT_APPLICABLE else "账上没有这类记录"
            return case.found(NO_RECORD, *spoken, f"{word}。")
        return case.found(DIFFERS, *spoken, against(asked, stated))

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


def _unsure(case: Case) -> CheckedClaim:
    """A figure whose own clause does not say what it counts: perhaps a part of the figure before it, or something else."""
    name = case.best.name
    if case.asked.state != VALUE:
        reason = f"本句说到“{name}”，但看不出这处数字数的就是它，账上也没有它的记录。"
        return CheckedClaim(case.claim, NOT_CHECKABLE, None, (reason,), (case.best, *case.rivals))
    return case.found(NEEDS_PERSON, f"本句说到“{name}”，但这处数字可能只是其中一部分或另一件事，请选定。")
