"""Terms of office (届期): when a committee was elected and when the next election is due."""

from datetime import date

from django.db import transaction

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Term, Unit
from yibenzhang.organisation.services import OrganisationError


@transaction.atomic
def add_term(*, unit: Unit, number: int, elected_on: date, ends_on: date | None = None) -> Term:
    """Enter a term; without an end it runs for the years that the rules give this type of body.

    Raises OrganisationError when the number is taken, the end is not after the beginning, the end cannot be derived, or
    the term begins before the one before it.
    """
    if Term.objects.filter(unit=unit, number=number).exists():
        raise OrganisationError(f"{unit}第 {number} 届已经登记过，请核对届次。", field="number")
    if ends_on is None:
        years = current_catalogue().unit_types[unit.unit_type].term_years
        if years is None:
            raise OrganisationError("这类组织没有规定的任期，请填届满日期。", field="ends_on")
        ends_on = _years_after(elected_on, years)
    if ends_on <= elected_on:
        raise OrganisationError("届满日期须晚于换届日期，请改正。", field="ends_on")
    before = Term.objects.filter(unit=unit, number__lt=number).order_by("-number").first()
    if before is not None and before.elected_on >= elected_on:
        raise OrganisationError(
            f"第 {before.number} 届从 {before.elected_on} 起，本届须在其后。", field="elected_on"
        )
    return Term.objects.create(unit=unit, number=number, elected_on=elected_on, ends_on=ends_on)


def _years_after(day: date, years: int) -> date:
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
