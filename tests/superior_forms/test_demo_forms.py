"""The forms of the demo year: the yearly table almost filled from memory, the short one finished."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.superior_forms.conftest import answers
from yibenzhang.access.models import User
from yibenzhang.superior_forms.consistency import contradictions
from yibenzhang.superior_forms.editions import is_intact, rerun
from yibenzhang.superior_forms.models import FormEdition, SuperiorForm
from yibenzhang.superior_forms.reading import grids_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_book")]


@pytest.mark.parametrize(("unit", "least"), [("geology", 28), ("meteorology", 30)])
def test_this_years_table_is_filled_from_what_last_year_taught(unit: str, least: int) -> None:
    form = SuperiorForm.objects.get(unit__code=unit, state="open")
    found = answers(form)
    assert sum(each.state == "filled" and each.cell.origin == "remembered" for each in found) >= least
    assert [each.field.rows[-1] for each in found if each.state == "open"] == ["党风廉政教育"] * 2
    assert {each.field.rows[-1] for each in found if each.state == "barred"} == {"线上学习时长"}
    assert contradictions(grids_of(form.file_kind, form.data), found) == []


def test_the_figures_are_those_of_the_year() -> None:
    form = SuperiorForm.objects.get(unit__code="meteorology", state="open")
    by_indicator = {each.cell.indicator: each.shown for each in answers(form) if each.cell.rule == ""}
    assert by_indicator["training.own_attendance"] == "667"
    assert by_indicator["honour.members_provincial"] == "24"


@pytest.mark.parametrize("unit", ["geology", "meteorology"])
def test_the_short_form_is_issued_and_runs_to_the_same_numbers(unit: str) -> None:
    edition = FormEdition.objects.get(form__unit__code=unit)
    assert is_intact(edition)
    issued = {row.number: row.shown for row in edition.cells.all()}
    assert {each.cell.number: each.shown for each in rerun(edition)} == issued
    assert all(issued.values()) or len([each for each in issued.values() if not each]) == 1


def test_the_work_committee_sees_the_finished_forms_and_no_drafts() -> None:
    client = Client()
    client.force_login(User.objects.get(username="organs-staff"))
    text = client.get("/forms/").content.decode()
    assert text.count("党建引领重点工作情况表") == 2
    assert "党建工作统计表" not in text
    draft = SuperiorForm.objects.filter(state="open").first()
    assert draft is not None and client.get(f"/forms/{draft.pk}/").status_code == 404
