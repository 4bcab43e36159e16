"""What an upload of a form must be."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from yibenzhang.kernel.errors import BookError
from yibenzhang.kernel.periods import parse_period
from yibenzhang.organisation.models import Unit
from yibenzhang.superior_forms.gate import LARGEST, FormFile, admit
from yibenzhang.superior_forms.models import FormSeries

ACCEPT = ".xlsx,.docx"


def taken_in(file: "UploadedFile[Any]") -> FormFile:
    """The uploaded file through the gate; a refusal becomes a fault of the field."""
    if (file.size or 0) > LARGEST:
        raise forms.ValidationError("文件超过 5 MB，请去掉图片或拆成几张表。")
    try:
        return admit(file.name or "", file.read())
    except BookError as error:
        raise forms.ValidationError(error.message) from error


class UploadForm(forms.Form):
    """A new form of the superior: the file, for whom, about when."""

    file = forms.FileField(
        label="上级发来的表",
        help_text=".xlsx 或 .docx，最多 5 MB。原文件的格式、公式、批注都不动，只往空格里填数。",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "请选择上级发来的表。", "empty": "文件是空的，请重新保存后再试。"},
    )
    unit = forms.ChoiceField(label="填报单位", error_messages={"invalid_choice": "请从列表里选一个单位。"})
    period = forms.CharField(
        label="填哪一期", required=False, max_length=24,
        help_text="年度写 2023，半年写 2023H1。不写时按表名里的年份。",
    )  # fmt: skip
    superior = forms.CharField(label="报给谁", required=False, max_length=80, help_text="不写时是上一级。")
    example = forms.FileField(
        label="去年填好的那份",
        required=False,
        help_text="有就一起传：系统按去年填的数，认出每一格是哪个指标。",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"empty": "文件是空的，请重新保存后再试。"},
    )

    def __init__(
        self, *args: Any, units: list[Unit], series: FormSeries | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.code: unit for unit in units}
        self.fields["unit"].choices = [(unit.code, str(unit)) for unit in units]  # type: ignore[attr-defined]
        if series is not None:
            self.fields["unit"].initial = series.unit.code
            self.fields["superior"].initial = series.superior

    def clean_file(self) -> FormFile:
        """The form through the gate."""
        return taken_in(self.cleaned_data["file"])

    def clean_example(self) -> FormFile | None:
        """Last year's through the gate."""
        file = self.cleaned_data.get("example")
        return taken_in(file) if file else None

    def clean_unit(self) -> Unit:
        """The unit of that code."""
        return self.units[self.cleaned_data["unit"]]

    def clean_period(self) -> str:
        """The period code, "" when none was written."""
        text = self.cleaned_data["period"].strip()
        if not text:
            return ""
        try:
            return parse_period(text).code
        except BookError as error:
            raise forms.ValidationError(error.message) from error


class ExampleForm(forms.Form):
    """Last year's filled form."""

    example = forms.FileField(
        label="去年填好的那份",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": "请选择去年填好的那份表。", "empty": "文件是空的，请重新保存后再试。"},
    )

    def clean_example(self) -> FormFile:
        """Through the gate."""
        return taken_in(self.cleaned_data["example"])
