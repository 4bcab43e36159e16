"""The duties of units in a period, judged as of a day: every rule, unit and window with its state."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from yibenzhang.catalogue.catalogue import Catalogue
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.catalogue.requirement import Requirement
from yibenzhang.kernel.periods import Period
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import book_of, packs_of
from yibenzhang.requirements import judging
from yibenzhang.requirements.binding import Bond, Judge
from yibenzhang.requirements.choices import Choices, about, as_chosen, choices_by_book, may_be_on
from yibenzhang.requirements.inquiry import NOTHING, Inquiry, Tallies, Tally, inquiries
from yibenzhang.requirements.meetings import agenda_tallies, quorum_tallies
from yibenzhang.requirements.persons import follow_cases, persons_tallies, prior_tallies
from yibenzhang.requirements.postings import indicator_tallies, sum_tallies
from yibenzhang.requirements.programmes import programme_tallies
from yibenzhang.requirements.structure import structure_tallies, term_cases
from yibenzhang.requirements.windows import Window, calendar_windows, whole_period


class Duty(NamedTuple):
    """One rule for one unit in one window (规定动作) with its state as of a day.

    `needed` is 0 and `why_not` says the reason when the rule does not apply.
    """

    requirement: Requirement
    unit: Unit
    window: Window
    as_of: date
    state: str
    found: int
    needed: int
    why_not: str = ""
    waiting: int = 0
    missing: tuple[str, ...] = ()

    @property
    def immediate(self) -> bool:
        """True when nothing can be recorded later to fulfil it: an occasion, a ceiling, the unit's set-up."""
        return is_immediate(self.requirement)

    @property
    def word(self) -> str:
        """The word for a screen."""
        return judging.word(self.state, self.requirement.strength, immediate=self.immediate)


def is_immediate(requirement: Requirement) -> bool:
    """True when each occasion, or the day itself, decides."""
    way = requirement.measure.way if requirement.measure else ""
    return way in judging.AT_ONCE or requirement.cadence == "occasion"


def requirements_in(packs: Iterable[str], catalogue: Catalogue, choices: Choices = ()) -> list[Requirement]:
    """The rules that are on where these packs are adopted and these choices were made, in the order of the packs.

    A rule that was on for a time only is among them; its windows say when it is not.
    """
    adopted = set(packs)
    chosen = {choice.requirement for choice in choices if choice.is_on}
    return [
        as_chosen(rule)
        for rule in catalogue.requirements.values()
        if (rule.is_on or (rule.code in chosen and may_be_on(rule)))
        and catalogue.home[("requirements", rule.code)] in adopted
    ]


def rules_for(unit: Unit) -> list[Requirement]:
    """The rules that are, or were for a time, on in the unit's book; in any book for a unit above them all."""
    book, made = book_of(unit), choices_by_book()
    choices = made.get(book.pk, ()) if book else tuple(choice for each in made.values() for choice in each)
    return requirements_in(packs_of(unit), current_catalogue(), choices)


def duties(
    units: Iterable[Unit],
    period: Period,
    *,
    as_of: date | None = None,
    requirements: Iterable[Requirement] | None = None,
) -> Iterator[Duty]:
    """Every duty of these units whose window touches the period, rule by rule, units in the order given.

    `as_of` is the day of judgement, by default each book's today. `requirements` limits the rules; those that are off in
    a unit's book are left out.
    """
    catalogue = current_catalogue()
    asked = None if requirements is None else list(requirements)
    for inquiry in inquiries(units, as_of):
        adopted = {rule.code: rule for rule in requirements_in(inquiry.packs, catalogue, inquiry.choices)}
        for rule in adopted.values() if asked is None else asked:
            if rule.code in adopted:
                yield from _under(as_chosen(rule), period, inquiry, catalogue)


