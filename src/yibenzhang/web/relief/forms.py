"""The form of the suggestion box."""

from typing import Any

from django import forms

from yibenzhang.organisation.models import Unit
from yibenzhang.relief.models import Suggestion
from yibenzhang.relief.services import LONGEST


class SuggestionForm(forms.Form):
    """A category, a text, and a unit if the writer wants to name one."""

    category = forms.ChoiceField(
        label="类别", choices=Suggestion.Category.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选一个类别。", "invalid_choice": "请选一个类别。"},
    )  # fmt: skip
    text = forms.CharField(
        label="意见", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写清哪张表、哪个要求、怎么重复了。不想让人认出，就不要写姓名和只有您知道的事。",
        error_messages={"required": "请写下您的意见。"},
    )  # fmt: skip
    unit = forms.ChoiceField(
        label="涉及的单位", required=False, error_messages={"invalid_choice": "请从列表里选一个单位。"}
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "不指明"), *units]  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit | None:
        """The unit named, or None."""
        code = self.cleaned_data["unit"]
        return Unit.objects.get(code=code) if code else None
