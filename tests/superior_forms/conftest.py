"""A bureau with records of two years, and the shortest way to a form about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from tests.ledger.bookkeeping import Bureau
from tests.superior_forms.sheets import plain, xlsx
from yibenzhang.access.models import User
from yibenzhang.kernel.periods import parse_period
from yibenzhang.superior_forms import deciding
from yibenzhang.superior_forms.answers import Answer
from yibenzhang.superior_forms.filler import Filler
from yibenzhang.superior_forms.models import FormCell, SuperiorForm
from yibenzhang.superior_forms.services import accept_sure, create_form


@dataclass
class Desk:
    """Who fills the bureau's forms: `recorder` brings them in and decides, `reviewer` issues."""

    bureau: Bureau

    @property
    def clerk(self) -> User:
        """Who fills."""
        return self.bureau.recorder

    @property
    def chief(self) -> User:
        """Who issues."""
        return self.bureau.reviewer

    def form(
        self, data: bytes, *, period: str = "2023", name: str = "统计表.xlsx", **options: str
    ) -> SuperiorForm:
        """A form taken in."""
        return create_form(
            unit=self.bureau.units["bureau"], period=parse_period(period), file=xlsx(data, name), actor=self.clerk,
            **options,  # type: ignore[arg-type]
        )  # fmt: skip

    def filled(self, *items: tuple[str, str], period: str = "2023") -> dict[str, Answer]:
        """Answers by row label for a plain form with everything sure accepted."""
        form = self.form(plain(*items), period=period)
        accept_sure(form, actor=self.clerk)
        return by_label(form)

    def map(self, form: SuperiorForm, number: int, indicator: str, **more: str) -> FormCell:
        """Decide a cell for an indicator."""
        cell = form.cells.get(number=number)
        return deciding.map_cell(
            form, number, indicator=indicator, revision=cell.revision, actor=self.clerk, **more
        )

    def study(self, day: date, *, programme: bool = False) -> None:
        """One more study of the centre group."""
        programmes = ["thematic_education"] if programme else []
        self.bureau.post("centre_group_study", "committee", day, programmes=programmes)

    def party_day(self, branch: str, day: date) -> None:
        """A theme Party day of a branch."""
        self.bureau.post("theme_party_day", branch, day, people={"attendees": [f"{branch}0", f"{branch}1"]})


def answers(form: SuperiorForm) -> list[Answer]:
    """All answers of a form, at the newest position."""
    return Filler(form).answers(form.cells.all(), counted=True)


def by_label(form: SuperiorForm) -> dict[str, Answer]:
    """Answers by the innermost row label."""
    return {each.field.rows[-1].strip(): each for each in answers(form) if each.field.rows}


@pytest.fixture
def desk(db: None) -> Desk:
    """2023: three studies (two in the programme), three Party days, 98.5 万元 and a posted zero; 2022: five studies."""
    desk = Desk(Bureau().open(today=date(2023, 12, 27)))
    for month in range(1, 6):
        desk.study(date(2022, month, 8))
    desk.study(date(2023, 4, 8), programme=True)
    desk.study(date(2023, 5, 8), programme=True)
    desk.study(date(2023, 9, 8))
    for branch, day in (("a", date(2023, 3, 1)), ("a", date(2023, 8, 1)), ("b", date(2023, 8, 2))):
        desk.party_day(branch, day)
    desk.bureau.post("funds_invested", "committee", date(2023, 6, 1), amount=985_000)
    desk.bureau.post("emergency_response", "bureau", date(2023, 7, 2), event_type="rainstorm", casualties=0)
    return desk
