"""The reading of a leader: one sentence, a few figures, no recording."""

from typing import Any

from yibenzhang.access.scope import Actor, units_for
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.indicators.batches import figures
from yibenzhang.indicators.figures import Figure, is_adopted
from yibenzhang.indicators.selection import Question
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.queries import packs_of, today_for
from yibenzhang.web.filters import unit_asked
from yibenzhang.web.workbench.posted import branch_coverage, months_at, posted_in, terms_due, weekday

# What a leader asks about first; others are one step away in the list of figures.
SHOWN = (
    "study.centre_group",
    "meeting.party_group",
    "life.three_meetings_one_lecture",
    "life.theme_party_days",
    "training.classes",
    "research.topics",
    "livelihood.projects",
    "brand.created",
)
MOST_KINDS, MOST_TERMS = 5, 5


def leader_reading(actor: Actor) -> dict[str, Any]:
    """Context of `workbench/leader.html`."""
    home = actor.home_unit()
    unit = unit_asked(actor, "")
    today = today_for(home)
    months, year = months_at(today), parse_period(f"{today.year}")
    posted = posted_in(actor, year)
    branches = (
        units_for(actor).filter(unit_type="branch", founded_on__lte=today).exclude(abolished_on__lte=today)
    )
    return {
        "unit": unit,
        "today": today,
        "weekday": weekday(today),
        "months": months,
        "year": year,
        "posted_year": posted.count(),
        "posted_now": posted_in(actor, months.now).count(),
        "branches": branches.count(),
        "branches_recorded": branches.filter(pk__in=posted.order_by().values("unit_id")).count(),
        "figures": _figures(Question(unit, year)),
        "coverage": branch_coverage(actor, units_for(actor), months.now)[:MOST_KINDS],
        "terms": terms_due(actor, today)[:MOST_TERMS],
    }


def _figures(question: Question) -> list[Figure]:
    indicators, packs = current_catalogue().indicators, packs_of(question.unit)
    known = [indicators[code] for code in SHOWN if code in indicators]
    return figures([each for each in known if is_adopted(each, packs)], question)
