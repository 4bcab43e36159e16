"""The form a notice is written with: its words, and whom it goes to by type of unit or one by one."""

from dataclasses import dataclass
from typing import Any

from django import forms

from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.notices.models import Notice
from yibenzhang.notices.queries import units_addressed
from yibenzhang.notices.services import Wording
from yibenzhang.organisation.models import Unit

MISSING = "请写{}。"


@dataclass(frozen=True)
class Tick:
    """A box to tick: a type of unit with how many there are, or one unit."""

    code: str
    label: str
    is_ticked: bool


class NoticeForm(forms.Form):
    """What a notice says. Faults of content are the domain's; here only shapes are looked at."""

    title = forms.CharField(label="标题", max_length=120, error_messages={"required": MISSING.format("标题")})
    purpose = forms.CharField(
        label="做什么用", max_length=120, help_text="一句话，例如：布置本季度主题党日。",
        error_messages={"required": "请写这份通知做什么用。"},
    )  # fmt: skip
    text = forms.CharField(
        label="正文", max_length=20_000, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="台账里有的数字不用让下级再报；不要求回复、接龙和照片。",
        error_messages={"required": MISSING.format("正文")},
    )  # fmt: skip
    kept_reason = forms.CharField(
        label="仍要报送的理由", max_length=200, required=False,
        help_text="正文要下级报台账已有的数字时才填。",
    )  # fmt: skip
    document_number = forms.CharField(label="文号", max_length=40, required=False)
    act_by = forms.DateField(
        label="办理日期", required=False, widget=forms.DateInput(attrs={"type": "date", "class": "inp--s"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请写成 2024-08-01 这样的日期。"},
    )  # fmt: skip
    about = forms.CharField(
        label="相关页面", max_length=200, required=False,
        help_text="计划、清单、专题等页面的地址，以 / 开头。",
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Unit, notice: Notice | None = None, **kwargs: Any) -> None:
        if notice is not None:
            kwargs["initial"] = {name: getattr(notice, name) for name in Wording.__dataclass_fields__}
        super().__init__(*args, **kwargs)
        self.addressed = units_addressed(unit)
        names = current_catalogue().unit_types
        self.types = {
            unit.unit_type: names[unit.unit_type].name for unit in self.addressed if unit.unit_type in names
        }
        chosen = {row.unit.code for row in notice.recipients.select_related("unit")} if notice else set()
        self.ticked = set(self.data.getlist("units")) if self.is_bound else chosen  # type: ignore[attr-defined]
        self.ticked_types = set(self.data.getlist("types")) if self.is_bound else set()  # type: ignore[attr-defined]

    def type_ticks(self) -> list[Tick]:
        """The types of unit below, each with its number."""
        counts = {code: sum(unit.unit_type == code for unit in self.addressed) for code in self.types}
        return [
            Tick(code, f"全部{name}（{counts[code]} 个）", code in self.ticked_types)
            for code, name in self.types.items()
        ]

    def unit_ticks(self) -> list[Tick]:
        """The units below in organisational order."""
        return [Tick(unit.code, str(unit), unit.code in self.ticked) for unit in self.addressed]

    def recipients(self) -> list[Unit]:
        """The units ticked, and those of the types ticked."""
        return [
            unit for unit in self.addressed if unit.code in self.ticked or unit.unit_type in self.ticked_types
        ]

    def wording(self) -> Wording:
        """What was typed; the form must be valid."""
        return Wording(**{name: self.cleaned_data[name] for name in Wording.__dataclass_fields__})
