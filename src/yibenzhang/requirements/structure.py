"""Tallies of how units are set up (committee, members, bodies, division of work) and of terms of office."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from yibenzhang.catalogue.requirement import Requirement, StructureMeasure
from yibenzhang.kernel.periods import Period
from yibenzhang.organisation.models import Term
from yibenzhang.requirements.binding import Judge
from yibenzhang.requirements.inquiry import Inquiry, Tallies, Tally
from yibenzhang.requirements.persons import deeds
from yibenzhang.requirements.windows import Window, add_months

REMINDED = 6  # months before the end of a term from which the election is expected (支部工作条例第六章)


def structure_tallies(
    requirement: Requirement, measure: StructureMeasure, windows: list[Window], inquiry: Inquiry, judge: Judge
) -> Tallies:
    """1 of 1 where the count lies within the bounds, 0 otherwise; nothing where no division of work was entered."""
    found: Tallies = {}
    for key, unit in inquiry.units.items():
        if unit.unit_type not in requirement.binds.unit_types:
            continue
        for window in windows:
            day = judge.bind(unit, window).day
            count = _count(measure, key, day, inquiry)
            if count is None:
                continue
            good = (measure.at_least or 0) <= count and (measure.at_most is None or count <= measure.at_most)
            missing = () if good else (f"现有{count}",)
            found[key, window.code] = Tally(int(good), int(good), needed=1, missing=missing)
    return found


def _count(measure: StructureMeasure, unit: int, day: date, inquiry: Inquiry) -> int | None:
    register = inquiry.register
    if measure.counts == "committee":
        return len(register.committee(unit, day)) if register.has_committee(unit, day) else 0
    if measure.counts == "members":
        return register.member_counts(unit, day)[1]
    if measure.counts == "bodies":
        return register.count_bodies(unit, measure.types, day)
    duties = [span.more for span in register.committee(unit, day)]
    return sum(measure.duty in duty for duty in duties) if any(duties) else None


def term_cases(
    requirement: Requirement, period: Period, inquiry: Inquiry
) -> Iterator[tuple[int, Window, Tally]]:
    """The term in office at some time of the period: fulfilled by the next term, or by a recorded election.

    The duty opens six months before the end; it lasts until an election, however late.
    """
    bound = {key for key, unit in inquiry.units.items() if unit.unit_type in requirement.binds.unit_types}
    terms: dict[int, list[Term]] = defaultdict(list)
    for term in Term.objects.filter(elected_on__lte=inquiry.as_of).order_by("elected_on"):
        if term.unit_id in bound:
            terms[term.unit_id].append(term)
    held: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for deed in deeds(["election.term"], inquiry, own=True):
        held[deed.unit].append((deed.day, deed.recorded_on))
    for unit, mine in terms.items():
        for number, term in enumerate(mine):
            elections = [day for day, _ in held[unit] if day > term.elected_on]
            elections += [mine[number + 1].elected_on] if number + 1 < len(mine) else []
            done = min(elections, default=None)
            if term.elected_on >= period.stop or (done is not None and done < period.start):
                continue
            last = term.ends_on
            deadline = last + timedelta(days=requirement.grace_days)
            opens = add_months(last, -REMINDED)
            window = Window(
                f"{term.elected_on}..{last}", term.elected_on, last + timedelta(days=1), opens, deadline
            )
            timely = done is not None and done <= deadline
            yield unit, window, Tally(int(done is not None), int(timely))
