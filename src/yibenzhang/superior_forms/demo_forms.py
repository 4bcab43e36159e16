"""The superior's forms in the demo: last year's cells are known, this year's workbook still has a few open ones.

The short Word form is finished and issued, so that the tier above has something to see.
"""

from datetime import UTC, datetime, time

from yibenzhang.access.models import User
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.superior_forms.deciding import map_cell
from yibenzhang.superior_forms.demo_workbooks import short_table, yearly_table
from yibenzhang.superior_forms.editions import issue_form
from yibenzhang.superior_forms.gate import admit
from yibenzhang.superior_forms.models import Decision, SuperiorForm
from yibenzhang.superior_forms.services import accept_sure, create_form, discard_form

BUREAUS = (("geology", 2023, "geo"), ("meteorology", 2024, "meteo"))


def prepare_forms() -> None:
    """Bring the forms into a filled demo book; does nothing when there are any."""
    if SuperiorForm.objects.exists():
        return
    for code, year, prefix in BUREAUS:
        unit = Unit.objects.get(code=code)
        clerk, chief = (User.objects.get(username=f"{prefix}-{role}") for role in ("committee", "chief"))
        _learn_last_year(unit, year - 1, clerk)
        create_form(
            unit=unit, period=parse_period(str(year)), actor=clerk,
            file=admit(f"{year}年党建工作统计表.xlsx", yearly_table(year, with_new=True)),
        )  # fmt: skip
        _issue_short(unit, year, clerk, chief)


def _learn_last_year(unit: Unit, year: int, clerk: User) -> None:
    """Last year's form was mapped and thrown away: what its cells mean stays known."""
    file = admit(f"{year}年党建工作统计表.xlsx", yearly_table(year, with_new=False))
    form = create_form(unit=unit, period=parse_period(str(year)), file=file, actor=clerk)
    _decide_all(form, clerk)
    discard_form(form, actor=clerk)


def _issue_short(unit: Unit, year: int, clerk: User, chief: User) -> None:
    file = admit(f"{year}年重点工作情况表.docx", short_table(unit.code, year))
    form = create_form(unit=unit, period=parse_period(str(year)), file=file, actor=clerk)
    _decide_all(form, clerk)
    issue_form(form, actor=chief, at=datetime.combine(today_for(unit), time(9), tzinfo=UTC))


def _decide_all(form: SuperiorForm, clerk: User) -> None:
    """What a clerk does: take the sure ones, then the best proposal of each that is left."""
    accept_sure(form, actor=clerk)
    for cell in form.cells.filter(kind=Decision.Kind.OPEN):
        if cell.proposals:
            best = cell.proposals[0]
            map_cell(
                form, cell.number, indicator=best["indicator"], programme=best["programme"], rule=best["rule"],
                target=best["target"], revision=cell.revision, actor=clerk,
            )  # fmt: skip
