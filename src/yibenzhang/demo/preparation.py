"""Filling an empty book with the demo year."""

from collections.abc import Callable

from django.db import transaction

from yibenzhang.demo.cast import appoint
from yibenzhang.demo.follow_ups import write_follow_ups
from yibenzhang.demo.founding import found_province
from yibenzhang.demo.plans.year import year_of
from yibenzhang.demo.responsibility import prepare_lists
from yibenzhang.demo.roster import roster
from yibenzhang.demo.scribe import write_year
from yibenzhang.demo.units.province import BOOKS
from yibenzhang.demo.work_plans import prepare_plans
from yibenzhang.notices.demo_notices import prepare_notices
from yibenzhang.organisation.models import Unit
from yibenzhang.relief.demo_suggestions import prepare_suggestions
from yibenzhang.reports.demo_reports import prepare_reports
from yibenzhang.superior_forms.demo_forms import prepare_forms

Progress = Callable[[str, int, int], None]


def prepare(progress: Progress = lambda stage, done, total: None) -> None:
    """Fill the book; does nothing when it already has units. Django must be set up and the database migrated.

    `progress` is told the stage, how much is done and of how much. All is one transaction: a preparation that was cut
    short leaves an empty book behind, and the next call begins anew.
    """
    if Unit.objects.exists():
        return
    with transaction.atomic():
        progress("建立组织", 0, 1)
        province = found_province(roster())
        cast = appoint(province)
        progress("建立组织", 1, 1)
        for book in BOOKS:
            write_year(book, year_of(book), province, cast, progress)
        for book in BOOKS:
            prepare_plans(book, cast)
            prepare_lists(book, cast)
        write_follow_ups()
        prepare_notices()
        prepare_suggestions()
        progress("写报告", 0, 1)
        prepare_reports()
        prepare_forms()
        progress("写报告", 1, 1)