def _under(rule: Requirement, period: Period, inquiry: Inquiry, catalogue: Catalogue) -> Iterator[Duty]:
    types = set(rule.binds.unit_types)
    bound = [unit for unit in inquiry.units.values() if unit.unit_type in types and _existed(unit, period)]
    if not bound or rule.measure is None:
        return
    judge = Judge(rule, inquiry.as_of, inquiry.register, catalogue, about(rule, inquiry.choices))
    if rule.cadence in {"term", "event"}:
        yield from _cases(rule, period, inquiry, judge)
        return
    windows = whole_period(rule, period) if rule.cadence == "always" else calendar_windows(rule, period)
    found = _tallies(rule, windows, inquiry, judge, catalogue)
    at_once, as_of = is_immediate(rule), inquiry.as_of
    for unit in bound:
        key = unit.id
        for window in windows:
            tally = found.get((key, window.code), NOTHING)
            yield _duty(rule, unit, window, tally, judge.bind(unit, window), as_of, at_once=at_once)


def _existed(unit: Unit, period: Period) -> bool:
    return unit.founded_on < period.stop and (unit.abolished_on is None or unit.abolished_on > period.start)


def _cases(rule: Requirement, period: Period, inquiry: Inquiry, judge: Judge) -> Iterator[Duty]:
    follow = rule.measure.follow if rule.measure else None
    cases = follow_cases(rule, follow, period, inquiry) if follow else term_cases(rule, period, inquiry)
    for key, window, tally in cases:
        unit = inquiry.units[key]
        if unit.unit_type not in rule.binds.unit_types:
            continue
        bond = judge.bind(unit, window)
        yield _duty(rule, unit, window, tally, bond, inquiry.as_of, at_once=False)


def _duty(
    rule: Requirement, unit: Unit, window: Window, tally: Tally, bond: Bond, as_of: date, *, at_once: bool
) -> Duty:
    reason, needed = bond.reason, bond.needed if tally.needed is None else tally.needed
    if not reason and at_once and tally.needed is None and as_of >= window.start:
        reason = "本期没有要判断的事项"
    elif not reason and tally.needed == 0:
        reason = "没有登记应到或适用的人员"
    if reason:
        state = judging.NOT_APPLICABLE
        return Duty(rule, unit, window, as_of, state, tally.found, 0, reason)
    state = (judging.at_once if at_once else judging.by_count)(tally, needed, window, as_of)
    return Duty(rule, unit, window, as_of, state, tally.found, needed, "", tally.waiting, tally.missing)


def _tallies(
    rule: Requirement, windows: list[Window], inquiry: Inquiry, judge: Judge, catalogue: Catalogue
) -> Tallies:
    measure = rule.measure
    if measure is None:
        return {}
    if measure.indicator:
        return indicator_tallies(catalogue.indicator(measure.indicator), windows, inquiry)
    if measure.agenda:
        return agenda_tallies(measure.agenda, windows, inquiry, each=rule.cadence == "occasion")
    if measure.programme:
        return programme_tallies(measure.programme, rule.valid_from, windows, inquiry)
    if measure.persons:
        return persons_tallies(rule, measure.persons, windows, inquiry, judge)
    if measure.prior:
        return prior_tallies(measure.prior, windows, inquiry)
    if measure.quorum:
        return quorum_tallies(measure.quorum, windows, inquiry)
    if measure.structure:
        return structure_tallies(rule, measure.structure, windows, inquiry, judge)
    ceiling = measure.ceiling
    if ceiling is None:
        return {}
    found: Tallies = {}
    for (key, code), tally in sum_tallies(ceiling.account, windows, inquiry).items():
        unit = inquiry.units.get(key)
        window = next(window for window in windows if window.code == code)
        if unit is None or unit.unit_type not in rule.binds.unit_types:
            continue
        full = inquiry.register.member_counts(key, judge.bind(unit, window).day)[0]
        within = tally.found * ceiling.denominator <= full * ceiling.numerator
        limit = full * ceiling.numerator // ceiling.denominator
        missing = () if within else (f"评为优秀{tally.found}名，正式党员{full}名，至多{limit}名",)
        found[key, code] = Tally(int(within), int(within), needed=1, missing=missing)
    return found
