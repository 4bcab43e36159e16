"""What is due: duties of units that are open, waiting or past their deadline on a day, the nearest first."""

from collections.abc import Iterable
from datetime import date

from yibenzhang.kernel.periods import Period
from yibenzhang.organisation.models import Unit
from yibenzhang.requirements import judging
from yibenzhang.requirements.duties import Duty, duties
from yibenzhang.requirements.windows import add_months

TO_DO = {judging.OPEN, judging.OVERDUE, judging.AWAITING}


def due(units: Iterable[Unit], as_of: date) -> list[Duty]:
    """Duties to do as of the day, by deadline: those of the year so far that are past, and those whose window is open.

    In January and February also those of the old year, since they may still be recorded in time. Rules about how a unit
    is set up come last, since no deadline presses.
    """
    start = min(date(as_of.year, 1, 1), add_months(as_of, -2))
    stop = min(date(as_of.year + 1, 1, 1), add_months(as_of, 1))
    so_far = Period(f"{start}..{as_of}", start, stop)
    found = [duty for duty in duties(units, so_far, as_of=as_of) if duty.state in TO_DO]
    return sorted(
        found,
        key=lambda duty: (duty.requirement.cadence == "always", duty.window.deadline, duty.requirement.code),
    )
