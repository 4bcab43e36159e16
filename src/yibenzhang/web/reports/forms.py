"""Forms of the report pages."""

from typing import Any

from django import forms

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.reports.structures import structures_of


class NewReportForm(forms.Form):
    """What a report is about."""

    unit = forms.ChoiceField(label="单位", error_messages={"invalid_choice": "请从列表里选一个单位。"})
    structure = forms.ChoiceField(
        label="报告结构", error_messages={"invalid_choice": "请从列表里选一种结构。"}
    )
    period = forms.CharField(
        label="期间", max_length=24, help_text="年度写 2023，半年写 2023H1，月份写 2023-08。",
        error_messages={"required": "请写期间，例如 2023。"},
    )  # fmt: skip

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        self.written = {unit.code: structures_of(unit) for unit in units}
        catalogue = current_catalogue()
        offered = {each.code for structures in self.written.values() for each in structures}
        names = {code: s.name for code, s in catalogue.report_structures.items() if code in offered}
        self.fields["unit"].choices = [(u.code, str(u)) for u in units if self.written[u.code]]  # type: ignore[attr-defined]
        self.fields["structure"].choices = list(names.items())  # type: ignore[attr-defined]
        if units and not self.initial.get("period"):
            self.fields["period"].initial = str(today_for(units[0]).year)

    def clean_period(self) -> str:
        """The period code; a fault of the period is shown at the field."""
        try:
            return parse_period(self.cleaned_data["period"]).code
        except BookError as error:
            raise forms.ValidationError(error.message) from error

    def clean(self) -> dict[str, Any]:
        """Resolve unit and structure; a unit is offered only what it writes."""
        data = super().clean() or {}
        unit, code = self.units.get(data.get("unit", "")), data.get("structure")
        if unit is None or code is None:
            return data
        found = next((each for each in self.written[unit.code] if each.code == code), None)
        if found is None:
            names = "、".join(each.name for each in self.written[unit.code])
            self.add_error("structure", f"{unit}不写这种报告，可写：{names}。")
        return {**data, "unit": unit, "structure": found}
