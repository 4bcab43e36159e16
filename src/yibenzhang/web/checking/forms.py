"""The form that brings a text: pasted or uploaded, for a unit and a period or those the text names."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from yibenzhang.access.scope import Actor, units_for
from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import Period, parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.organisation.queries import today_for
from yibenzhang.reading.files import MAX_BYTES, MAX_CHARACTERS
from yibenzhang.web.filters import period_choices, unit_choices

FROM_TEXT = "从稿件里认"


class TextForm(forms.Form):
    """What to check and for whom. Nothing of it is kept before it has been read."""

    text = forms.CharField(
        label="粘贴文稿",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "ta--tall"}),
        help_text="通讯、简报、讲话、总结都可以。只在本系统内核对，不外传。本系统不处理涉密信息，涉密文稿和工作秘密不得粘贴、上传。",
    )
    file = forms.FileField(
        label="或上传文件",
        required=False,
        allow_empty_file=True,
        help_text=f"Word（.docx）、有文字的 PDF、网页或 TXT，不超过 {MAX_BYTES // 1024 // 1024} MB；PDF 不超过 100 页。",
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.html,.htm,.txt"}),
    )
    unit = forms.ChoiceField(label="单位", required=False)
    period = forms.CharField(
        label="期间",
        required=False,
        max_length=40,
        help_text="不填时从稿件里认。例如 2024、2024H1、2024-01-01..2024-08-31。",
        widget=forms.TextInput(attrs={"list": "periods", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        today = today_for(actor.home_unit())
        units = [("", FROM_TEXT), *unit_choices(actor, today)]
        cast(forms.ChoiceField, self.fields["unit"]).choices = units
        self.periods = period_choices(parse_period(f"{today.year}"), today)

    def clean_text(self) -> str:
        """The pasted text; more than a book is refused before it is read."""
        text: str = self.cleaned_data["text"]
        if len(text) > 2 * MAX_CHARACTERS:
            raise forms.ValidationError(f"粘贴了 {len(text)} 字，超过上限，请只粘贴一篇文章。")
        return text

    def clean_file(self) -> UploadedFile[Any] | None:
        """The upload; its size is looked at before its bytes are."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_BYTES:
            size = (file.size or 0) / 1024 / 1024
            raise forms.ValidationError(
                f"文件有 {size:.0f} MB，超过 {MAX_BYTES // 1024 // 1024} MB 的上限。请只上传正文部分。"
            )
        return file

    def clean_period(self) -> Period | None:
        """The period asked for, None for the one in the text."""
        try:
            return parse_period(self.cleaned_data["period"]) if self.cleaned_data["period"].strip() else None
        except BookError as error:
            raise forms.ValidationError(error.message) from None

    def clean_unit(self) -> Unit | None:
        """The unit asked for, None for the one in the text."""
        code = self.cleaned_data["unit"]
        return units_for(self.actor).get(code=code) if code else None

    def clean(self) -> dict[str, Any]:
        """Exactly one text."""
        given = super().clean() or {}
        text, file = given.get("text", "").strip(), given.get("file")
        if not self.errors and bool(text) == bool(file):
            message = "粘贴和上传只用一种，请去掉一种。" if text else "请粘贴文稿，或选择要上传的文件。"
            self.add_error("text", message)
        return given
