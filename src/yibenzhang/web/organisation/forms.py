"""What a change of the organisation asks for."""

from typing import Any

from django import forms

from yibenzhang.access.models import Role
from yibenzhang.access.scope import Actor, get_in_scope
from yibenzhang.catalogue.loading import current_catalogue
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import children_on, today_for
from yibenzhang.web.filters import unit_choices

DAY = {"required": "请填日期。", "invalid": "看不懂日期，请写成 2024-08-01。"}


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A day, with the browser's own picker."""
    widget = forms.DateInput(attrs={"type": "date", "class": "inp--s"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, help_text=help_text, widget=widget, error_messages=DAY
    )


def text_field(label: str, length: int, *, required: bool = True, help_text: str = "") -> forms.CharField:
    """A line of text."""
    messages = {"required": f"请填写{label}。", "max_length": f"{label}请缩短到 {length} 字以内。"}
    return forms.CharField(
        label=label, max_length=length, required=required, help_text=help_text, error_messages=messages
    )


class ChangeForm(forms.Form):
    """Base: knows the unit and who asks; unit fields offer what the actor administers."""

    on = day_field("生效日期", help_text="从这一天起按变更后的组织统计，以前的数字不动。")

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.unit = actor, unit
        self.fields["on"].initial = today_for(unit)
        self.prepare()

    def prepare(self) -> None:
        """Fill choices that depend on the unit."""

    def other_units(self) -> list[tuple[str, str]]:
        """Units under administration, the unit itself apart."""
        return [row for row in unit_choices(self.actor, today_for(self.unit)) if row[0] != self.unit.code]

    def administered(self, code: str) -> Unit:
        """The unit of this code under administration; raises DoesNotExist for any other."""
        return get_in_scope(Unit.objects.all(), self.actor, Role.ADMINISTRATOR, by="self", code=code)


def _choice(label: str, *, required: bool = True) -> forms.ChoiceField:
    messages = {"required": f"请选{label}。", "invalid_choice": f"{label}请从列表中选。"}
    return forms.ChoiceField(label=label, required=required, error_messages=messages)


class FoundForm(ChangeForm):
    """A new unit under this one."""

    name = text_field("全称", 80)
    short_name = text_field("简称", 40, required=False)
    code = forms.SlugField(
        label="代码",
        max_length=60,
        help_text="小写字母、数字和横线，定了不改。",
        error_messages={"required": "请填写代码。", "invalid": "代码只能用字母、数字、横线和下划线。"},
    )
    unit_type = _choice("类型")
    nature = _choice("性质", required=False)
    position = forms.IntegerField(
        label="顺序", min_value=0, max_value=9999, initial=0, error_messages={"invalid": "顺序请填整数。"}
    )
    field_order = ["name", "short_name", "code", "unit_type", "nature", "position", "on"]

    def prepare(self) -> None:
        """Types and natures come from the catalogue."""
        catalogue = current_catalogue()
        self.fields["unit_type"].choices = [(each.code, each.name) for each in catalogue.unit_types.values()]  # type: ignore[attr-defined]
        natures = [("", "不填"), *((each.code, each.name) for each in catalogue.natures.values())]
        self.fields["nature"].choices = natures  # type: ignore[attr-defined]


class RenameForm(ChangeForm):
    """A new name."""

    name = text_field("新全称", 80)
    short_name = text_field("新简称", 40, required=False)
    field_order = ["name", "short_name", "on"]

    def prepare(self) -> None:
        """Start from the names in use."""
        self.fields["name"].initial, self.fields["short_name"].initial = self.unit.name, self.unit.short_name


class RehangForm(ChangeForm):
    """Another superior."""

    parent = _choice("新上级")
    note = text_field("说明", 200, required=False)
    field_order = ["parent", "on", "note"]

    def prepare(self) -> None:
        """Any other unit under administration."""
        self.fields["parent"].choices = self.other_units()  # type: ignore[attr-defined]


class MergeForm(ChangeForm):
    """Into which unit this one goes."""

    into = _choice("并入")
    field_order = ["into", "on"]

    def prepare(self) -> None:
        """Any other unit under administration."""
        self.fields["into"].choices = self.other_units()  # type: ignore[attr-defined]


class SplitForm(ChangeForm):
    """A new unit beside this one, and what goes with it."""

    name = text_field("新单位全称", 80)
    code = forms.SlugField(
        label="新单位代码",
        max_length=60,
        error_messages={"required": "请填写代码。", "invalid": "代码只能用字母、数字、横线和下划线。"},
    )
    children = forms.MultipleChoiceField(
        label="划过去的下级", required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ["name", "code", "children", "on"]

    def prepare(self) -> None:
        """What hangs under the unit today may go."""
        below = children_on(self.unit, today_for(self.unit))
        self.fields["children"].choices = [(child.code, str(child)) for child in below]  # type: ignore[attr-defined]


class AbolishForm(ChangeForm):
    """Why it is abolished."""

    note = text_field("说明", 200, required=False)
    field_order = ["on", "note"]


class TermForm(ChangeForm):
    """A term of office."""

    number = forms.IntegerField(
        label="届次",
        min_value=1,
        max_value=200,
        error_messages={"required": "请填届次。", "invalid": "届次请填整数。"},
    )
    on = day_field("换届日期")
    ends_on = day_field("届满日期", required=False, help_text="不填按规定任期推算。")
    field_order = ["number", "on", "ends_on"]

    def prepare(self) -> None:
        """The next number."""
        newest = self.unit.terms.first()
        self.fields["number"].initial = newest.number + 1 if newest else 1
