"""All records of a bureau's year."""

from yibenzhang.demo.plans import (
    geology_honours,
    geology_liaison,
    geology_research,
    geology_study,
    geology_village,
    inspections,
    meteorology_duty,
    meteorology_study,
    routine,
)
from yibenzhang.demo.plans.spans import with_accidents
from yibenzhang.demo.record import Record
from yibenzhang.demo.roster import roster
from yibenzhang.demo.units import geology
from yibenzhang.demo.units.province import BookSpec


def year_of(book: BookSpec) -> list[Record]:
    """The plan of a year; a record that opens a matter stands before those that point at it."""
    people = roster()
    if book.bureau == geology.BUREAU:
        themes = [
            *geology_study.plan(people),
            *geology_research.plan(people),
            *geology_liaison.plan(people),
            *geology_village.plan(),
            *geology_honours.plan(people),
            *inspections.geology_rounds(),
        ]
    else:
        themes = [
            *meteorology_study.plan(people),
            *meteorology_duty.plan(people),
            *inspections.meteorology_rounds(people),
        ]
    return with_accidents([*themes, *routine.plan(book, people)])
